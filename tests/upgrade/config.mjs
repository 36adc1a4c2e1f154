// SPDX-License-Identifier: Apache-2.0
//
// The administrator's page of what the system is made of: each part of the bundle; a changed bundle is
// announced, previewed, taken over and taken back without a script, each with its row in the log.
import { brotliCompressSync } from 'node:zlib';
import { assert, sql, test } from '../web/web.mjs';
import { Home } from './home.mjs';

const h = new Home('config');
h.instance('c', '--scale', '20');
h.withoutSeed();
const admin = h.visitor('/c/staff', { as: sql('c', "SELECT username FROM user WHERE role = 'admin' LIMIT 1") });
const worker = sql('c', 'SELECT u.username FROM casefile f JOIN user u ON u.id = f.owner_id WHERE f.closed_on IS NULL LIMIT 1');
assert.equal(h.compass('upgrade', 'c').status, 0);
const upgrades = () => sql('c', "SELECT count(*) FROM bundle_change WHERE kind = 'upgrade'");

test('it shows every part', () => {
	const page = admin.get('config');
	assert.equal(page.status, 200);
	for (const part of ['Demo (demo)', '1.0.0', sql('c', "SELECT substr(value, 1, 16) FROM instance WHERE key = 'bundle_digest'"), 'Trial',
		'Modules switched on core, intake', 'Approval of the plan working days: 3', 'A worker is named', 'Case worker', 'add users, change roles, send sign-in links',
		'cases of the office', 'in use', `Assessment ${sql('c', "SELECT substr(digest, 1, 8) FROM form_version WHERE form = 'assessment'")}`])
		assert.ok(page.text.includes(part), `${part} is not in ${page.text}`);
	assert.ok(page.text.includes(sql('c', "SELECT count(*) FROM assessment a JOIN form_version v ON v.id = a.form_version WHERE v.form = 'assessment' AND a.status = 'submitted'")));
	assert.ok(brotliCompressSync(page.bytes).length < 10240);
	assert.doesNotMatch(page.body, /<script(?![^>]* src=)/);
});

test('it is the administrator’s', () => {
	const other = h.visitor('/c/staff', { as: worker });
	for (const path of ['config', 'config/upgrade', 'config/rollback'])
		assert.ok([403, 404].includes(other.get(path).status), path);
	assert.ok([403, 404].includes(other.post('config/upgrade', { to: 'x' }).status));
	assert.doesNotMatch(other.get('').body, /\/config"/);
	assert.match(admin.get('').body, /\/c\/staff\/config"/);
});

test('a demonstration shows its seeded services, reminders and indicators when there are any', () => {
	const page = admin.get('config');
	assert.match(page.text, /Services Service Provider/);
});

test('nothing waits at first', () => {
	assert.doesNotMatch(admin.get('config').text, /folder has changed/);
	assert.match(admin.get('config/upgrade').text, /Nothing has changed/);
	h.instance('e', '--empty');
	const fresh = h.visitor('/e/staff', { as: sql('e', "SELECT username FROM user WHERE role = 'admin' LIMIT 1") });
	assert.equal(fresh.get('config/rollback').status, 303);
	assert.equal(fresh.post('config/rollback', { upgrade: '1' }).status, 303);
	assert.equal(fresh.post('config/upgrade', { to: 'x' }).status, 303);
});

test('a change that is refused is shown without a button', () => {
	h.save();
	h.edit('template/workflow.json', (w) => {
		w.stages.find((s) => s.key === 'active').key = 'supporting';
		for (const t of w.transitions) {
			t.from = t.from.map((key) => key === 'active' ? 'supporting' : key);
			t.to = t.to === 'active' ? 'supporting' : t.to;
		}
	});
	assert.match(admin.get('config').text, /The bundle's folder has changed\. See what will change/);
	const page = admin.get('config/upgrade');
	assert.match(page.text, /Cannot be carried over/);
	assert.match(page.text, /Write "was": "active"/);
	assert.doesNotMatch(page.text, /Take the changes over/);
	const digest = page.field('to');
	const forced = admin.post('config/upgrade', { to: digest });
	assert.equal(forced.status, 303);
	assert.equal(sql('c', "SELECT count(*) FROM casefile WHERE stage = 'supporting'"), '0', 'nor by a forged button');
	h.restore();
});

test('a broken bundle is told', () => {
	h.save();
	h.edit('template/workflow.json', (w) => { w.stages[0].status = 'odd'; });
	assert.match(admin.get('config/upgrade').text, /has mistakes and cannot be taken over/);
	h.restore();
});

test('taken over by its button', () => {
	h.edit('demo/bundle.json', (b) => { b.version = '1.1.0'; b.program = 'The changed programme'; });
	const before = upgrades();
	const page = admin.get('config/upgrade');
	assert.match(page.text, /Setting: program/);
	h.edit('demo/bundle.json', (b) => { b.version = '1.2.0'; });
	const stale = admin.post('config/upgrade', { to: page.field('to') });
	assert.equal(upgrades(), before, 'what was seen is no longer what is there');
	assert.equal(stale.status, 303);
	const again = admin.get('config/upgrade');
	const done = admin.post('config/upgrade', { to: again.field('to') });
	assert.equal(done.status, 303);
	assert.equal(Number(upgrades()), Number(before) + 1);
	assert.match(admin.get('config').text, /1\.2\.0/);
	assert.match(admin.get('').text, /The changed programme/);
	assert.match(sql('c', "SELECT actor || ' ' || action || ' ' || object FROM audit WHERE action = 'upgrade' ORDER BY id DESC LIMIT 1"), new RegExp(`^${admin.options.as} upgrade bundle$`));
});

test('taken back by its button, after the work that is lost was named', () => {
	const number = sql('c', "SELECT f.number FROM casefile f JOIN user u ON u.id = f.owner_id WHERE f.closed_on IS NULL LIMIT 1");
	h.visitor('/c/staff', { as: sql('c', `SELECT u.username FROM casefile f JOIN user u ON u.id = f.owner_id WHERE f.number = '${number}'`) })
		.post(`cases/${number}/notes/new`, { text: 'After the change.', visibility: 'staff' });
	const page = admin.get('config/rollback');
	assert.match(page.text, /Work done since, which would be lost/);
	const id = page.field('upgrade');
	const refused = admin.post('config/rollback', { upgrade: id });
	assert.equal(refused.status, 422);
	assert.match(refused.text, /Work was done since the upgrade/);
	assert.match(admin.get('config').text, /1\.2\.0/);
	const done = admin.post('config/rollback', { upgrade: id, discard: '1' });
	assert.equal(done.status, 303);
	assert.match(admin.get('config').text, /1\.0\.0/);
	assert.equal(sql('c', "SELECT count(*) FROM event WHERE params LIKE '%After the change%' OR quote LIKE '%After the change%'"), '0');
	h.compass('verify-audit', 'c');
	assert.equal(sql('c', "SELECT action || ' ' || object FROM audit WHERE action = 'rollback'"), 'rollback bundle', 'the log goes on and says so');
});
