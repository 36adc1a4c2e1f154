// SPDX-License-Identifier: Apache-2.0
//
// What a role may not read stays unread and unharmed: earlier answers, ranks and links of restricted needs; and values
// that a page did not offer are refused.
import fs from 'node:fs';
import path from 'node:path';
import { bundleFile, homeWith } from './bundles.mjs';
import { assert, home, instance, sql, test, Visitor } from './web.mjs';

// a demo whose worker lacks every tag, and whose assessment carries restricted answers on
const form = JSON.parse(fs.readFileSync(path.join(home, 'country-configs/demo/forms/assessment.json')));
form.survey.at(-1).questions.push({ type: 'text', name: 'echo', label: 'Said before', default: "previous('violence_words')" },
	{ type: 'text', name: 'seen', label: 'Seen before', default: "previous('safety_objective')" });
const roles = bundleFile('demo', 'roles.json').roles;
const folder = homeWith({ blind: { 'bundle.json': { name: 'Blind', extends: 'demo', version: '1.0.0' }, 'forms/assessment.json': form,
	'roles.json': { roles: [{ ...roles.find((one) => one.key === 'case_worker'), sensitivity: [], scope: 'all' }] } } });
instance('hidden', 'demo');
sql('hidden', "UPDATE instance SET value = 'blind' WHERE key = 'bundle'; DELETE FROM instance WHERE key = 'bundle_digest'");
const someone = (as) => new Visitor('/hidden/staff', { as, env: { COMPASS_HOME: folder }, headers: { 'Accept-Language': 'en' } });
const worker = someone('worker'), supervisor = someone('supervisor');
const cases = sql('hidden', `SELECT f.number FROM casefile f WHERE f.closed_on IS NULL AND f.office = (SELECT office FROM user WHERE username = 'supervisor')
	AND EXISTS (SELECT 1 FROM plan p WHERE p.casefile_id = f.id AND p.status = 'active') AND NOT EXISTS (SELECT 1 FROM assessment a WHERE a.casefile_id = f.id AND a.status = 'draft')
	AND (SELECT count(*) FROM need n WHERE n.casefile_id = f.id AND kind = 'need' AND status = 'open' AND sensitivity IS NULL) >= 4 LIMIT 2`).split('\n');
assert.equal(cases.length, 2);
const id = (number) => sql('hidden', `SELECT id FROM casefile WHERE number = '${number}'`);

test('previous() of a restricted answer is empty for who may not read it, and for who may it is there', () => {
	const last = form.survey.at(-1).name;
	for (const number of cases)
		sql('hidden', `UPDATE assessment SET answers = json_set(answers, '$.safety.violence_words', 'a secret', '$.safety.safety_objective', 'plain to see')
			WHERE casefile_id = ${id(number)} AND kind = 'assessment' AND status <> 'draft'`);
	const start = (visitor, number) => {
		const reply = visitor.post(`cases/${number}/assessments`, { do: 'start' });
		assert.equal(reply.status, 303, reply.text.slice(0, 200));
		const page = visitor.get(reply.location.replace(/[^/]+$/, last));
		assert.equal(page.field(`q/${last}/seen`), 'plain to see');
		return [page.field(`q/${last}/echo`), sql('hidden', `SELECT ifnull(answers ->> '$.${last}.echo', '') FROM assessment WHERE casefile_id = ${id(number)} AND status = 'draft'`)];
	};
	assert.deepEqual(start(worker, cases[0]), ['', '']);
	assert.deepEqual(start(supervisor, cases[1]), ['a secret', 'a secret']);
});

const number = cases[0], needs = sql('hidden', `SELECT number FROM need WHERE casefile_id = ${id(cases[0])} AND kind = 'need' AND status = 'open' AND sensitivity IS NULL ORDER BY number LIMIT 4`).split('\n');
const hidden = needs[1], open = [needs[0], needs[2], needs[3]];
sql('hidden', `UPDATE need SET client_priority = NULL WHERE casefile_id = ${id(number)}; UPDATE need SET sensitivity = 'violence', client_priority = 2 WHERE casefile_id = ${id(number)} AND kind = 'need' AND number = ${hidden}`);
const ranks = () => sql('hidden', `SELECT number || ':' || client_priority FROM need WHERE casefile_id = ${id(number)} AND client_priority IS NOT NULL ORDER BY client_priority`).split('\n').join(' ');

test('ranking what one sees leaves the place of what one does not', () => {
	assert.equal(worker.post(`cases/${number}/needs`, { do: 'rank', number: open, rank: ['2', '1', '3'] }).status, 303);
	assert.equal(ranks(), `${open[1]}:1 ${hidden}:2 ${open[0]}:3 ${open[2]}:4`);
	assert.equal(worker.post(`cases/${number}/needs`, { do: 'rank', number: [hidden], rank: ['1'] }).status, 409);
	assert.equal(ranks(), `${open[1]}:1 ${hidden}:2 ${open[0]}:3 ${open[2]}:4`);
	assert.equal(supervisor.post(`cases/${number}/needs`, { do: 'rank', number: [hidden, ...open], rank: ['1', '2', '3', ''] }).status, 303);
	assert.equal(ranks(), `${hidden}:1 ${open[0]}:2 ${open[1]}:3`);
});

test('an order that is refused keeps the places typed, and says what is wrong at its field', () => {
	const before = ranks();
	const reply = worker.post(`cases/${number}/needs`, { do: 'rank', number: open, rank: ['7', '7', 'first'] });
	assert.equal(reply.status, 422);
	const input = (need) => reply.body.match(new RegExp(`<input[^>]* id="rank-${need}"[^>]*>`))[0];
	assert.match(input(open[0]), /value="7"/);
	assert.doesNotMatch(input(open[0]), /aria-invalid/);
	assert.match(input(open[1]), new RegExp(`value="7".*aria-invalid="true" aria-describedby="rank-${open[1]}-problem"`));
	assert.match(input(open[2]), /value="first".*aria-invalid/);
	assert.match(reply.body, new RegExp(`id="rank-${open[1]}-problem">.*Two needs cannot have the same place`));
	assert.ok(reply.links.includes(`#rank-${open[2]}`));
	assert.equal(ranks(), before);
});

test('saving a goal keeps its links to needs that the page does not show, and takes none that it does not offer', () => {
	const [need, seq] = sql('hidden', `SELECT g.need_number, g.seq FROM goal g JOIN need n ON n.casefile_id = g.casefile_id AND n.kind = 'need' AND n.number = g.need_number
		WHERE g.casefile_id = ${id(number)} AND n.sensitivity IS NULL AND g.until_version IS NULL LIMIT 1`).split('|');
	const others = needs.filter((one) => one !== need && one !== hidden), met = others[0], shown = others[1];
	sql('hidden', `DELETE FROM goal_need WHERE casefile_id = ${id(number)} AND need_number = ${need} AND seq = ${seq};
		UPDATE need SET status = 'met' WHERE casefile_id = ${id(number)} AND kind = 'need' AND number = ${met};
		INSERT INTO goal_need (casefile_id, need_number, seq, also_need) SELECT ${id(number)}, ${need}, ${seq}, value FROM json_each('[${hidden},${met},${shown}]');
		INSERT INTO need (casefile_id, kind, number, dimension, statement_objective, sensitivity, created_at) SELECT casefile_id, 'strength', 77, dimension, 'x', 'violence', 0 FROM need WHERE casefile_id = ${id(number)} LIMIT 1;
		UPDATE goal SET strengths = '77' WHERE casefile_id = ${id(number)} AND need_number = ${need} AND seq = ${seq}`);
	const links = () => sql('hidden', `SELECT also_need FROM goal_need WHERE casefile_id = ${id(number)} AND need_number = ${need} AND seq = ${seq} ORDER BY also_need`).split('\n');
	const address = `cases/${number}/plan/goals/${need}.${seq}`, page = worker.get(address);
	assert.equal(page.status, 200);
	const fields = { do: 'save', statement: page.field('statement'), plain: page.field('plain'), expected_change: page.field('expected_change'), due_on: page.field('due_on') || '2027-03-01', revision: page.field('revision') };
	for (const forged of [{ also_needs: hidden }, { also_needs: '99' }, { strengths: '99' }, { also_needs: 'x' }, { strengths: '77' }]) {
		const reply = worker.post(address, { ...fields, ...forged });
		assert.equal(reply.status, 422, JSON.stringify(forged));
		assert.match(reply.text, /Choose from the list/);
	}
	assert.equal(worker.post(address, fields).status, 303);
	assert.deepEqual(links(), [hidden, met].sort((a, b) => a - b));
	assert.equal(sql('hidden', `SELECT strengths FROM goal WHERE casefile_id = ${id(number)} AND need_number = ${need} AND seq = ${seq}`), '77');
});

test('a note is about goals of its own case that the page offers', () => {
	const notes = () => sql('hidden', "SELECT count(*) FROM event WHERE kind = 'note'"), before = notes();
	const goal = sql('hidden', `SELECT g.need_number || '.' || g.seq FROM goal g JOIN need n ON n.casefile_id = g.casefile_id AND n.kind = 'need' AND n.number = g.need_number
		WHERE g.casefile_id = ${id(number)} AND n.sensitivity IS NULL AND g.until_version IS NULL LIMIT 1`);
	for (const goals of ['9.9', 'N1 S2', '1.1 2.1', [goal, '88.1'], '<b>']) {
		const reply = worker.post(`cases/${number}/notes/new`, { text: 'kept words', goals, visibility: 'staff' });
		assert.equal(reply.status, 422, goals);
		assert.equal(reply.field('text'), 'kept words');
		assert.match(reply.body, /id="goals-problem"/);
	}
	assert.equal(notes(), before);
	assert.equal(worker.post(`cases/${number}/notes/new`, { text: 'kept words', goals: [goal], visibility: 'staff' }).status, 303);
	assert.equal(sql('hidden', "SELECT refs FROM event WHERE kind = 'note' ORDER BY at DESC, seq DESC LIMIT 1"), goal);
});

test('a field of one line takes no line end', () => {
	for (const name of ['given_name', 'phone', 'note', 'reason'])
		for (const end of ['\n', '\r', '\r\n'])
			assert.equal(supervisor.post(`cases/${number}/family`, { do: 'add', given_name: 'Ana', family_name: 'B', [name]: `one${end}two` }).status, 400, name);
	assert.equal(worker.post(`cases/${number}/notes/new`, { text: 'two\r\nlines are a text', visibility: 'staff' }).status, 303);
});
