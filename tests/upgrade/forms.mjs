// SPDX-License-Identifier: Apache-2.0
//
// A case keeps the form it was filled with: an assessment from before an upgrade is shown with its own
// questions, choices, bands and translations, its score explained by them; a draft goes on in the version it
// was begun with; the next round starts with the new one and finds the last answers by name, or by "was".
import fs from 'node:fs';
import { assert, sql, test } from '../web/web.mjs';
import { Home, question, rename, without } from './home.mjs';

const h = new Home('forms');
h.write('demo/languages/qps.po', 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Age of the oldest person"\nmsgstr "ÅÅ oldest as it was ÅÅ"\n');
h.instance('f', '--demo', '--scale', '60');
h.withoutSeed();
const one = (statement) => sql('f', statement);
// a case with one submitted assessment, open, with an owner; nothing under way
const number = one(`SELECT f.number FROM casefile f JOIN assessment a ON a.casefile_id = f.id AND a.kind = 'assessment' JOIN user u ON u.id = f.owner_id
	WHERE f.closed_on IS NULL AND a.status = 'submitted' AND json_extract(a.answers, '$.visit.oldest') <> ''
	AND NOT EXISTS (SELECT 1 FROM assessment b WHERE b.casefile_id = f.id AND b.status = 'draft') GROUP BY f.id HAVING count(*) = 1 LIMIT 1`);
const owner = one(`SELECT u.username FROM casefile f JOIN user u ON u.id = f.owner_id WHERE f.number = '${number}'`);
const id = one(`SELECT id FROM casefile WHERE number = '${number}'`);
const seq = one(`SELECT seq FROM assessment WHERE casefile_id = ${id} AND kind = 'assessment'`);
const oldest = one(`SELECT json_extract(answers, '$.visit.oldest') FROM assessment WHERE casefile_id = ${id} AND seq = ${seq}`);
const level = one(`SELECT json_extract(answers, '$.housing.housing_level') FROM assessment WHERE casefile_id = ${id} AND seq = ${seq}`);
const score = one(`SELECT printf('%g', score) FROM assessment WHERE casefile_id = ${id} AND seq = ${seq}`);
const as = { as: owner, now: undefined };
const worker = h.visitor('/f/staff', as);
const before = worker.get(`cases/${number}/assessments/${seq}`);
const label = (level_) => JSON.parse(fs.readFileSync(h.path('demo/forms/assessment.json'))).choices.housing_levels.find((c) => c.name === level_).label;
const wasLabel = label(level);

// a draft of another case, begun before
const draft = one(`SELECT f.number || ' ' || u.username FROM casefile f JOIN user u ON u.id = f.owner_id WHERE f.closed_on IS NULL AND f.number <> '${number}'
	AND NOT EXISTS (SELECT 1 FROM assessment b WHERE b.casefile_id = f.id AND b.status = 'draft')
	AND EXISTS (SELECT 1 FROM assessment b WHERE b.casefile_id = f.id AND b.kind = 'assessment') LIMIT 1`).split(' ');
const begun = h.visitor('/f/staff', { as: draft[1] }).post(`cases/${draft[0]}/assessments`, { do: 'start', round: 'interim' });
const draftSeq = begun.location.match(/assessments\/(\d+)/)[1];
const versions = Number(one('SELECT count(*) FROM form_version'));

// the bundle changes: a question gone, one renamed, choices and bands with other words, the translation dropped
h.edit('demo/forms/assessment.json', (form) => {
	const f = rename(form, 'housing_level', 'housing_step');
	question(f, 'housing_step').was = 'housing_level';
	f.version = '2';
	f.survey = without(f.survey, 'photo');
	question(f, 'mode').label = 'By which way did you meet';
	for (const c of f.choices.housing_levels)
		c.label = `New words ${c.name}`;
	for (const s of f.scores)
		if (s.name === 'total' || s.name === 'housing')
			for (const band of s.bands || [])
				band.label = `New band ${band.name}`;
	question(f, 'oldest').label = 'Oldest person, in years';
	question(f, 'oldest').default = "previous('oldest')";
	return f;
});
fs.rmSync(h.path('demo/languages/qps.po'));
const upgrade = h.compass('upgrade', 'f');

test('the upgrade is taken over', () => {
	assert.equal(upgrade.status, 0, upgrade.text + upgrade.log);
	assert.equal(sql('f', 'SELECT count(*) FROM form_version'), String(versions), 'a version is kept when somebody fills it');
});

test('a submitted assessment is shown with its own form', () => {
	const page = worker.get(`cases/${number}/assessments/${seq}`);
	assert.equal(page.status, 200);
	assert.match(page.text, /Filled with version 1 of the form, which has changed since/);
	assert.ok(page.text.includes(wasLabel), `the choice is called ${wasLabel}`);
	assert.ok(page.text.includes('Age of the oldest person') && page.text.includes(oldest));
	assert.doesNotMatch(page.text, /New words|New band|By which way|Oldest person, in years/);
	const strip = (text) => text.replace(/Filled with version 1 of the form, which has changed since\.?/, '').replace(/\s+/g, ' ').replace(/Recently.*$/, '');
	assert.equal(strip(page.text).includes(score), strip(before.text).includes(score), 'the same score');
});

test('in the words of its language that were kept with it', () => {
	const page = worker.get(`cases/${number}/assessments/${seq}`, { Cookie: '' });
	assert.equal(page.status, 200);
	const other = h.visitor('/f/staff', { as: owner, headers: { 'Accept-Language': 'qps' } });
	other.keep('cc_lang=qps; Path=/f');
	const pseudo = other.get(`cases/${number}/assessments/${seq}`);
	assert.equal(pseudo.headers['content-language'], 'qps');
	assert.ok(pseudo.text.includes('ÅÅ oldest as it was ÅÅ'), 'the dropped translation is still shown');
});

test('a draft goes on in the version it was begun with', () => {
	const drafter = h.visitor('/f/staff', { as: draft[1] });
	const page = drafter.get(`cases/${draft[0]}/assessments/${draftSeq}/housing`);
	assert.equal(page.status, 200, page.text.slice(0, 300));
	assert.match(page.text, /it is filled to its end with version 1/);
	assert.ok(page.body.includes('q/housing/housing_level') && !page.body.includes('housing_step'));
	const saved = drafter.post(`cases/${draft[0]}/assessments/${draftSeq}/housing`, { do: 'save', revision: page.field('revision'), 'q/housing/housing_level': '3', 'q/housing/housing_objective': 'Seen.' });
	assert.equal(saved.status, 303, saved.text.slice(0, 400));
	assert.equal(one(`SELECT json_extract(a.answers, '$.housing.housing_level') FROM assessment a JOIN casefile f ON f.id = a.casefile_id WHERE f.number = '${draft[0]}' AND a.seq = ${draftSeq}`), '3');
});

let next;
test('the next round starts with the new form', () => {
	const started = worker.post(`cases/${number}/assessments`, { do: 'start', round: 'interim' });
	assert.equal(started.status, 303, started.text.slice(0, 400));
	next = started.location.match(/assessments\/(\d+)/)[1];
	const page = worker.get(`cases/${number}/assessments/${next}/housing`);
	assert.ok(page.body.includes('q/housing/housing_step') && !page.body.includes('q/housing/housing_level'));
	assert.match(page.text, /New words 1/);
	assert.doesNotMatch(page.text, /has changed since/);
	assert.equal(Number(one('SELECT count(*) FROM form_version')), versions + 1);
});

test('and compares with the last one under the old name', () => {
	const page = worker.get(`cases/${number}/assessments/${next}/housing`);
	const options = page.body.split(/<(?=input[^>]*name="q\/housing\/housing_step")/);
	const marked = options.filter((part) => /On \d+ \w+/.test(part));
	assert.ok(marked.length >= 1, 'last round stands beside a level');
	assert.ok(marked.some((part) => part.includes(`value="${level}"`)), `beside level ${level}`);
});

test("previous('q') finds the last answer in the earlier version", () => {
	const page = worker.get(`cases/${number}/assessments/${next}/visit`);
	assert.equal(page.field('q/visit/oldest'), oldest);
});

test('a need that came from the renamed question keeps its number', () => {
	assert.equal(one("SELECT count(*) FROM need WHERE question = 'housing_level'"), '0');
});

test('spaces and order of writing make no version', () => {
	const kept = Number(one('SELECT count(*) FROM form_version'));
	h.write('demo/forms/profile.json', JSON.stringify(h.read('demo/forms/profile.json'), null, 7));
	assert.equal(h.compass('upgrade', 'f').status, 0);
	const other = one(`SELECT f.number || ' ' || u.username FROM casefile f JOIN user u ON u.id = f.owner_id WHERE f.closed_on IS NULL
		AND NOT EXISTS (SELECT 1 FROM assessment b WHERE b.casefile_id = f.id AND b.status = 'draft' AND b.kind = 'profile') LIMIT 1`).split(' ');
	const started = h.visitor('/f/staff', { as: other[1] }).post(`cases/${other[0]}/profile`, { do: 'start' });
	assert.equal(started.status, 303, started.text.slice(0, 300));
	assert.equal(Number(one('SELECT count(*) FROM form_version')), kept);
});
