// SPDX-License-Identifier: Apache-2.0
//
// Nothing typed is lost: what a form carried when the session had ended is shown again to the same
// person, to nobody else, and is never acted on by itself.
import { assert, instance, sql, test, Visitor } from './web.mjs';

instance('held', 'demo');
const words = 'Անահիտ called: the heating is off & "nobody" came.\nSecond line <b>';
const number = sql('held', "SELECT number FROM casefile WHERE owner_id = (SELECT id FROM user WHERE username = 'worker') AND status NOT IN ('draft','closed') LIMIT 1");
const page = `cases/${number}/notes/new`;
const notes = () => sql('held', `SELECT count(*) FROM event WHERE kind = 'note' AND casefile_id = (SELECT id FROM casefile WHERE number = '${number}')`);
const ended = {
	'killed on the server': () => sql('held', 'DELETE FROM session'),
	'expired': () => sql('held', 'UPDATE session SET expires_at = 1'),
	'signed out in another window': (v) => { v.post('logout'); },
};

for (const [how, end] of Object.entries(ended))
	test(`a note sent after the session was ${how} is kept and shown again`, () => {
		const before = notes();
		const v = new Visitor('/held/staff').persona('worker');
		const form = v.get(page);
		assert.equal(form.status, 200);
		end(v);
		const sent = v.post(page, { csrf: form.csrf, text: words, visibility: 'private' });
		assert.equal(sent.status, 303);
		const door = v.follow(sent);
		assert.match(door.text, /What you typed is kept/);
		const back = v.follow(v.post('persona', { persona: 'worker', next: door.field('next'), csrf: '' }));
		assert.equal(back.status, 200);
		assert.equal(back.field('text').replace(/\r/g, ''), words);
		assert.match(back.body, /value="private"[^>]* checked/);
		assert.match(back.text, /not saved yet/);
		assert.equal(notes(), before, 'nothing is saved by itself');
		// a reload shows it again; once it is sent it is gone
		assert.equal(v.get(page).field('text').replace(/\r/g, ''), words);
		assert.equal(v.post(page, { text: words, visibility: 'private' }).status, 303);
		assert.equal(Number(notes()), Number(before) + 1);
		assert.equal(v.get(page).field('text'), '');
		assert.equal(sql('held', 'SELECT count(*) FROM held_post'), '0');
	});

test('another person at the same browser does not see it', () => {
	const v = new Visitor('/held/staff').persona('worker');
	v.get(page);
	sql('held', 'DELETE FROM session');
	v.post(page, { text: words, visibility: 'staff' });
	v.persona('supervisor');
	const other = v.get(page);
	assert.doesNotMatch(other.body, /heating/);
	v.persona('worker');
	assert.match(v.get(page).body, /heating/);
});

test('a form left open by somebody else is not held for who came after', () => {
	const v = new Visitor('/held/staff').persona('worker');
	const form = v.get(page), before = sql('held', 'SELECT count(*) FROM held_post');
	v.post('logout');
	v.persona('supervisor');
	sql('held', 'DELETE FROM session');
	const sent = v.post(page, { csrf: form.csrf, text: 'Left open at the desk', visibility: 'staff' });
	assert.equal(sent.status, 403);
	assert.match(sent.text, /from another sign-in.*Nothing was saved.*Left open at the desk/);
	assert.equal(sql('held', 'SELECT count(*) FROM held_post'), before, 'nothing is stored');
	v.persona('supervisor');
	assert.doesNotMatch(v.get(page).body, /Left open at the desk/);
});

test('a form sent without any sign-in is stored for nobody, and one from elsewhere is refused', () => {
	const form = new Visitor('/held/staff').persona('worker').get(page), before = sql('held', 'SELECT count(*) FROM held_post');
	const stranger = new Visitor('/held/staff');
	assert.equal(stranger.post(page, { csrf: form.csrf, text: 'typed at a counter', visibility: 'staff' }).status, 403);
	assert.equal(stranger.post(page, { csrf: '', text: 'planted', visibility: 'staff' }).status, 303);
	assert.equal(stranger.post(page, { csrf: '', text: 'planted', visibility: 'staff' }, { Origin: 'https://evil.example' }).status, 403);
	assert.equal(sql('held', 'SELECT count(*) FROM held_post'), before);
	assert.equal([...stranger.jar.values()].some((cookie) => cookie.name === 'cc_held'), false);
});

test('a kept row without an owner is shown to nobody', () => {
	const v = new Visitor('/held/staff').persona('worker');
	v.get(page);
	sql('held', 'DELETE FROM session');
	v.post(page, { text: words, visibility: 'staff' });
	sql('held', "UPDATE held_post SET owner = ''");
	v.persona('worker');
	assert.doesNotMatch(v.get(page).body, /heating/);
});

test('a fragment asked for without a session leads the whole page to the login', () => {
	const v = new Visitor('/held/staff');
	const reply = v.get(page, { 'HX-Request': 'true' });
	assert.equal(reply.status, 200);
	assert.match(reply.headers['hx-redirect'], /\/held\/staff\/login/);
	assert.equal(reply.bytes.length, 0);
});

test('a refused form shows what was typed', () => {
	const v = new Visitor('/held/staff').persona('worker');
	v.get(page);
	const reply = v.post(page, { text: 'x'.repeat(4001), visibility: 'staff' });
	assert.equal(reply.status, 422);
	assert.equal(reply.field('text').length, 4001);
	assert.match(reply.text, /at most 4,?000 characters/);
	const forged = v.post(page, { text: words, visibility: 'staff', csrf: 'x' });
	assert.equal(forged.status, 403);
	assert.match(forged.text, /the heating is off & "nobody" came/);
});
