// SPDX-License-Identifier: Apache-2.0
//
// Every route × every role × one's own and another's case, against roles.json read independently
// of the program. Deny by default: what the table does not allow must be refused.
import fs from 'node:fs';
import path from 'node:path';
import { assert, home, instance, program, sql, test, Visitor } from './web.mjs';

const read = (bundle, file) => JSON.parse(fs.readFileSync(path.join(home, 'country-configs', bundle, file)));
const demo = read('demo', 'bundle.json');
const modules = demo.modules || read(demo.extends, 'bundle.json').modules;
const roles = read('template', 'roles.json').roles;
const dir = path.join(home, 'build');        // the optimised program: a thousand requests
instance('matrix', 'demo');

const routes = (site) => program(site, ['--routes'], { dir }).text.trim().split('\n').map((line) => {
	const [methods, route, permission, module, flags] = line.split('\t');
	return { methods: methods.split(','), path: route.slice(1), permission, module, flags: (flags || '').trim().split(' ') };
});

// one user a role, in the office of the supervisor; a case of their own; one of another office and owner
const office = sql('matrix', "SELECT office FROM user WHERE username = 'supervisor'");
const number = (where) => sql('matrix', `SELECT number FROM casefile WHERE ${where} ORDER BY number LIMIT 1`);
const other = number(`office <> '${office}' AND area <> (SELECT area FROM office WHERE key = '${office}') AND status <> 'draft'`) ||
	number(`office <> '${office}'`);
const people = roles.map((role) => {
	sql('matrix', `INSERT INTO user (username, name, role, office, created_at) VALUES ('m_${role.key}', 'M ${role.key}', '${role.key}', '${office}', 1)`);
	const own = number(`number <> '${other}' AND status <> 'draft' AND (owner_id IS NULL OR owner_id NOT IN (SELECT id FROM user WHERE username LIKE 'm\\_%' ESCAPE '\\'))`);
	sql('matrix', `UPDATE casefile SET owner_id = (SELECT id FROM user WHERE username = 'm_${role.key}'), office = '${office}',
		area = (SELECT area FROM office WHERE key = '${office}') WHERE number = '${own}'`);
	return { ...role, own, visitor: new Visitor('/matrix/staff', { as: `m_${role.key}`, dir }) };
});
const area = (casefile) => sql('matrix', `SELECT area FROM casefile WHERE number = '${casefile}'`);

function reaches(person, casefile) {
	if (casefile === person.own)
		return person.scope !== 'none';
	return person.scope === 'all' || (person.scope === 'area' && area(casefile) === area(person.own));
}
// What the gate decided, from status and log: the handler ran, or why not.
function decision(reply) {
	const code = (reply.log.match(/"event":"failure".*?"code":"(\w+)"/) || [])[1];
	if (reply.status === 303 && /\/login(\?|$)/.test(reply.location))
		return 'login';
	if (reply.status === 403)
		return code === 'CSRF' ? 'passed' : 'forbidden';
	return reply.status === 404 ? 'missing' : reply.status === 400 || reply.status >= 500 ? `broken (${reply.status})` : 'passed';
}
function expected(route, person, casefile) {
	if (!modules.includes(route.module))
		return ['missing'];
	if (route.permission === 'public')
		return ['passed', 'missing'];
	if (!person)
		return ['login'];
	if (!person.permissions.includes(route.permission))
		return ['forbidden'];
	if (route.flags.includes('record') && casefile && !reaches(person, casefile))
		return ['missing'];
	// {key} of something that does not exist is missing for the handler too; a new goal must name its need
	return /\{(?!number)|goals\/new/.test(route.path) ? ['passed', 'missing'] : ['passed'];
}
// A post without its token stops behind permission and scope: nothing is changed by the test.
function ask(visitor, method, target) {
	return method === 'GET' ? visitor.get(target) : visitor.post(target, 'csrf=none');
}

const staff = routes('staff').filter((route) => !route.flags.includes('global') && !route.flags.includes('no_csrf'));
for (const person of [null, ...people])
	test(`${person ? person.key : 'nobody'}: ${staff.length} routes, own and another's case`, () => {
		const visitor = person ? person.visitor : new Visitor('/matrix/staff', { dir });
		const wrong = [];
		for (const route of staff)
			for (const casefile of route.path.includes('{number}') ? [...(person ? [person.own] : []), other, ...(person?.key === 'supervisor' ? ['XXX-2026-000000'] : [])] : [''])
				for (const method of route.methods) {
					const target = route.path.replace('{number}', casefile).replace(/\{\w+\}/g, '999999');
					const reply = ask(visitor, method, target);
					let allowed = expected(route, person, casefile);
					if (casefile.startsWith('XXX') && allowed[0] === 'passed')
						allowed = ['missing'];
					if (!allowed.includes(decision(reply)))
						wrong.push(`${method} ${target}: ${decision(reply)} (${reply.status}), not ${allowed.join(' or ')}; ${route.permission}`);
				}
		assert.deepEqual(wrong, []);
	});

test('a case out of scope and one that does not exist look the same', () => {
	const person = people.find((p) => p.scope === 'own' && p.permissions.includes('case_view'));
	const page = (casefile) => person.visitor.get(`cases/${casefile}`).body.replaceAll(casefile, 'N').replace(/\d\d:\d\d(:\d\d)?/g, '').replace(/(name="csrf" value=")[^"]*/g, '$1');
	assert.equal(page(other), page('XXX-2026-000000'));
});

test('the portal knows no staff page, and staff no portal page without a login', () => {
	for (const route of routes('portal').filter((r) => !r.flags.includes('global') && !r.flags.includes('no_csrf'))) {
		const target = route.path.replace(/\{\w+\}/g, '1');
		for (const method of route.methods)
			assert.ok(route.permission === 'public' || decision(ask(new Visitor('/matrix/portal', { dir }), method, target)) === 'login', `${method} ${target}`);
	}
	const worker = new Visitor('/matrix/staff', { dir }).persona('worker');
	const portal = new Visitor('/matrix/portal', { dir });
	portal.jar.set('x', { name: 'cc_session', path: '/matrix/portal', value: worker.jar.get('/matrix/staff cc_session').value });
	const own = routes('portal').find((r) => r.permission === 'portal' && r.methods.includes('GET') && !r.path.includes('{'));
	assert.match((own ? portal.get(own.path) : portal.post('logout', 'csrf=')).location || '', /login/);
});
