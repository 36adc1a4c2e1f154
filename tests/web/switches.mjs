// SPDX-License-Identifier: Apache-2.0
//
// Every switch of bundle.json acts: one bundle after another, each with one member changed, over the data of
// demo. What follows from modules is modules.mjs's, from roles matrix.mjs's. A member of bundle.json that is
// named in no test here fails: a switch without an effect misleads whoever sets it.
import { bundleFile, homeWith, useBundle } from './bundles.mjs';
import { assert, instance, program, sql, test, Visitor, home } from './web.mjs';
import fs from 'node:fs';

const NAME = 's-switches';
instance(NAME, 'demo');
const tried = new Set();
let count = 0;
// The page that `ask` gets with demo's bundle and with these members changed.
function both(members, ask, files = {}) {
	const bundle = `switch-${++count}`;
	Object.keys(members).forEach((member) => tried.add(member));
	const env = { COMPASS_HOME: homeWith({ [bundle]: { 'bundle.json': { name: 'Demo', extends: 'demo', version: '1.0.0', ...members }, ...files } }) };
	const checked = program('compass', ['check', bundle], { env });
	assert.equal(checked.status, 0, checked.text.slice(0, 1000));
	const one = (as) => {
		useBundle(NAME, as);
		return ask((site, persona) => new Visitor(site ? `/${NAME}/${site}` : '', { as: persona, env, headers: { 'Accept-Language': 'en' } }));
	};
	const changed = one(bundle);
	return { changed, plain: one('demo') };
}
function shows(title, members, ask, words, absent = []) {
	test(title, () => {
		const { changed, plain } = both(members, ask);
		for (const [text, wanted] of [...[words].flat().map((word) => [word, true]), ...[absent].flat().map((word) => [word, false])]) {
			assert.equal(changed.includes(text), wanted, `${text} in ${changed.slice(0, 1500)}`);
			if (wanted) assert.ok(!plain.includes(text), `${text} is there without the switch`);
		}
	});
}
const demo = bundleFile('demo', 'bundle.json');
const number = sql(NAME, "SELECT f.number FROM casefile f JOIN plan p ON p.casefile_id = f.id WHERE f.status = 'active' AND p.status = 'active' AND f.office = (SELECT office FROM user WHERE username = 'supervisor') LIMIT 1");
const busy = sql(NAME, "SELECT f.number FROM casefile f JOIN goal g ON g.casefile_id = f.id WHERE f.status = 'active' AND g.until_version IS NULL AND g.status NOT IN ('achieved', 'dropped') AND f.office = (SELECT office FROM user WHERE username = 'supervisor') GROUP BY f.id HAVING count(*) > 1 LIMIT 1");
const drafted = sql(NAME, "SELECT f.number FROM casefile f JOIN plan p ON p.casefile_id = f.id AND p.status = 'draft' WHERE f.status = 'in_planning' AND f.owner_id = (SELECT id FROM user WHERE username = 'worker') LIMIT 1") || busy;
const landing = (visitor) => visitor('').get('/').body;
const home_page = (visitor) => visitor('staff', 'supervisor').get('').text;
const case_page = (visitor) => visitor('staff', 'supervisor').get(`cases/${number}`).text;

shows('the landing page has the words of the country', { name: 'Zembla', program: 'Northern lights', institution: 'House of Help', summary: 'One sentence of it.', population: 'People of the coast', level_label: 'Deep work' },
	landing, ['Zembla', 'Northern lights', 'House of Help', 'One sentence of it.', 'People of the coast', 'Deep work']);
shows('its colour', { accent: '#123abc' }, landing, '#123abc');
// a name that no other instance on the page has
shows('its languages', { languages: [{ code: 'en', remove: true }, { code: 'ru', name: 'Русский острова' }] }, landing, 'Русский острова');
test('case numbers begin with the prefix', () => {
	tried.add('case_prefix');
	const env = { COMPASS_HOME: homeWith({ prefix: { 'bundle.json': { name: 'Demo', extends: 'demo', version: '1.0.0', case_prefix: 'ZEM' } } }) };
	const made = program('compass', ['new', 's-prefix', '--bundle', 'prefix', '--demo', '--scale', '3'], { env });
	assert.equal(made.status, 0, made.log);
	assert.equal(sql('s-prefix', "SELECT count(*) FROM casefile WHERE number NOT LIKE 'ZEM-%'"), '0');
});
shows('the month goes first in English', { date_order: 'mdy' }, home_page, 'Nov 17, 2026', '17 Nov 2026');
test('the hour is that of the time zone', () => {
	const { changed, plain } = both({ time_zone: 'Asia/Tokyo' }, (visitor) => visitor('staff', 'admin').get('audit').text.replace(/\s+/g, ' '));
	assert.notEqual(changed, plain);
});
const [given, family] = sql(NAME, `SELECT p.given_name, p.family_name FROM membership m JOIN person p ON p.id = m.person_id JOIN casefile f ON f.id = m.casefile_id WHERE f.number = '${number}' LIMIT 1`).split('|');
shows('names are told in the order of the country', { name_order: 'family given' }, (visitor) => visitor('staff', 'supervisor').get(`cases/${number}/family`).text, `${family} ${given}`, `${given} ${family}`);
const join = (data) => (visitor) => { const worker = visitor('staff', 'supervisor'); worker.get(`cases/${number}/family`); return worker.post(`cases/${number}/family`, { do: 'add', given_name: '', family_name: 'Z', role: 'child', ...data }).text; };
shows('a personal number looks as the country has it', { identifier: { label: 'Zembla number', pattern: 'Z[0-9]{3}', placeholder: 'Z123' } }, join({ identifier_value: 'D-000009' }), ['Zembla number', 'such as Z123']);
shows('and a telephone', { phone_pattern: '0[0-9]{4}' }, join({ phone: '+999 000 119' }), 'no telephone number of this country');
shows('the product\'s words become the country\'s', { words: { plan: 'agreement' } }, case_page, 'greement');
shows('consents are those of the bundle', { consents: [{ key: 'photographs', label: 'Pictures of the family', text: 'I agree to pictures.', months: 5 }] },
	(visitor) => visitor('staff', 'supervisor').get(`cases/${number}/consents`).text, ['Pictures of the family', 'I agree to pictures.']);
shows('dimensions have the country\'s headings', { dimensions: [{ key: 'housing', label: 'Roof and walls', short: 'Roof' }] },
	(visitor) => case_page(visitor) + visitor('staff', 'supervisor').get(`cases/${number}/assessments`).text + visitor('staff', 'supervisor').get(`cases/${number}/plan`).text, 'Roof');
test('a caseload is held against the norm', () => {
	const { changed, plain } = both({ caseload_norm: 1 }, (visitor) => visitor('staff', 'worker').get('').body + visitor('staff', 'supervisor').get(`cases/${number}/assign`).body);
	assert.notEqual(changed, plain);
});
shows('more open goals than a family can bear are told', { open_goals_warning: 1 }, (visitor) => visitor('staff', 'supervisor').get(`cases/${busy}/plan`).text, 'More than 1 at once');
test('a review lies within the longest time', () => {
	const { changed, plain } = both({ review_max_months: 1 }, (visitor) => {
		const worker = visitor('staff', 'worker'), revision = worker.get(`cases/${drafted}/plan`).body.match(/name="revision" value="(\d+)"/)?.[1];
		return worker.post(`cases/${drafted}/plan`, { do: 'review', review_on: '2027-01-10', contact_schedule: 'weekly', revision }).text;
	});
	assert.notEqual(changed, plain);
});
test('what is restricted is read by those who may', () => {
	tried.add('sensitivity'); // sensitive.mjs walks it
	assert.ok(fs.existsSync(`${home}/tests/web/sensitive.mjs`));
});
test('every member of bundle.json has its test', () => {
	const elsewhere = { extends: 'inheritance', version: 'upgrade', level: 'modules.mjs', modules: 'modules.mjs', level_max: 'tests/bundles/190', forms: 'forms.mjs', week_starts: 'unit/test_date and test_workflow', emblem: 'tests/bundles/175 to 182: checked, shown nowhere yet', evidence: 'a mark for people', note: 'for people', $schema: 'for editors' };
	const schema = JSON.parse(program('compass', ['schema', 'bundle']).text);
	assert.deepEqual(Object.keys(schema.properties).filter((member) => !tried.has(member) && !elsewhere[member]), []);
});
useBundle(NAME, 'demo');
