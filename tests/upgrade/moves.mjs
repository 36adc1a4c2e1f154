// SPDX-License-Identifier: Apache-2.0
//
// Everything that may move, moved by one upgrade: people of a role, cases and people of an office, an area, needs
// and scores of a dimension, actions of a service. Pages, scope and search go on; going back undoes all of it.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { assert, sql, test, variable } from '../web/web.mjs';
import { Home } from './home.mjs';

const h = new Home('moves');
h.instance('m', '--scale', '80');
h.withoutSeed();
assert.equal(h.compass('upgrade', 'm').status, 0);
const one = (statement) => sql('m', statement);
const dump = () => spawnSync('sqlite3', [path.join(variable, 'instances/m/case.db'), '.dump'], { maxBuffer: 256 << 20 }).stdout.toString();
const edit = (file, was, now) => h.write(file, fs.readFileSync(h.path(file), 'utf8').replaceAll(`"${was}"`, `"${now}"`));
const office = one('SELECT office FROM casefile WHERE closed_on IS NULL GROUP BY office ORDER BY count(*) DESC LIMIT 1');
const other = one(`SELECT key FROM office WHERE key <> '${office}' AND area <> (SELECT area FROM office WHERE key = '${office}') ORDER BY key LIMIT 1`);
const third = one(`SELECT key FROM office WHERE key NOT IN ('${office}', '${other}') AND EXISTS (SELECT 1 FROM casefile f WHERE f.office = office.key) ORDER BY key LIMIT 1`);
const area = one(`SELECT area FROM office WHERE area <> (SELECT area FROM office WHERE key = '${third}') ORDER BY area LIMIT 1`);
const service = one('SELECT service FROM action WHERE service IS NOT NULL GROUP BY service ORDER BY count(*) DESC LIMIT 1');
const counts = {
	users: one("SELECT count(*) FROM user WHERE role = 'case_worker'"), moved: one(`SELECT count(*) FROM casefile WHERE office IN ('${office}', '${other}')`),
	needs: one("SELECT count(*) FROM need WHERE dimension = 'food'"), scores: one("SELECT count(*) FROM assessment_score WHERE dimension = 'food'"),
	actions: one(`SELECT count(*) FROM action WHERE service = '${service}'`),
};
const title = one(`SELECT title FROM casefile WHERE office = '${office}' AND closed_on IS NULL AND owner_id IS NOT NULL ORDER BY id LIMIT 1`);
const number = one(`SELECT number FROM casefile WHERE office = '${office}' AND closed_on IS NULL AND owner_id IS NOT NULL ORDER BY id LIMIT 1`);
const before = dump();

test('one upgrade moves all of it', () => {
	edit('template/roles.json', 'case_worker', 'social_worker');
	edit('template/workflow.json', 'case_worker', 'social_worker');
	h.edit('template/roles.json', (r) => { r.roles.find((x) => x.key === 'social_worker').was = 'case_worker'; });
	h.edit('demo/offices.json', (o) => {
		o.offices = o.offices.filter((x) => x.key !== office);
		o.offices.find((x) => x.key === other).was = office;
		o.offices.find((x) => x.key === third).area = area;
	});
	h.edit('demo/bundle.json', (b) => { Object.assign(b.dimensions.find((d) => d.key === 'food'), { key: 'nutrition', was: 'food' }); });
	h.edit('demo/services.json', (c) => {
		Object.assign(c.services.find((s) => s.key === service), { key: 'service_of_another_name', was: service });
		for (const s of c.services)
			s.dimensions = s.dimensions?.map((d) => d === 'food' ? 'nutrition' : d);
	});
	h.edit('demo/forms/assessment.json', (f) => {
		const walk = (x) => { if (x && typeof x === 'object') { if (x.dimension === 'food') x.dimension = 'nutrition'; Object.values(x).forEach(walk); } };
		walk(f);
	});
	for (const file of fs.readdirSync(h.path('demo'), { recursive: true }).filter((name) => name.endsWith('.json')))
		edit(`demo/${file}`, 'case_worker', 'social_worker');
	const done = h.compass('upgrade', 'm');
	assert.equal(done.status, 0, done.text + done.log);
	assert.equal(one("SELECT count(*) FROM user WHERE role = 'social_worker'"), counts.users);
	assert.equal(one(`SELECT count(*) FROM casefile WHERE office = '${other}'`), counts.moved);
	assert.equal(one(`SELECT count(*) FROM office WHERE key = '${office}'`) + one(`SELECT count(*) FROM user WHERE office = '${office}'`), '00');
	assert.equal(one("SELECT count(*) FROM need WHERE dimension = 'nutrition'"), counts.needs);
	assert.equal(one("SELECT count(*) FROM assessment_score WHERE dimension = 'nutrition'"), counts.scores);
	assert.equal(one("SELECT count(*) FROM action WHERE service = 'service_of_another_name'"), counts.actions);
	assert.equal(one('SELECT count(*) FROM casefile f JOIN office o ON o.key = f.office WHERE f.area <> o.area'), '0');
	assert.equal(one("SELECT count(*) FROM casefile f WHERE f.office = '" + third + "' AND f.area <> '" + area + "'"), '0');
	assert.equal(one('PRAGMA foreign_key_check'), '');
	assert.equal(one('SELECT sum(n) FROM casefile_count'), one('SELECT count(*) FROM casefile'));
	assert.equal(one("SELECT count(*) FROM casefile_count WHERE n < 0 OR (n > 0 AND office = '" + office + "')"), '0');
	assert.match(h.compass('verify-audit', 'm').text, /the chain holds/);
});

test('people sign in, find and open what is theirs', () => {
	const owner = one(`SELECT u.username FROM casefile f JOIN user u ON u.id = f.owner_id WHERE f.number = '${number}'`);
	const page = h.visitor('/m/staff', { as: owner }).get(`cases/${number}`);
	assert.equal(page.status, 200);
	// a supervisor of the office that took the cases finds them, by the index's own words of scope
	const supervisor = one(`SELECT username FROM user WHERE role = 'supervisor' AND office = '${other}' AND is_active = 1 LIMIT 1`);
	assert.ok(supervisor, 'there is one');
	const found = h.visitor('/m/staff', { as: supervisor }).get(`cases?q=${encodeURIComponent(title.split(' ')[0])}`);
	assert.ok(found.body.includes(number), `${number} is found`);
	const plan = h.visitor('/m/staff', { as: owner }).get(`cases/${number}/assessments`);
	assert.equal(plan.status, 200);
});

test('and back', () => {
	const back = h.compass('rollback', 'm', '--discard');
	assert.equal(back.status, 0, back.log);
	const settled = (text) => text.replace(/'audit_spool','\d+'/, '');
	assert.equal(settled(dump()), settled(before));
});
