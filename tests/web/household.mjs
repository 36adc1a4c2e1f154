// SPDX-License-Identifier: Apache-2.0
//
// A profile's people and the household: a name that is corrected stays the same person, who is typed in anew is added,
// and the form's own order says nothing about who is who.
import { assert, instance, sql, test, Visitor } from './web.mjs';

instance('household', 'demo');
const worker = new Visitor('/household/staff', { as: 'worker', headers: { 'Accept-Language': 'en' } });
const number = sql('household', `SELECT f.number FROM casefile f WHERE f.owner_id = (SELECT id FROM user WHERE username = 'worker') AND f.closed_on IS NULL
	AND NOT EXISTS (SELECT 1 FROM assessment a WHERE a.casefile_id = f.id AND a.status = 'draft')
	AND (SELECT count(*) FROM membership m WHERE m.casefile_id = f.id AND m.end_date IS NULL) >= 3 LIMIT 1`);
const id = sql('household', `SELECT id FROM casefile WHERE number = '${number}'`);
const people = () => sql('household', `SELECT m.seq || ' ' || p.given_name FROM membership m JOIN person p ON p.id = m.person_id WHERE m.casefile_id = ${id} AND m.end_date IS NULL ORDER BY m.seq`).split('\n');
const draft = () => JSON.parse(sql('household', `SELECT json_object('seq', seq, 'revision', revision, 'answers', json(answers)) FROM assessment WHERE casefile_id = ${id} AND status = 'draft'`));

// starts a profile, changes its members, sends the page and finishes
function profile(change) {
	assert.equal(worker.post(`cases/${number}/profile`, { do: 'start' }).status, 303);
	const { seq, answers } = draft(), members = change(answers.household.members);
	const removed = answers.household.members.filter((one) => !members.includes(one));
	for (const one of removed)
		worker.post(`cases/${number}/profile/${seq}/household`, { do: `remove:household/members[${answers.household.members.indexOf(one) + 1}]`, revision: worker.get(`cases/${number}/profile/${seq}/household`).field('revision') });
	for (let i = answers.household.members.length - removed.length; i < members.length; i++)
		worker.post(`cases/${number}/profile/${seq}/household`, { do: 'add:household/members', revision: worker.get(`cases/${number}/profile/${seq}/household`).field('revision') });
	const fields = { do: 'save', revision: worker.get(`cases/${number}/profile/${seq}/household`).field('revision') };
	members.forEach((member, i) => ['given_name', 'family_name', 'sex', 'date_of_birth', 'role'].forEach((name) => { fields[`q/household/members[${i + 1}]/${name}`] = member[name] || ''; }));
	// what a form never shows it does not take either
	fields['q/household/members[1]/_member'] = '99';
	const saved = worker.post(`cases/${number}/profile/${seq}/household`, fields);
	assert.equal(saved.status, 303, saved.text.slice(0, 600));
	sql('household', `UPDATE assessment SET answers = json_set(answers, '$.resources', json('{"strengths":"They help each other.","main_problems":"","motivation":"5"}')) WHERE casefile_id = ${id} AND seq = ${seq}`);
	const page = worker.get(`cases/${number}/profile/${seq}`);
	const done = worker.post(`cases/${number}/profile/${seq}`, { do: 'submit', revision: page.field('revision') });
	assert.equal(done.status, 303, done.text.slice(0, 900));
	assert.equal(sql('household', `SELECT status FROM assessment WHERE casefile_id = ${id} AND seq = ${seq}`), 'submitted');
}

test('a name that is corrected is the same person', () => {
	const before = people();
	profile((members) => (members[1].given_name = 'Zebulon', members));
	const after = people();
	assert.equal(after.length, before.length);
	assert.deepEqual(after.map((one) => one.split(' ')[0]), before.map((one) => one.split(' ')[0]));
	assert.equal(after.filter((one) => one.endsWith(' Zebulon')).length, 1);
});

test('who is typed in anew is added, though they bear the corrected name of another', () => {
	const before = people();
	profile((members) => {
		const old = members[2].given_name;
		members[2].given_name = 'Renamed';
		return [...members, { given_name: old, family_name: 'Newcomer', sex: 'female', role: 'other' }];
	});
	const after = people();
	assert.equal(after.length, before.length + 1);
	assert.ok(after.some((one) => one.endsWith(' Renamed')));
});

test('an instance taken out of the middle moves nobody\'s name to another', () => {
	const before = people();
	profile((members) => members.filter((one, i) => i !== 1));
	assert.deepEqual(people(), before, 'leaving has its own page');
});

test('a form begun before its members were noted matches by name, in any spelling', () => {
	const before = people();
	assert.equal(worker.post(`cases/${number}/profile`, { do: 'start' }).status, 303);
	const { seq, answers } = draft();
	answers.household.members.forEach((one) => { delete one._member; one.given_name = one.given_name.replace(/y/g, 'i'); });
	answers.resources = { strengths: 'x', main_problems: '', motivation: '5' };
	sql('household', `UPDATE assessment SET answers = '${JSON.stringify(answers).replaceAll("'", "''")}' WHERE casefile_id = ${id} AND seq = ${seq}`);
	assert.equal(worker.post(`cases/${number}/profile/${seq}`, { do: 'submit', revision: worker.get(`cases/${number}/profile/${seq}`).field('revision') }).status, 303);
	assert.equal(people().length, before.length);
});
