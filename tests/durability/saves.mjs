// SPDX-License-Identifier: Apache-2.0
//
// Several writers save while workers, and then the whole program, are killed by -9. What was acknowledged is there
// once; what was not is there once or not at all; nothing is half; the audit log's chain holds. And the gentle
// ways: a worker that dies is replaced, SIGTERM finishes the request in hand, a reset meets people at work.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { ask, serve, until } from '../web/served.mjs';
import { assert, compass, instance, sql, test, variable } from '../web/web.mjs';

instance('saves', 'demo');
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const staff = (options) => serve('staff', { workers: 4, ...options });
const owned = sql('saves', "SELECT number FROM casefile WHERE status = 'active' AND owner_id = (SELECT id FROM user WHERE username = 'worker') ORDER BY id LIMIT 6").split('\n');
const drafts = owned.map((number) => {
	sql('saves', `INSERT INTO assessment (casefile_id, seq, form, kind, form_version, round, status, answers, started_by, started_at, performed_on)
		SELECT (SELECT id FROM casefile WHERE number = '${number}'), 9, form, kind, form_version, 'interim', 'draft', '{}', started_by, started_at, performed_on FROM assessment WHERE kind = 'assessment' AND status = 'submitted' LIMIT 1`);
	return `cases/${number}/assessments/9/income`;
});
const whole = (name) => {
	assert.equal(sql(name, 'PRAGMA integrity_check'), 'ok');
	assert.equal(sql(name, 'PRAGMA foreign_key_check'), '');
	const chain = compass('verify-audit', name);
	assert.equal(chain.status, 0, chain.text + chain.log);
};

// One writer: notes, and a page of a form with the revision it saw, one after the other, until told to stop.
// Each save is remembered as sent, and as acknowledged when the answer says so.
const state = { stop: false, sent: new Set(), done: new Set(), page: new Map(), views: 0, lost: 0 };
async function writer(server, i) {
	const draft = drafts[i];
	let visitor, n = 0;
	const enter = async () => { visitor = await server().visitor('/saves/staff').persona('worker'); };
	await enter();
	while (!state.stop) {
		n++;
		try {
			const text = `note ${i}-${n}`;
			if (!visitor.csrf)
				await visitor.get(`cases/${owned[i]}/notes/new`);
			state.sent.add(text);
			const reply = await visitor.post(`cases/${owned[i]}/notes/new`, { text, visibility: 'staff' });
			if (reply.status === 303 && !/login/.test(reply.location))
				state.done.add(text);
			else if (reply.status === 303)
				await enter();
			else
				assert.fail(`${reply.status}: ${reply.text.slice(0, 200)}`);
			const form = await visitor.get(draft);
			const value = `saved ${i}-${n}`;
			state.page.set(i, { ...state.page.get(i), sent: n });
			const saved = await visitor.post(draft, { 'q/income/income_objective': value, revision: form.field('revision'), do: 'save' });
			if (saved.status === 303 && !/login/.test(saved.location))
				state.page.set(i, { sent: n, done: n });
			else
				assert.equal(saved.status, 409, `${saved.status}: ${saved.text.slice(0, 300)}`);   // the one before was saved though its answer was lost
		} catch (error) {
			if (error.code === 'ERR_ASSERTION')
				throw error;
			state.lost++;       // the worker went away before it answered
			await wait(5);
			visitor.csrf ||= '';
		}
	}
}

await test('six writers, workers killed all the time, the whole program killed three times: all acknowledged saves are there', async () => {
	let server = await staff();
	const writers = owned.map((_, i) => writer(() => server, i));
	const failed = Promise.all(writers).then(() => null, (error) => error);
	let seed = 11;
	const dice = (n) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % n;
	for (let round = 0; round < 4; round++) {
		for (let i = 0; i < 8; i++) {
			await wait(60 + dice(80));
			const pids = server.workers();
			try { process.kill(pids[dice(pids.length)], 'SIGKILL'); } catch { /* gone meanwhile */ }
		}
		// a quick machine has its workers idle most of the time: until one was hit at work
		for (let i = 0; i < 400 && round === 3 && !state.lost; i++) {
			await wait(dice(9));
			const pids = server.workers();
			try { process.kill(pids[dice(pids.length)], 'SIGKILL'); } catch { /* gone meanwhile */ }
		}
		if (round === 3)
			break;
		const old = server;
		old.child.kill('SIGKILL');
		// whoever starts next on the same socket
		server = await staff({ socket: old.socket });
	}
	state.stop = true;
	const error = await failed;
	await server.stop();
	if (error)
		throw error;
	assert.ok(state.done.size > 20, `only ${state.done.size} saves in all`);
	assert.ok(state.lost > 0, 'no request was ever lost: nothing was tested');
	const notes = sql('saves', "SELECT quote FROM event WHERE quote LIKE 'note %-%'").split('\n');
	const there = new Set(notes);
	assert.equal(there.size, notes.length, 'a note is there twice');
	assert.deepEqual([...state.done].filter((text) => !there.has(text)), [], 'acknowledged and lost');
	assert.deepEqual(notes.filter((text) => !state.sent.has(text)), []);
	for (const [i, { sent, done = 0 }] of state.page) {
		const value = Number(sql('saves', `SELECT answers ->> '$.income.income_objective' FROM assessment WHERE seq = 9 AND casefile_id = (SELECT id FROM casefile WHERE number = '${owned[i]}')`).split('-')[1] || 0);
		assert.ok(value >= done && value <= sent, `page of writer ${i}: ${value}, acknowledged ${done}, sent ${sent}`);
	}
	console.log(`# ${state.done.size} notes acknowledged, ${state.lost} answers lost`);
});
await test('each save has its row in the audit log, and the chain holds', () => {
	const notes = sql('saves', "SELECT count(*) FROM event WHERE quote LIKE 'note %-%'");
	assert.equal(sql('saves', "SELECT count(*) FROM audit WHERE action = 'create' AND object = 'note'"), notes);
	whole('saves');
});
await test('what is left of killed programs is taken up: views in the spool are absorbed once', async () => {
	const server = await staff({ workers: 2 });
	const visitor = await server.visitor('/saves/staff').persona('worker');
	const count = () => Number(sql('saves', `SELECT count(*) FROM audit WHERE action = 'view' AND object_key = '${owned[0]}'`));
	await until('an empty spool', () => { const file = path.join(variable, 'instances/saves/audit.spool'); return !fs.existsSync(file) || fs.statSync(file).size === 0; });
	const before = count();
	for (let i = 0; i < 25; i++) {
		assert.equal((await visitor.get(`cases/${owned[0]}`)).status, 200);
		if (i % 5 === 4)    // the housekeeper is the youngest child
			for (const pid of server.workers().slice(-1))
				process.kill(pid, 'SIGKILL');
	}
	await until('all views are absorbed', () => count() === before + 25, 15000);
	await server.stop();
	whole('saves');
});
await test('dead workers are replaced, and what waits is answered', async () => {
	const server = await staff({ workers: 2 });
	const visitor = await server.visitor('/saves/staff').persona('worker');
	for (let i = 0; i < 5; i++) {
		const before = server.workers();
		for (const pid of before)
			process.kill(pid, 'SIGKILL');
		await until('an answer', () => visitor.get('').then((reply) => reply.status === 200, () => false), 5000);
	}
	await until('all workers again', () => server.workers().length === 3);
	assert.match(server.log, /worker_died.*signal 9/);
	await server.stop();
});
await test('SIGTERM finishes the request in hand, then the program ends well', async () => {
	const server = await staff({ workers: 2 });
	const visitor = await server.visitor('/saves/staff').persona('worker');
	const form = await visitor.get(`cases/${owned[0]}/notes/new`);
	// the body comes in two parts, with the signal between them
	const body = Buffer.from(new URLSearchParams({ csrf: form.csrf, visibility: 'staff', text: 'sent slowly' }).toString());
	const cookie = visitor.cookieHeader('/saves/staff/');
	const slow = { REQUEST_METHOD: 'POST', REQUEST_URI: `/saves/staff/cases/${owned[0]}/notes/new`, HTTP_HOST: 'localhost', REMOTE_ADDR: '127.0.0.1', HTTP_COOKIE: cookie,
		CONTENT_TYPE: 'application/x-www-form-urlencoded', CONTENT_LENGTH: body.length };
	const answer = ask(server.socket, slow, body, { pause: 600 });
	await wait(250);
	const begin = Date.now();
	const ended = server.stop();
	const reply = (await answer).toString();
	assert.match(reply, /^Status: 303/);
	await ended;
	assert.equal(server.child.exitCode, 0);
	assert.ok(Date.now() - begin < 5000);
	assert.equal(sql('saves', "SELECT count(*) FROM event WHERE quote = 'sent slowly'"), '1');
	assert.equal(fs.existsSync(server.socket), false, 'the socket is gone');
});
await test('a reset while people are at work: they stay signed in, see the seed, and are told of what they held open', async () => {
	const server = await staff({ workers: 2 });
	const visitor = await server.visitor('/saves/staff').persona('worker');
	const form = await visitor.get(drafts[0]);
	assert.equal(form.status, 200);
	const seeded = compass('new', 'seeded', '--bundle', 'demo', '--demo');
	assert.equal(seeded.status, 0);
	const reset = compass('reset', 'saves');
	assert.equal(reset.status, 0, reset.log);
	assert.equal((await visitor.get('')).status, 200, 'still signed in');
	assert.equal(sql('saves', "SELECT count(*) FROM event WHERE quote LIKE 'note %'"), '0');
	const all = 'SELECT group_concat(number || title || stage || opened_on) FROM casefile';
	assert.equal(sql('saves', all), sql('seeded', all));
	const late = await visitor.post(drafts[0], { 'q/income/income_objective': 'typed before the reset', revision: form.field('revision'), do: 'save' });
	assert.equal(late.status, 404);
	assert.match(late.body, /typed before the reset/);
	const note = await visitor.post(`cases/${owned[0]}/notes/new`, { text: 'after the reset', visibility: 'staff' });
	assert.equal(note.status, 303);
	await server.stop();
	whole('saves');
});
await test('a reset between the saves of others loses none that came after it', async () => {
	const server = await staff({ workers: 3 });
	const visitors = await Promise.all([0, 1, 2].map(() => server.visitor('/saves/staff').persona('worker')));
	for (const visitor of visitors)
		await visitor.get(`cases/${owned[0]}/notes/new`);
	let over = false;
	const kept = [];
	const work = visitors.map(async (visitor, i) => {
		for (let n = 0; n < 60; n++) {
			const after = over, text = `around ${i}-${n}`;
			const reply = await visitor.post(`cases/${owned[0]}/notes/new`, { text, visibility: 'staff' });
			assert.equal(reply.status, 303, reply.text.slice(0, 300));
			if (after)
				kept.push(text);
		}
	});
	await wait(40);
	await new Promise((resolve) => setTimeout(() => { assert.equal(compass('reset', 'saves').status, 0); over = true; resolve(); }));
	await Promise.all(work);
	await server.stop();
	const there = new Set(sql('saves', "SELECT quote FROM event WHERE quote LIKE 'around %'").split('\n'));
	assert.ok(kept.length > 0);
	assert.deepEqual(kept.filter((text) => !there.has(text)), []);
	whole('saves');
});
process.exit();     // a failed test leaves its program running
