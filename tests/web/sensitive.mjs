// SPDX-License-Identifier: Apache-2.0
//
// What a tag protects is seen by roles with that tag and by nobody else: no answer, need, goal, action, score,
// note or earlier value of it, on no page of either site, in no refusal and no conflict. A family is told of violence
// and illness through the pages, as a worker would; then the same people lose the tags and look everywhere.
import fs from 'node:fs';
import path from 'node:path';
import { bundleFile, homeWith } from './bundles.mjs';
import { fill, formsOf, walk } from './forms.mjs';
import { serve } from './served.mjs';
import { assert, home, instance, sql, test } from './web.mjs';

// Every staff permission and no tag; and a form whose whole safety group is tagged, its score's bands named.
const everything = [...new Set(bundleFile('demo', 'roles.json').roles.flatMap((role) => role.permissions))].filter((one) => one !== 'portal');
const form = JSON.parse(fs.readFileSync(path.join(home, 'country-configs/demo/forms/assessment.json')));
form.survey.find((group) => group.name === 'safety').sensitivity = 'violence';
form.survey.find((group) => group.name === 'health').questions.push({ type: 'text', name: 'illness_words', label: 'Illness', sensitivity: 'health' });
form.needs.push({ dimension: 'health', when: "${illness_words} != ''", statement: 'illness_words', severity: 'health_level', fallback: 'Illness', sensitivity: 'health' });
form.scores.find((score) => score.name === 'safety').bands.forEach((band) => { band.label = `veiledband ${band.label}`; });
const folder = homeWith({ veiled: {
	'bundle.json': { name: 'Veiled', extends: 'demo', version: '1.0.0' }, 'forms/assessment.json': form,
	'roles.json': { roles: [{ key: 'blind', label: 'Without tags', scope: 'all', permissions: everything }, { key: 'health_only', label: 'With one tag', scope: 'all', permissions: everything, sensitivity: ['health'] }] },
} });
const env = { COMPASS_HOME: folder };
instance('veiled', 'demo');
sql('veiled', "UPDATE instance SET value = 'veiled' WHERE key = 'bundle'; DELETE FROM instance WHERE key = 'bundle_digest'");
const server = { staff: await serve('staff', { env }), portal: await serve('portal', { env }) };

const worker = await server.staff.visitor('/veiled/staff').persona('worker');
const supervisor = await server.staff.visitor('/veiled/staff').persona('supervisor');
const number = sql('veiled', "SELECT number FROM casefile WHERE stage = 'in_assessment' ORDER BY owner_id = (SELECT id FROM user WHERE username = 'worker') DESC, id LIMIT 1");
const id = sql('veiled', `SELECT id FROM casefile WHERE number = '${number}'`);
sql('veiled', `UPDATE casefile SET office = 'alder', owner_id = (SELECT id FROM user WHERE username = 'worker') WHERE id = ${id}`);
const at = `/veiled/staff/cases/${number}`;

// words that give it away, and those that may be seen
const VIOLENCE = /veiled(?!\/|<|"| case)\w+/gi, HEALTH = /covered\w+/gi;
const words = { violence_words: 'veiledwords he threatens her', safety_objective: 'veiledobjective a locked door', safety_client_view: 'veiledview I am afraid', safety_strength: 'veiledstrength' };
const text = (field) => {
	const name = field.name.replace(/^q\/.*\//, '');
	return words[name] || (name === 'illness_words' ? `coveredillness ${name}` : `open words for ${name}`);
};
// radio and select values wanted by name
function send(visitor, page, reply, choose, button) {
	const forms = formsOf(reply).filter((one) => one.buttons.some(([, value]) => value === button));
	assert.ok(forms.length, `${page} has no button ${button}: ${reply.text.slice(0, 300)}`);
	const form = structuredClone(forms[0]);
	for (const [pattern, value] of choose) {
		for (const field of form.fields.filter((one) => pattern.test(one.name) && ['radio', 'checkbox'].includes(one.kind)))
			field.checked = field.value === value;
		for (const field of form.fields.filter((one) => pattern.test(one.name) && one.kind === 'select'))
			field.options = [value];
	}
	return visitor.send('POST', form.action || page, { data: fill(form, form.buttons.find(([, value]) => value === button), text) });
}
const step = async (visitor, name, comment = '') => {
	await visitor.get(`${at}/steps/${name}`);
	const reply = await visitor.post(`${at}/steps/${name}`, { comment });
	assert.equal(reply.status, 303, `${name}: ${reply.text.replace(/^.*Error: /, '').slice(700, 1700)}`);
};

await test('the worker writes it down: assessment, goals, actions, notes, a plan agreed', async () => {
	const started = await worker.post(`${at}/assessments`, { do: 'start', csrf: (await worker.get(`${at}/assessments`), worker.csrf) });
	const draft = (started.location || (await worker.get(`${at}/assessments`)).links.find((link) => /assessments\/\d+/.test(link))).match(/.*assessments\/\d+/)[0];
	const choose = [[/_level$/, '2'], [/violence_concern$/, 'yes'], [/_work_on$/, 'yes'], [/health_concerns/, 'illness']];
	for (let round = 0; round < 3; round++) {
		const pages = new Set((await worker.get(draft)).links.map((link) => link.split('#')[0]).filter((link) => link.startsWith(`${draft}/`)));
		for (const page of pages) {
			const reply = await worker.get(page);
			if (formsOf(reply).some((one) => one.buttons.some(([, value]) => value === 'next')))
				await send(worker, page, reply, choose, 'next');
		}
	}
	const done = await send(worker, draft, await worker.get(draft), [], 'submit');
	assert.equal(done.status, 303, [...done.body.matchAll(/class="err[^>]*>.{0,400}/gs)].map((m) => m[0].replace(/<[^>]*>/g, ' ')).join('; ').slice(0, 1500));
	const need = sql('veiled', `SELECT number FROM need WHERE casefile_id = ${id} AND kind = 'need' AND sensitivity = 'violence' AND status = 'open' ORDER BY statement_objective LIKE 'veiledwords%' DESC LIMIT 1`);
	assert.ok(need, 'a tagged need');
	const moves = bundleFile('demo', 'workflow.json', folder).transitions;
	await step(worker, moves.find((one) => [one.from].flat().includes('in_assessment') && /plan/.test(one.to)).name);
	const ranked = formsOf(await worker.get(`${at}/needs`)).flatMap((one) => one.fields.filter((field) => field.name === 'number').map((field) => field.value));
	assert.equal((await worker.post(`${at}/needs`, { do: 'rank', number: ranked, rank: ranked.map((_, i) => i + 1) })).status, 303);
	// a goal, changed once (there is an earlier value), its action, a note that names it
	const goal = { need, statement: 'veiledgoal safe at night', plain: 'veiledplain we are safe', expected_change: 'veiledchange no threats', baseline: '1', target: '4', due_on: '2027-03-01', revision: '0' };
	const post = async (page, fields) => {
		const shown = await worker.get(page);
		assert.equal(shown.status, 200, `${page}: ${shown.text.slice(0, 200)}`);
		const declared = new Set(formsOf(shown).flatMap((one) => one.fields.map((field) => field.name)));
		const revision = shown.field('revision');
		const reply = await worker.post(page, Object.fromEntries(Object.entries({ ...fields, ...(revision && { revision }) }).filter(([name]) => declared.has(name) || name === 'do')));
		assert.ok([303, 200].includes(reply.status), `${page}: ${reply.status} ${reply.text.slice(0, 500)}`);
		return reply;
	};
	await post(`${at}/plan/goals/new?need=${need}`, goal);
	const one = sql('veiled', `SELECT need_number || '.' || seq FROM goal WHERE casefile_id = ${id} AND statement LIKE 'veiledgoal%'`);
	await post(`${at}/plan/goals/${one}`, { ...goal, statement: 'veiledlater safe by day' });
	await post(`${at}/plan/goals/${one}/actions/new`, { what: 'veiledaction a new lock', actor: 'worker', actor_name: 'veiledactor', due_on: '2026-12-20' });
	for (const visibility of ['staff', 'shared'])
		await post(`${at}/notes/new`, { text: `veilednote about ${one}`, goals: one, visibility });
	const goals = (where) => sql('veiled', `SELECT g.need_number || '.' || g.seq FROM goal g JOIN need n ON n.casefile_id = g.casefile_id AND n.kind = 'need' AND n.number = g.need_number WHERE g.casefile_id = ${id} AND ${where} LIMIT 1`);
	for (const other of sql('veiled', `SELECT number FROM need WHERE casefile_id = ${id} AND kind = 'need' AND status = 'open' AND NOT EXISTS (SELECT 1 FROM goal g WHERE g.casefile_id = need.casefile_id AND g.need_number = need.number)`).split('\n').filter(Boolean)) {
		const hidden = sql('veiled', `SELECT sensitivity FROM need WHERE casefile_id = ${id} AND kind = 'need' AND number = ${other}`);
		const word = hidden === 'violence' ? 'veiledother' : hidden === 'health' ? 'coveredother' : 'open';
		await post(`${at}/plan/goals/new?need=${other}`, { ...goal, need: other, statement: `${word} goal`, plain: `${word} plain`, expected_change: `${word} change` });
		const made = sql('veiled', `SELECT need_number || '.' || seq FROM goal WHERE casefile_id = ${id} AND need_number = ${other}`);
		await post(`${at}/plan/goals/${made}/actions/new`, { what: `${word} action`, actor: 'worker', actor_name: 'Wanjiru', due_on: '2026-12-20' });
	}
	// a note about both is for those who may read both
	await worker.get(`${at}/notes/new`);
	assert.equal((await worker.post(`${at}/notes/new`, { text: 'veiledboth coveredboth', goals: [one, goals("n.sensitivity = 'health'")], visibility: 'staff' })).status, 303);
	await post(`${at}/plan`, { contact_schedule: 'Every week.', review_on: '2027-02-01', do: 'terms' });
	const names = (from, permission) => moves.filter((move) => [move.from].flat().includes(from) && (!permission || move.permission === permission)).map((move) => move.name);
	await step(worker, names('in_planning').find((name) => /plan|propose|submit/.test(name)));
	await step(supervisor, names('plan_pending_approval', 'plan_approve').find((name) => /approve/.test(name)));
	for (const name of ['The family', 'The worker']) {
		const sign = formsOf(await worker.get(`${at}/plan`)).find((one) => one.buttons.some(([, value]) => value === 'sign'));
		assert.equal((await worker.send('POST', sign.action, { data: fill(sign, ['do', 'sign'], () => name) })).status, 303);
	}
});

// pages on which somebody finds words
async function look(role, persona) {
	for (const name of ['worker', 'supervisor'])
		sql('veiled', `UPDATE user SET role = '${role}' WHERE username = '${name}'`);
	const visitor = await server.staff.visitor('/veiled/staff').persona(persona);
	const found = { violence: new Map(), health: new Map() }, asked = [];
	const note = (reply, page) => {
		assert.ok(reply.status < 500, `${page}: ${reply.status}`);
		const body = reply.body.replace(/\/veiled\//g, '/');
		for (const [kind, pattern] of [['violence', VIOLENCE], ['health', HEALTH]])
			for (const [word] of body.matchAll(pattern))
				found[kind].set(`${page}: ${word}`, true);
	};
	const pages = await walk(visitor, ['/veiled/staff/', at, `${at}/timeline`, `${at}/plan`, `${at}/assessments`, `${at}/needs`, `${at}/profile`, '/veiled/staff/cases', '/veiled/staff/approvals', '/veiled/staff/audit',
		`/veiled/staff/audit?q=${number}`, `/veiled/staff/cases?q=${number}`],
	new RegExp(`^/veiled/staff/(?:audit|approvals|users|cases\\?|$)|^${at}`), note, { most: 300 });
	// the search finds nobody by it
	for (const word of ['veiledwords', 'threatens', 'veiledgoal', 'veilednote', 'coveredillness'])
		assert.doesNotMatch((await visitor.get(`cases?q=${word}`)).body.replace(/^.*<main/s, ''), new RegExp(`href="${at}"`), word);
	// addresses nobody links to for this role
	for (const page of ['plan/goals/new', ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14].flatMap((n) => [`plan/goals/${n}.1`, `plan/goals/${n}.1/actions/1`, `plan/goals/${n}.1/actions/new`, `plan/goals/new?need=${n}`, `assessments/${n}`, `assessments/${n}/safety`, `assessments/${n}/health`]), 'notes/new', 'needs']) {
		const reply = await visitor.get(`${at}/${page}`);
		note(reply, page);
		if (reply.status === 200)
			pages.add(`${at}/${page}`);
	}
	// every form refused: with a revision of long ago, empty, and without a token
	for (const page of pages) {
		const reply = await visitor.get(page);
		for (const form of reply.status === 200 ? formsOf(reply) : [])
			for (const button of form.buttons.length ? form.buttons : [['', '']]) {
				if (/logout|reset|clock|persona/.test(form.action) || /^(remove|drop|delete|leave|withdraw|submit$|start$|sign)/.test(button[1]) || !form.action?.startsWith(at))
					continue;
				const stale = structuredClone(form);
				stale.fields.filter((field) => field.name === 'revision').forEach((field) => { field.value = '999999'; });
				note(await visitor.send('POST', form.action, { data: fill(stale, button, () => 'x'.repeat(30000)) }), `${page}: too long`);
				note(await visitor.send('POST', form.action, { data: fill(stale, button, () => '') }), `${page}: stale and empty`);
				note(await visitor.send('POST', form.action, { data: 'csrf=x' }), `${page}: forged`);
			}
	}
	return { violence: [...found.violence.keys()], health: [...found.health.keys()], pages };
}

await test('with the tags it is seen where it belongs', async () => {
	const { violence, health } = await look('supervisor', 'supervisor');
	const all = violence.join('\n');
	for (const word of ['veiledwords', 'veiledlater', 'veiledaction', 'veilednote', 'veiledchange', 'veiledband'])
		assert.match(all, new RegExp(word, 'i'));
	assert.match(health.join('\n'), /covered/);
});
await test('without any tag nothing of it is seen anywhere', async () => {
	const { violence, health, pages } = await look('blind', 'worker');
	assert.ok(pages.size > 25, `${pages.size} pages`);
	assert.deepEqual([...violence, ...health], []);
});
await test('a tag opens what it names and nothing else', async () => {
	const { violence, health } = await look('health_only', 'supervisor');
	assert.deepEqual(violence, []);
	assert.ok(health.length > 0);
});
await test('the family\'s own phone shows nothing tagged', async () => {
	sql('veiled', `UPDATE instance SET value = '${id}/' || (SELECT person_id FROM membership WHERE casefile_id = ${id} AND is_contact LIMIT 1) WHERE key = 'persona:client'`);
	const family = await server.portal.visitor('/veiled/portal').persona('client');
	let open = 0;
	await walk(family, ['/veiled/portal/', '/veiled/portal/plan', '/veiled/portal/access', '/veiled/portal/consents'], /^\/veiled\/portal\/(?!logout)/, (reply, page) => {
		const body = reply.body.replace(/\/veiled\//g, '/');
		assert.doesNotMatch(body, /veiled(?!\s)\w+|covered\w+/i, page);
		open += (body.match(/open (plain|action)/g) || []).length;
	});
	assert.ok(open > 0, 'what is not tagged is shown');
});
await test('an answer changed by who may not see it stays as it is', async () => {
	assert.match(sql('veiled', `SELECT answers FROM assessment WHERE casefile_id = ${id} AND answers LIKE '%veiledwords%'`), /veiledwords he threatens her/);
	assert.match(sql('veiled', `SELECT group_concat(statement) FROM goal WHERE casefile_id = ${id}`), /veiledlater safe by day/);
});
for (const site of ['staff', 'portal'])
	await test(`nothing of it is in the log of ${site}`, async () => {
		assert.doesNotMatch(server[site].log.replace(/"instance":"veiled"/g, '').replace(/veiled\/forms|\/veiled\b/g, ''), /veiled\w|covered/);
		await server[site].stop();
	});
