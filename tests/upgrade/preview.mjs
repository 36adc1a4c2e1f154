// SPDX-License-Identifier: Apache-2.0
//
// compass upgrade and rollback: what a preview says of each kind of change, what is refused and by which
// mapping it is carried over, that a trial goes on with its copy, and that going back gives the
// database before, byte for byte of its dump.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { assert, sql, test, variable } from '../web/web.mjs';
import { Home, question, rename, without } from './home.mjs';

const h = new Home('preview');
h.instance('trial', '--scale', '60');
h.instance('show', '--demo', '--scale', '12');
h.withoutSeed();
assert.equal(h.compass('upgrade', 'trial').status, 0);          // the seed is no longer in the folder
h.save();

const dump = (name, file = 'case.db') => spawnSync('sqlite3', [path.join(variable, 'instances', name, file), '.dump'], { maxBuffer: 256 << 20 }).stdout.toString();
const count = (statement) => Number(sql('trial', statement));
const worker = sql('trial', 'SELECT u.username FROM casefile f JOIN user u ON u.id = f.owner_id WHERE f.closed_on IS NULL ORDER BY f.id LIMIT 1');
const files = () => fs.readdirSync(path.join(variable, 'instances', 'trial'));

// One edit, its preview, and the folder as it was.
function preview(title, edit, ...expected) {
	test(title, () => {
		edit();
		const before = dump('trial');
		const said = h.compass('upgrade', 'trial', '--preview');
		h.restore();
		const words = said.text + said.log;
		for (const one of expected)
			assert.ok(one instanceof RegExp ? one.test(words) : words.includes(one), `${one} is not in\n${words}`);
		const refuses = expected.some((one) => /Write "was"|Put "/.test(String(one)));
		assert.equal(said.status, refuses ? 1 : 0, words);
		assert.equal(dump('trial'), before, 'a preview changes nothing');
	});
}
const stages = (change) => h.edit('template/workflow.json', change);
const stage = (w, key) => w.stages.find((s) => s.key === key);
const inStage = (key) => count(`SELECT ifnull(sum(n), 0) FROM casefile_count WHERE stage = '${key}'`);

// ---- usage

test('usage, help, nothing to do', () => {
	assert.equal(h.compass('upgrade').status, 2);
	assert.equal(h.compass('upgrade', 'trial', '--pretend').status, 2);
	assert.equal(h.compass('rollback', 'trial', '--now').status, 2);
	assert.equal(h.compass('rollback').status, 2);
	assert.match(h.compass('upgrade', '--help').text, /usage: compass upgrade NAME/);
	assert.match(h.compass('rollback', '--help').text, /--discard/);
	assert.match(h.compass('upgrade', 'nobody').log, /there is no instance "nobody"/);
	assert.equal(h.compass('upgrade', 'nobody').status, 1);
	const same = h.compass('upgrade', 'trial');
	assert.equal(same.status, 0);
	assert.match(same.text, /nothing to do/);
	assert.match(h.compass('upgrade', 'trial', '--bundle', 'nowhere').log, /there is no bundle/);
});

test('a bundle with errors is not even compared', () => {
	stages((w) => { stage(w, 'active').status = 'sleeping'; });
	const said = h.compass('upgrade', 'trial');
	h.restore();
	assert.equal(said.status, 1);
	assert.match(said.log, /template\/workflow.json:\d+:\d+: "sleeping"/);
});

// ---- stages and rules

function replaceStage(was, now, mapped) {
	stages((w) => {
		const s = stage(w, was);
		s.key = now;
		s.label = 'Evaluation';
		if (mapped)
			s.was = was;
		for (const t of w.transitions) {
			t.from = t.from.map((key) => key === was ? now : key);
			t.to = t.to === was ? now : t.to;
		}
	});
}
preview('a stage that is gone while cases stand in it is refused, with the mapping', () => replaceStage('active', 'supporting'),
	'Stage “Support”: removed.', `${inStage('active')} cases stand in it.`, 'Write "was": "active" in the item of "stages"', 'trial cannot be upgraded');
preview('with it, they move', () => replaceStage('active', 'supporting', true), 'Stage “Support”: becomes “Evaluation” (supporting).', `${inStage('active')} cases move with it.`);
preview('a deadline', () => stages((w) => { stage(w, 'active').deadline = { days: 60 }; }), 'deadline: days: 60 instead of days: 90', `Cases that stand in it keep the date they have: ${inStage('active')}.`);
preview('a guard more', () => stages((w) => { w.transitions.find((t) => t.name === 'suspend').guards = ['plan_signed']; }),
	'Step “', 'needs besides: The plan is signed by the family and the worker');
preview('a guard less', () => stages((w) => { w.transitions.find((t) => t.name === 'start_review').guards = []; }), 'no longer needs: The plan is signed');
preview('the contact schedule', () => stages((w) => { w.cadence = [{ from_month: 1, every_days: 7 }]; }), 'Contact schedule: changed. Visits already planned stay.');

// ---- roles, offices, services, dimensions, languages, modules

const users = count("SELECT count(*) FROM user WHERE role = 'case_worker'");
preview('a role that is gone while users have it', () => {
	h.edit('template/roles.json', (r) => { r.roles.find((x) => x.key === 'case_worker').key = 'social_worker'; });
	stages((w) => { for (const t of w.transitions) t.roles = t.roles?.map((x) => x === 'case_worker' ? 'social_worker' : x); });
}, 'removed.', `${users} users have it.`, 'Write "was": "case_worker"');
preview('a role that may less', () => h.edit('template/roles.json', (r) => { const x = r.roles.find((one) => one.key === 'case_worker'); x.permissions = x.permissions.filter((p) => p !== 'catalogue_view'); }),
	'may no longer: read the service catalogue', `${users} users have it.`);
preview('a module switched off', () => h.edit('demo/bundle.json', (b) => { b.modules = b.modules.filter((m) => m !== 'portal'); }), /Module “portal”: switched off/);
preview('a dimension with open needs', () => {
	h.edit('demo/bundle.json', (b) => { b.dimensions.find((d) => d.key === 'food').key = 'nutrition'; });
	for (const file of ['demo/forms/assessment.json', 'demo/services.json'])
		h.write(file, fs.readFileSync(h.path(file), 'utf8').replaceAll('"food"', '"nutrition"'));
	h.edit('demo/forms/assessment.json', (f) => { for (const g of f.survey) if (g.name === 'nutrition') g.name = 'food'; });
}, 'Dimension “Food”: removed.', `${count("SELECT count(DISTINCT casefile_id) FROM need WHERE status = 'open' AND dimension = 'food'")} case`, 'Write "was": "food"');
preview('a consent with other words', () => h.edit('template/bundle.json', (b) => { b.consents.find((c) => c.key === 'case_management').text = 'I agree to all of it.'; }),
	'has other words', /Families that agreed to the words before: \d+/);
preview('a translation more', () => h.write('demo/languages/qps.po', 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Housing"\nmsgstr "Ħøušîñĝ"\n'),
	'Translation “languages/qps.po”: added: 1');

const office = sql('trial', 'SELECT office FROM casefile GROUP BY office ORDER BY count(*) DESC LIMIT 1');
const offices = (change) => h.edit('demo/offices.json', change);
preview('an office that is gone while cases and users are there', () => offices((o) => { o.offices = o.offices.filter((x) => x.key !== office); }),
	'Office “', 'removed.', `${count(`SELECT count(*) FROM casefile WHERE office = '${office}'`)} cases use it.`, `Write "was": "${office}" in the item of "offices"`);
preview('an office that becomes another', () => offices((o) => { o.offices = o.offices.filter((x) => x.key !== office); o.offices[0].was = office; }),
	`${count(`SELECT count(*) FROM casefile WHERE office = '${office}'`)} cases move with it.`, /\d+ users move with it/);
const service = sql('trial', 'SELECT service FROM action WHERE service IS NOT NULL GROUP BY service ORDER BY count(*) DESC LIMIT 1');
preview('a service that actions name', () => h.edit('demo/services.json', (c) => { c.services = c.services.filter((x) => x.key !== service); }),
	'Service “', `${count(`SELECT count(DISTINCT casefile_id) FROM action WHERE service = '${service}'`)} case`, 'They keep the name that was written.');
preview('a language that families speak', () => h.edit('demo/bundle.json', (b) => { b.languages = [{ code: 'fr', name: 'Français' }, { code: 'en', remove: true }]; }),
	'Language “English”: removed.', 'They see the first language instead.');
sql('trial', "UPDATE need SET sensitivity = 'violence' WHERE (casefile_id, kind, number) IN (SELECT casefile_id, kind, number FROM need LIMIT 1)");
preview('a tag that protects something', () => {
	for (const bundle of ['demo', 'template'])
		for (const file of fs.readdirSync(h.path(bundle), { recursive: true }))
			if (file.endsWith('.json'))
				h.write(`${bundle}/${file}`, fs.readFileSync(h.path(bundle, file), 'utf8').replaceAll('"violence"', '"harm"'));
}, 'Sensitivity tag “violence”: removed.', 'Put "violence" back into "sensitivity"');

// ---- forms

const answered = (name) => count(`SELECT count(*) FROM assessment a, json_tree(a.answers) t WHERE a.form = 'assessment' AND t.key = '${name}' AND t.atom <> ''`);
const assessment = (change) => h.edit('demo/forms/assessment.json', change);
preview('a question removed', () => assessment((f) => { f.survey = without(f.survey, 'photo'); f.survey = without(f.survey, 'housing_evidence'); }),
	'(housing_evidence)”: removed.', `${answered('housing_evidence')} answers stay in the forms they were given in.`);
preview('a question renamed with "was": its answers move', () => assessment((f) => {
	const renamed = rename(f, 'housing_objective', 'housing_facts');
	question(renamed, 'housing_facts').was = 'housing_objective';
	return renamed;
}), 'renamed to “housing_facts”', `${answered('housing_objective')} answers move`);
preview('a question renamed without it is one gone and one more', () => assessment((f) => rename(f, 'housing_objective', 'housing_facts')),
	'(housing_objective)”: removed.', '(housing_facts)”: added.');
preview('another type', () => assessment((f) => { question(f, 'oldest').type = 'text'; delete question(f, 'oldest').constraint; delete question(f, 'oldest').constraint_message; }),
	'type text instead of integer', `Answers that stay as they were given: ${answered('oldest')}.`);
preview('an option removed that cases use', () => assessment((f) => { f.choices.evidence = f.choices.evidence.filter((c) => c.name !== 'interview'); for (const q of JSON.stringify(f).match(/"default":"interview"/g) || []) void q;
	return JSON.parse(JSON.stringify(f).replaceAll(',"default":"interview"', '')); }),
	'Answer option “', 'removed.', /\d+ cases use it and keep it/);
preview('an option renamed', () => assessment((f) => {
	f.choices.evidence.find((c) => c.name === 'interview').was = 'interview';
	f.choices.evidence.find((c) => c.name === 'interview').name = 'talk';
	return JSON.parse(JSON.stringify(f).replaceAll('"default":"interview"', '"default":"talk"'));
}), 'renamed to “talk”', /renamed to “talk”. \d+ cases move with it/);

// ---- a trial goes on with its copy

test('an edit of the folder changes no trial', () => {
	h.edit('demo/bundle.json', (b) => { b.program = 'Another programme'; });
	const page = h.visitor('/trial/staff', { as: worker }).get('');
	h.restore();
	assert.equal(page.status, 200);
	assert.doesNotMatch(page.text, /Another programme/);
});

test('a demonstration takes it over by itself, with a row in the log', () => {
	h.edit('demo/bundle.json', (b) => { b.program = 'Another programme'; });
	h.visitor('/show/staff').get('login');
	const page = h.visitor('/show/staff').get('login');
	h.restore();
	assert.match(page.text, /Another programme/);
	assert.equal(sql('show', "SELECT count(*) FROM bundle_change WHERE kind = 'live'"), '1');
	assert.ok(Number(sql('show', "SELECT count(*) FROM audit WHERE action = 'edit' AND object = 'bundle'")) >= 1);
});

test('but not one that contradicts what is stored', () => {
	h.visitor('/show/staff').get('login');
	const before = sql('show', "SELECT value FROM instance WHERE key = 'bundle_digest'");
	replaceStage('active', 'supporting');
	h.visitor('/show/staff').get('login');
	const page = h.visitor('/show/staff').get('login');
	h.restore();
	assert.equal(page.status, 200);
	assert.equal(sql('show', "SELECT value FROM instance WHERE key = 'bundle_digest'"), before);
	assert.match(page.log, /contradict what is stored/);
});

// ---- applied and taken back

test('applied: cases and needs follow, the copy before is kept, the log says it', () => {
	const standing = inStage('active'), needs = count("SELECT count(*) FROM need WHERE question = 'housing_level'");
	assert.ok(needs > 0 && standing > 0);
	replaceStage('active', 'supporting', true);
	assessment((f) => { const r = rename(f, 'housing_level', 'housing_step'); question(r, 'housing_step').was = 'housing_level'; return r; });
	const before = dump('trial');
	const done = h.compass('upgrade', 'trial');
	assert.equal(done.status, 0, done.text + done.log);
	assert.equal(inStage('supporting'), standing);
	assert.equal(inStage('active'), 0);
	assert.equal(count("SELECT count(*) FROM need WHERE question = 'housing_step'"), needs);
	assert.equal(sql('trial', "SELECT action || object FROM audit ORDER BY id DESC LIMIT 1"), 'upgradebundle');
	assert.equal(dump('trial', 'before-upgrade-2.db'), before);
	assert.match(h.compass('verify-audit', 'trial').text, /the chain holds/);

	const back = h.compass('rollback', 'trial');
	assert.equal(back.status, 0, back.log);
	assert.equal(dump('trial'), before, 'the dump is the one before');
	assert.ok(!files().includes('before-upgrade-2.db') && files().includes('rolled-back.db'));
	assert.match(h.compass('verify-audit', 'trial').text, /the chain holds/);
});

test('work done since is named, and only discarded when asked to', () => {
	assert.equal(h.compass('upgrade', 'trial').status, 0);
	const before = dump('trial', `before-upgrade-${count("SELECT max(id) FROM bundle_change")}.db`);
	const number = sql('trial', 'SELECT f.number FROM casefile f WHERE f.closed_on IS NULL AND f.owner_id IS NOT NULL ORDER BY f.id LIMIT 1');
	const reply = h.visitor('/trial/staff', { as: worker }).post(`cases/${number}/notes/new`, { text: 'Since the upgrade.', visibility: 'staff' });
	assert.ok([200, 303].includes(reply.status) && count("SELECT count(*) FROM event WHERE params LIKE '%upgrade%' OR quote LIKE '%upgrade%'") > 0, reply.text.slice(0, 300));
	const refused = h.compass('rollback', 'trial');
	assert.equal(refused.status, 1);
	assert.match(refused.log, /1 change was made in trial since the upgrade/);
	assert.match(refused.log, /1 × note: create/);
	const done = h.compass('rollback', 'trial', '--discard');
	assert.equal(done.status, 0, done.log);
	assert.match(done.text, /discarded:\s+1 × note: create/);
	assert.equal(dump('trial').replace(/'audit_spool','\d+'/, ''), before.replace(/'audit_spool','\d+'/, ''));
	assert.ok(dump('trial', 'rolled-back.db').includes('Since the upgrade.'), 'what was left is kept');
});

test('once back, there is nothing more to go back to', () => {
	const again = h.compass('rollback', 'trial');
	assert.equal(again.status, 1);
	assert.match(again.log, /nothing to go back to|not kept any more/);
});

// ---- odd beginnings

test('another bundle by --bundle, and back', () => {
	fs.cpSync(h.path('demo'), h.path('other'), { recursive: true });
	h.edit('other/bundle.json', (b) => { b.name = 'Other'; b.version = '3.0'; });
	const before = dump('trial');
	const done = h.compass('upgrade', 'trial', '--bundle', 'other');
	assert.equal(done.status, 0, done.log);
	assert.match(done.text, /trial runs on demo 1\.0\.0; the bundle is other 3\.0 now/);
	assert.equal(sql('trial', "SELECT value FROM instance WHERE key = 'bundle'"), 'other');
	assert.equal(h.compass('rollback', 'trial').status, 0);
	assert.equal(dump('trial').replace(/'audit_spool','\d+'/, ''), before.replace(/'audit_spool','\d+'/, ''));
	assert.equal(sql('trial', "SELECT value FROM instance WHERE key = 'bundle'"), 'demo', 'and its bundle is the one before');
});

test('an instance from before there were copies gets one of its folder', () => {
	sql('show', "DELETE FROM instance WHERE key = 'bundle_digest'");
	assert.equal(h.visitor('/show/staff').get('login').status, 200);
	assert.match(sql('show', "SELECT value FROM instance WHERE key = 'bundle_digest'"), /^[0-9a-f]{64}$/);
});

test('a copy that does not load: a demonstration takes its folder', () => {
	const digest = sql('show', "SELECT value FROM instance WHERE key = 'bundle_digest'");
	h.edit('demo/bundle.json', (b) => { b.program = 'From the folder'; });
	const file = path.join(variable, 'bundles', digest, 'demo', 'bundle.json');
	const kept = fs.readFileSync(file);
	fs.writeFileSync(file, '{ "name": "of another time", "gone_by": 1 }');
	const page = h.visitor('/show/staff').get('login');
	fs.writeFileSync(file, kept);
	h.restore();
	assert.equal(page.status, 200);
	assert.match(page.text, /From the folder/);
});

test('a sandbox runs on the copy of its seed, and shares it', () => {
	assert.equal(h.compass('sandbox', 'show', '2').status, 0);
	const copies = fs.readdirSync(path.join(variable, 'bundles')).length;
	assert.equal(h.visitor('/show-s01/staff').get('login').status, 200);
	assert.equal(h.visitor('/show-s02/staff').get('login').status, 200);
	assert.ok(fs.readdirSync(path.join(variable, 'bundles')).length <= copies + 1);
});

test('a copy that nobody names is swept away, one in use is not', () => {
	const folder = path.join(variable, 'bundles'), old = new Date(Date.now() - 7200e3), odd = path.join(folder, 'f'.repeat(64));
	fs.mkdirSync(odd);
	for (const name of fs.readdirSync(folder))
		fs.utimesSync(path.join(folder, name), old, old);
	assert.equal(h.compass('remove', 'show-s02', '--yes').status, 0);
	assert.ok(!fs.existsSync(odd));
	for (const name of ['trial', 'show', 'show-s01'])
		assert.ok(fs.existsSync(path.join(folder, sql(name, "SELECT value FROM instance WHERE key = 'bundle_digest'"))), name);
});
