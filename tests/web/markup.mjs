// SPDX-License-Identifier: Apache-2.0
//
// Markup and template code typed into every field one can write in, on both sites: what is refused is shown again,
// what is kept is shown wherever it belongs, and everywhere it is text. Each field gets words of its own, so that
// what appears can be traced to where it was typed.
import { fill, formsOf, walk } from './forms.mjs';
import { serve } from './served.mjs';
import { assert, instance, sql, test, unescape } from './web.mjs';

instance('markup', 'demo');
const server = { staff: await serve('staff'), portal: await serve('portal') };
const of = (query) => sql('markup', query);
const worker = "(SELECT id FROM user WHERE username = 'worker')";
const pick = (stage) => of(`SELECT number FROM casefile WHERE stage = '${stage}' ORDER BY owner_id = ${worker} DESC, id LIMIT 1`);

const where = new Map();    // mark → "page: field"
const mark = (page, name) => {
	const key = `mk${String(where.size + 1).padStart(4, '0')}z`;
	where.set(key, `${page}: ${name}`);
	return key;
};
// whatever a template, a browser, a formatter or a translation might take for its own
const nasty = (key) => `${key}"><script>evil()</script><?cs var:Csrf ?><img src=x onerror=evil()>' {{7*7}} &lt;b&gt; %1 %s $(id)`;
const short = (key) => `${key}"><b>x`;
const RAW = /<script>evil|<img src=x|<\?cs|mk\d{4}z(?:"|')?>|&amp;(?:lt|quot|amp|#39);(?:script|img|\?cs)|<b>x/;

function clean(reply, target) {
	assert.ok(reply.status < 500, `${reply.status} at ${target}`);
	const found = reply.body.match(RAW);
	assert.ok(!found, `${target}: ${found && reply.body.slice(Math.max(0, found.index - 200), found.index + 100)}`);
	// what is shown is what was typed: neither cut into entities twice nor filled in by a formatter
	for (const [, key, rest] of unescape(reply.body).matchAll(/(mk\d{4}z)(.{0,40})/gs))
		assert.ok(!rest.length || /^["'<\s|…]|^\W|^$/.test(rest), `${key} goes on as ${rest}`);
}
const wrong = [];
const note = (error) => wrong.push(error.message.slice(0, 500));

// Sends each form of a page by each of its buttons, once with long words and once with short ones (where a name or number is asked, long is refused).
const KEEP_OUT = /^(remove:|leave$|drop$|withdraw$|refuse$|disable$|delete)/;
async function type(visitor, page, { only, depth = 0 } = {}) {
	const reply = await visitor.get(page);
	clean(reply, page);
	if (reply.status !== 200)
		return [];
	const went = [];
	const forms = formsOf(reply).filter((form) => form.action?.startsWith(`${visitor.base}/`) && !/logout|persona|reset|clock/.test(form.action));
	for (const words of [nasty, short])
		for (const [i, form] of forms.entries())
			for (const button of form.buttons.length ? form.buttons : [['', '']]) {
				if (KEEP_OUT.test(button[1]) || (only && !only.test(button[1])))
					continue;
				// the form again: its revision has moved by what was sent before
				const fresh = formsOf(await visitor.get(page));
				const now = fresh.find((one) => one.action === form.action && one.fields[1]?.value === form.fields[1]?.value) || fresh[i] || form;
				const answer = await visitor.send('POST', now.action || page, { data: fill(now, button, (field) => words(mark(page, field.name))) });
				try { clean(answer, `${page} ${button}`); } catch (error) { note(error); }
				if (answer.location)
					went.push(answer.location);
			}
	return went;
}

const people = {};
for (const key of ['worker', 'supervisor', 'registrar', 'admin', 'auditor', 'assistant'])
	people[key] = await server.staff.visitor('/markup/staff').persona(key);

await test('an intake filled with it, page by page, to the finished case', async () => {
	const to = (await people.registrar.post('cases/new')).location;
	assert.ok(to);
	let pages = new Set([...(await people.registrar.get(to)).links].filter((link) => link.startsWith(`${to}/`)));
	for (let round = 0; round < 2; round++) {
		for (const page of pages)
			await type(people.registrar, page, { only: /^(next|save|add:)/ });
		pages = new Set([...(await people.registrar.get(to)).links].filter((link) => link.startsWith(`${to}/`)));
	}
	clean(await people.registrar.get(to), to);
	await type(people.registrar, to);
	assert.deepEqual(wrong.splice(0), []);
});

const cases = Object.fromEntries(['registered', 'in_assessment', 'in_planning', 'active', 'in_review', 'plan_pending_approval'].map((stage) => [stage, pick(stage)]));
await test('every form of a case at each stage', async () => {
	for (const [stage, number] of Object.entries(cases)) {
		of(`UPDATE casefile SET owner_id = ${worker}, office = 'alder' WHERE number = '${number}'`);
		for (const who of ['worker', 'supervisor']) {
			const visitor = people[who], at = `/markup/staff/cases/${number}`;
			for (const page of ['notes/new', 'consents', 'family', 'needs', 'assign', 'profile', 'assessments', 'plan', 'plan/goals/new'])
				await type(visitor, `${at}/${page}`);
			// what these pages lead to: goals, actions, pages of forms, steps
			const next = new Set();
			for (const page of ['', '/plan', '/assessments', '/profile'])
				for (const link of (await visitor.get(`${at}${page}`)).links)
					if (new RegExp(`^${at}/(plan/goals/|assessments/\\d|profile/\\d)`).test(link))
						next.add(link.split('#')[0]);
			for (const page of [...next].slice(0, 14)) {
				await type(visitor, page);
				for (const link of (await visitor.get(page)).links)
					if (link.startsWith(`${page}/`) && next.size < 30)
						next.add(link);
			}
			for (const page of [...next].slice(14))
				await type(visitor, page);
		}
	}
	for (const [stage, number] of Object.entries(cases))
		for (const who of ['registrar', 'worker', 'supervisor'])
			for (const link of (await people[who].get(`/markup/staff/cases/${number}`)).links)
				if (/\/steps\//.test(link))
					await type(people[who], link);
	assert.deepEqual(wrong.splice(0), []);
});
await test('users, the log\'s filters, the search', async () => {
	await type(people.admin, '/markup/staff/users');
	await type(people.admin, '/markup/staff/users/assistant');
	for (const [who, page] of [['worker', 'cases?q='], ['worker', 'cases?stage='], ['auditor', 'audit?q='], ['auditor', 'audit?actor='], ['worker', 'login?next=/markup/staff/'], ['worker', `cases/${cases.active}/timeline?kind=`]])
		clean(await people[who].get(page + encodeURIComponent(nasty(mark(page, 'query')))), page);
	assert.deepEqual(wrong.splice(0), []);
});
await test('the portal', async () => {
	const family = await server.portal.visitor('/markup/portal').persona('client');
	for (const page of ['', 'plan', 'consents', 'access'])
		await type(family, `/markup/portal/${page}`);
	await type(server.portal.visitor('/markup/portal'), '/markup/portal/login');
	assert.deepEqual(wrong.splice(0), []);
});

// ---- where it stands, and where it is seen

const stored = new Set();
await test('much of it is kept', () => {
	for (const table of of("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'casefile_search%' AND name NOT IN ('audit', 'held_post', 'draft')").split('\n'))
		for (const [key] of of(`SELECT * FROM ${table}`).matchAll(/mk\d{4}z/g))
			stored.add(key);
	const fields = new Set([...stored].map((key) => where.get(key).replace(/^.*: /, '')));
	assert.ok(fields.size >= 25, `only these fields were kept: ${[...fields].join(' ')}`);
});
const shown = new Set();
await test('everywhere anybody sees it, it is text', async () => {
	const all = Object.values(cases).concat(of('SELECT number FROM casefile ORDER BY id DESC LIMIT 1'));
	const look = (reply, target) => {
		try { clean(reply, target); } catch (error) { note(error); }
		for (const [key] of reply.body.matchAll(/mk\d{4}z/g))
			shown.add(key);
	};
	const inside = new RegExp(`^/markup/staff/(?!cases/|logout|link/)|^/markup/staff/cases/(?:${all.join('|')})(?:[/?]|$)`);
	for (const [who, visitor] of Object.entries(people))
		await walk(visitor, ['/markup/staff/', ...(['worker', 'supervisor'].includes(who) ? all : all.slice(0, 2)).flatMap((one) => ['', '/timeline'].map((page) => `/markup/staff/cases/${one}${page}`))], inside, look, { most: 150 });
	// the family of a case that was written in; what a plan not agreed yet has of it, put into the agreed one
	const told = (what) => `'${nasty(mark('agreed', what)).replaceAll("'", "''")}'`;
	of(`UPDATE plan SET body = json_set(body, '$.goals[0].plain', ${told('plain')}, '$.goals[0].actions[0].what', ${told('what')}, '$.contact_schedule', ${told('contact_schedule')}) WHERE body IS NOT NULL`);
	of(`UPDATE user SET title = ${told('title')} WHERE username = 'worker'`);
	for (const number of [cases.active, cases.in_review]) {
		of(`UPDATE instance SET value = (SELECT f.id || '/' || m.person_id FROM casefile f JOIN membership m ON m.casefile_id = f.id AND m.is_contact WHERE f.number = '${number}' LIMIT 1) WHERE key = 'persona:client'`);
		await walk(await server.portal.visitor('/markup/portal').persona('client'), ['/markup/portal/', 'plan', 'consents', 'access'].map((page) => page[0] === '/' ? page : `/markup/portal/${page}`), /^\/markup\/portal\/(?!logout)/, look);
	}
	for (const what of ['plain', 'what'])
		assert.ok([...shown].some((key) => where.get(key) === `agreed: ${what}`), `the portal shows ${what}`);
	assert.deepEqual(wrong.splice(0), []);
	const unseen = [...new Set([...stored].filter((key) => !shown.has(key)).map((key) => where.get(key).replace(/DEMO-\d+-\d+/, 'N')))];
	const seen = new Set([...stored].filter((key) => shown.has(key)).map((key) => where.get(key).replace(/^.*: /, '')));
	assert.ok(seen.size >= 20, `seen: ${[...seen].join(' ')}; kept and not seen: ${unseen.join(' | ')}`);
	if (process.env.TELL)
		console.log(`# kept ${stored.size}, seen ${[...seen].join(' ')}\n# not seen: ${unseen.join('\n#   ')}`);
});
for (const site of ['staff', 'portal'])
	await test(`no worker of ${site} has died of it, and no log line is broken`, async () => {
		for (const line of server[site].log.split('\n').filter(Boolean))
			JSON.parse(line);
		assert.doesNotMatch(server[site].log, /worker_died|"event":"crash"|"event":"bug"|mk\d{4}z/);
		await server[site].stop();
	});
