// SPDX-License-Identifier: Apache-2.0
//
// Staff: which roles can be given, who stays the last to manage users, the list in pages, links that set a password
// once, and who is offered as the worker of a case.
import { bundleFile } from './bundles.mjs';
import { serve } from './served.mjs';
import { assert, instance, sql, test, Visitor } from './web.mjs';

instance('people', 'demo');
const english = { headers: { 'Accept-Language': 'en' } };
const admin = new Visitor('/people/staff', { as: 'admin', ...english }), supervisor = new Visitor('/people/staff', { as: 'supervisor', ...english });
const roles = bundleFile('demo', 'roles.json').roles;
const role = (username) => sql('people', `SELECT role FROM user WHERE username = '${username}'`);

test('a role of the portal, or one the country lacks, is given to nobody', () => {
	const portal = roles.find((one) => one.permissions.includes('portal')).key;
	for (const wrong of [portal, 'nobody', '', 'admin supervisor']) {
		const created = admin.post('users', { username: 'new.person', name: 'New', role: wrong, office: 'alder', title: '', email: '' });
		assert.equal(created.status, 422, wrong);
		assert.match(created.text, /Choose a role/);
		const changed = admin.post('users/worker', { do: 'save', name: 'Worker', role: wrong, office: 'alder', title: '', email: '' });
		assert.equal(changed.status, 422, wrong);
	}
	assert.equal(role('worker'), 'case_worker');
	assert.equal(sql('people', "SELECT count(*) FROM user WHERE username = 'new.person'"), '0');
	// somebody whose role the bundle no longer has is not silently given the first of the list
	sql('people', "UPDATE user SET role = 'gone' WHERE username = 'assistant'");
	assert.match(admin.get('users/assistant').body, /<option value="" selected>Choose a role/);
	sql('people', "UPDATE user SET role = 'assistant' WHERE username = 'assistant'");
});

test('the last who manages users neither stops nor changes, whatever the others\' roles are', () => {
	for (const other of sql('people', "SELECT username FROM user WHERE role = 'admin' AND username <> 'admin'").split('\n').filter(Boolean))
		assert.equal(admin.post(`users/${other}`, { do: 'stop' }).status, 303, other);
	for (const fields of [{ do: 'stop' }, { do: 'save', name: 'Admin', role: 'supervisor', office: 'cedar', title: '', email: '' }]) {
		const reply = admin.post('users/admin', fields);
		assert.equal(reply.status, 422, fields.do);
		assert.match(reply.text, /Nobody else could manage users then/);
	}
	assert.equal(`${role('admin')} ${sql('people', "SELECT is_active FROM user WHERE username = 'admin'")}`, 'admin 1');
	// one alone of its role who does not manage users may be stopped
	const only = sql('people', "SELECT username FROM user WHERE is_active = 1 AND role NOT IN ('admin') GROUP BY role HAVING count(*) = 1 LIMIT 1") || 'auditor';
	sql('people', `UPDATE user SET is_active = 0 WHERE role = (SELECT role FROM user WHERE username = '${only}') AND username <> '${only}'`);
	assert.equal(admin.post(`users/${only}`, { do: 'stop' }).status, 303);
	assert.equal(admin.post(`users/${only}`, { do: 'start' }).status, 303);
	assert.equal(admin.post('users/worker', { do: 'save', name: 'Second', role: 'admin', office: 'alder', title: '', email: '' }).status, 303);
	assert.equal(admin.post('users/admin', { do: 'stop' }).status, 303);
	sql('people', "UPDATE user SET is_active = 1 WHERE username = 'admin'; UPDATE user SET role = 'case_worker' WHERE username = 'worker'");
});

test('the users stand in pages of fifty, the search goes with them', () => {
	sql('people', "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120) INSERT INTO user (username, name, role, office, created_at) SELECT 'page.' || i, 'Page ' || i, 'assistant', 'alder', 0 FROM n");
	const total = Number(sql('people', 'SELECT count(*) FROM user')), seen = new Set();
	let page = admin.get('users'), pages = 0;
	for (;;) {
		const here = [...page.body.matchAll(/<th scope="row"><a class="t" href="\/people\/staff\/users\/([^"]+)"/g)].map((match) => match[1]);
		assert.ok(here.length <= 50 && here.length > 0);
		here.forEach((one) => seen.add(one));
		pages++;
		assert.match(page.text, new RegExp(`${total} people work with this system`));
		const next = page.body.match(/<a class="btn sm" rel="next" href="([^"]+)"/);
		if (!next)
			break;
		page = admin.get(next[1].replaceAll('&amp;', '&'));
	}
	assert.equal(seen.size, total);
	assert.equal(pages, Math.ceil(total / 50));
	assert.match(admin.get('users?q=page').body, /rel="next" href="[^"]*page=2&amp;q=page"/);
	assert.equal(admin.get('users?page=99').status, 404);
	assert.equal(admin.get('users?page=0').status, 404);
	assert.match(admin.get('users?q=nobody+like+this').text, /Nobody matches/);
	sql('people', "DELETE FROM user WHERE username LIKE 'page.%'");
});

await test('of two who come with the same link at once one sets the password', async () => {
	const server = await serve('staff', { workers: 4 }), passwords = ['first long password', 'second long password', 'third long password', 'fourth long password'];
	const link = admin.post('users/assistant', { do: 'link' }).body.match(/\/staff\/link\/([\w-]+)/)[1];
	const replies = await Promise.all(passwords.map((password) => server.visitor('/people/staff').post(`link/${link}`, { password, again: password, csrf: '' })));
	assert.deepEqual(replies.map((reply) => reply.status).sort(), [303, 404, 404, 404]);
	const won = passwords[replies.findIndex((reply) => reply.status === 303)];
	for (const password of passwords)
		assert.equal((await server.visitor('/people/staff').post('login', { username: 'assistant', password, csrf: '' })).status, password === won ? 303 : 422, password);
	assert.equal(sql('people', "SELECT count(*) FROM audit WHERE action = 'set_password' AND object_key = 'assistant'"), '1');
	await server.stop();
});

test('as worker of a case those are offered whose work is cases, the least loaded first, with their load', () => {
	const number = sql('people', "SELECT number FROM casefile WHERE office = 'alder' AND closed_on IS NULL LIMIT 1");
	sql('people', "INSERT INTO user (username, name, role, office, created_at) VALUES ('fresh', 'A Fresh Worker', 'case_worker', 'alder', 0), ('far', 'Far Worker', 'case_worker', 'cedar', 0)");
	const page = supervisor.get(`cases/${number}/assign`);
	const offered = [...page.body.matchAll(/<input type="radio" name="worker" value="([^"]+)"/g)].map((match) => match[1]);
	const expected = sql('people', "SELECT username FROM user WHERE office = 'alder' AND role = 'case_worker' AND is_active = 1").split('\n');
	assert.deepEqual([...offered].sort(), expected.sort());
	const loads = [...page.text.matchAll(/, (\d+) open cases?, norm \d+/g)].map((match) => Number(match[1]));
	assert.equal(loads.length, offered.length);
	assert.deepEqual(loads, [...loads].sort((a, b) => a - b));
	assert.equal(offered[0], 'fresh');
	for (const username of ['registrar', 'supervisor', 'far', 'assistant', 'admin'])
		assert.equal(supervisor.post(`cases/${number}/assign`, { worker: username }).status, 422, username);
	assert.equal(supervisor.post(`cases/${number}/assign`, { worker: 'fresh' }).status, 303);
});
