// SPDX-License-Identifier: Apache-2.0
//
// The permission matrix: every route of both sites × every role of the demo and armenia bundles × records of
// one's own, of the office, of the area, foreign, and shared, against what roles.json says, read apart from the
// program. A bundle of the test's own has a role for each single permission and each scope, so that every switch
// of roles.json is seen to act; and bundles without a module, where its pages are gone.
import { bundleFile, homeWith } from './bundles.mjs';
import { serve } from './served.mjs';
import { assert, instance, program, sql, test } from './web.mjs';

// ---- bundles and instances

const MODULES = ['core', 'intake', 'profile', 'assessment', 'plan', 'catalogue', 'timeline', 'portal', 'audit'];
const PERMISSIONS = [...new Set(['staff', 'portal'].flatMap((site) => program(site, ['--routes']).text.trim().split('\n').map((line) => line.split('\t')[2])))]
	.filter((name) => name !== 'public' && name !== 'portal');
// What a role must have beside a permission (compass check insists); nothing else is given to it.
const NEEDS = { home: [], case_view: ['home'], assessment_edit: ['assessment_view'], need_edit: ['assessment_view'], plan_edit: ['plan_view'],
	plan_approve: ['plan_view'], profile_edit: ['profile_view'], note_edit: ['timeline_view'], user_manage: ['home'], audit_view: ['home'], config: ['home'] };
const closure = (name) => [name, ...(NEEDS[name] || ['case_view']).flatMap(closure)];
const single = { roles: [
	...PERMISSIONS.map((name) => ({ key: `may_${name}`, label: `May ${name}`, scope: 'all', permissions: closure(name) })),
	...['own', 'office', 'area', 'all'].map((scope) => ({ key: `scope_${scope}`, label: `Scope ${scope}`, scope, permissions: closure('plan_view') })),
] };
const without = Object.fromEntries(['profile', 'catalogue', 'timeline', 'audit', 'portal'].map((name) => [`without-${name}`, {
	'bundle.json': { name: `Without ${name}`, extends: 'demo', version: '1.0.0', modules: MODULES.filter((one) => one !== name) },
	...(name === 'portal' && { 'personas.json': { personas: [{ key: 'client', remove: true }, { key: 'older', remove: true }] } }),
} ]));
const workflow = bundleFile('demo', 'workflow.json');
const folder = homeWith({
	single: { 'bundle.json': { name: 'Single', extends: 'demo', version: '1.0.0' }, 'roles.json': single },
	slim: { 'bundle.json': { name: 'Slim', extends: 'demo', version: '1.0.0', level: 1, modules: ['core'] },
		'personas.json': without['without-portal']['personas.json'],
		'workflow.json': { pathways: [{ key: 'referral', remove: true }, { key: 'casework', remove: true }], transitions: workflow.transitions.filter((one) => (one.guards || []).length).map((one) => ({ name: one.name, guards: [] })) } },
	...without,
});
const env = { COMPASS_HOME: folder };

// A bundle's switches act when the next request comes: the data of `demo` under another bundle of its family.
const use = (name, bundle) => sql(name, `UPDATE instance SET value = CASE key WHEN 'bundle' THEN '${bundle}' ELSE '' END WHERE key IN ('bundle', 'bundle_digest')`);
instance('m-single', 'demo');
instance('m-armenia', 'armenia');
use('m-single', 'single');

const server = { staff: await serve('staff', { env }), portal: await serve('portal', { env }) };
const routesOf = (site) => program(site, ['--routes']).text.trim().split('\n').map((line) => {
	const [methods, path, permission, module, flags] = line.split('\t');
	return { method: methods, path: path.slice(1), permission, module, flags: (flags || '').trim().split(' '), key: `${methods} ${path.slice(1)}` };
});

// ---- people and records

const HOME_OFFICE = { 'm-single': 'alder', 'm-armenia': 'yerevan_kentron' };
// Five cases at work, each with a plan, and a draft of an assessment beside a finished one.
function records(name) {
	const office = HOME_OFFICE[name], area = sql(name, `SELECT area FROM office WHERE key = '${office}'`);
	const pick = (where, taken) => sql(name, `SELECT f.number FROM casefile f WHERE ${where} AND f.closed_on IS NULL AND f.number NOT IN ('${taken.join("','")}')
		AND EXISTS (SELECT 1 FROM plan p WHERE p.casefile_id = f.id AND p.status = 'active') AND f.status = 'active'
		AND EXISTS (SELECT 1 FROM action a JOIN need n ON n.casefile_id = a.casefile_id AND n.kind = 'need' AND n.number = a.need_number
			WHERE a.casefile_id = f.id AND n.sensitivity IS NULL) ORDER BY f.number DESC LIMIT 1`);
	const out = {}, taken = [];
	for (const [kind, where] of [['own', `f.office = '${office}'`], ['office', `f.office = '${office}'`], ['area', `f.area = '${area}' AND f.office <> '${office}'`],
		['foreign', `f.area <> '${area}'`], ['shared', `f.area <> '${area}'`]]) {
		out[kind] = pick(where, taken) || pick('1', taken);
		taken.push(out[kind]);
		const elsewhere = sql(name, `SELECT key FROM office WHERE ${kind === 'area' ? `area = '${area}' AND key <> '${office}'` : `area <> '${area}'`} LIMIT 1`);
		const at = ['own', 'office'].includes(kind) ? office : elsewhere;
		sql(name, `UPDATE casefile SET office = '${at}', area = (SELECT area FROM office WHERE key = '${at}') WHERE number = '${out[kind]}'`);
		for (const form of ['assessment', 'profile'])
			sql(name, `INSERT INTO assessment (casefile_id, seq, form, kind, form_version, round, status, answers, started_by, started_at, performed_on)
				SELECT (SELECT id FROM casefile WHERE number = '${out[kind]}'), (SELECT max(seq) + 1 FROM assessment b WHERE b.casefile_id = (SELECT id FROM casefile WHERE number = '${out[kind]}')),
				form, kind, form_version, 'interim', 'draft', answers, started_by, started_at, performed_on FROM assessment a WHERE kind = '${form}' AND status = 'submitted' LIMIT 1`);
	}
	return out;
}
const about = (name, number) => {
	const one = (what) => sql(name, `SELECT ${what} FROM casefile f WHERE f.number = '${number}'`);
	const goal = sql(name, `SELECT a.need_number || '.' || a.goal_seq || ' ' || a.seq FROM action a JOIN casefile f ON f.id = a.casefile_id
		JOIN need n ON n.casefile_id = f.id AND n.kind = 'need' AND n.number = a.need_number JOIN goal g ON g.casefile_id = f.id AND g.need_number = a.need_number AND g.seq = a.goal_seq
		WHERE f.number = '${number}' AND n.sensitivity IS NULL AND a.status <> 'dropped' AND g.until_version IS NULL LIMIT 1`).split(' ');
	return { number, goal: goal[0], action: goal[1], need: goal[0].split('.')[0], stage: one('f.stage'),
		draft: one("(SELECT max(seq) FROM assessment a WHERE a.casefile_id = f.id AND a.status = 'draft' AND a.kind = 'assessment')"),
		profile: one("(SELECT max(seq) FROM assessment a WHERE a.casefile_id = f.id AND a.status = 'draft' AND a.kind = 'profile')") };
};

const people = {};
async function person(name, bundle, role, office = HOME_OFFICE[name]) {
	const username = `m.${role.key.replaceAll('_', '-')}`;
	const admin = await server.staff.visitor(`/${name}/staff`, { headers: { 'Accept-Language': 'en' } }).persona('admin');
	await admin.get('users');
	const page = await admin.post('users', { username, name: `M ${role.key}`, role: role.key, office, title: '', email: '' });
	assert.equal(page.status, 200, page.text.slice(0, 400));
	const link = page.body.match(/\/staff\/link\/([\w-]+)/)[1];
	const visitor = server.staff.visitor(`/${name}/staff`);
	const entered = await visitor.post(`link/${link}`, { password: 'a password of the matrix', again: 'a password of the matrix', csrf: '' });
	assert.equal(entered.status, 303, entered.text.slice(0, 300));
	await visitor.follow(entered).catch(() => {});
	visitor.csrf ||= (await visitor.get('nowhere')).csrf;
	return people[username] = { ...role, username, visitor, id: sql(name, `SELECT id FROM user WHERE username = '${username}'`) };
}
function reaches(person, kind) {
	if (kind === 'own' || kind === 'shared')
		return person.scope !== 'none';
	return { none: [], own: [], office: ['office'], area: ['office', 'area'], all: ['office', 'area', 'foreign'] }[person.scope].includes(kind);
}

// ---- the expectation: of every route what is asked and what comes when it is allowed

// A step that the role may take from the record's stage; the comment is too long, so that nothing moves.
function stepOf(bundle, person, record) {
	const may = bundleFile(bundle, 'workflow.json', folder).transitions.filter((one) => [one.from].flat().includes(record.stage) &&
		person.permissions.includes(one.permission || 'stage_change') && (!one.roles?.length || one.roles.includes(person.key)));
	return may.length ? { path: may[0].name, status: { GET: 200, POST: 422 } } : { path: 'reopen', status: { GET: 404, POST: 404 } };
}
const at = (path, status = 200, data = {}) => () => ({ path, status, data });
const of = (below, status = 200, data = {}) => (x) => ({ path: `cases/${x.record.number}${below(x) && `/${below(x)}`}`, status, data: typeof data === 'function' ? data(x) : data });
const step = (method) => (x) => {
	const found = stepOf(x.bundle, x.person, x.record);
	return { path: `cases/${x.record.number}/steps/${found.path}`, status: found.status[method], data: { comment: 'x'.repeat(2100) } };
};
// By site and permission. A route that is moved to another permission, or forgets its case, differs from this.
const EXPECT = { staff: {
	public: {
		'GET login': at('login'), 'POST login': at('login', 422, { username: 'nobody.here', password: 'wrong', csrf: '' }),
		'POST persona': at('persona', 303, { persona: 'worker', csrf: '' }),
		'GET link/{token}': at('link/none', 404), 'POST link/{token}': at('link/none', 404, { password: 'x' }),
	},
	home: { 'POST logout': at('logout', 303), 'GET ': at(''), 'POST clock': at('clock', 400, {}), 'POST reset': at('reset', 303) },
	case_list: { 'GET cases': at('cases?q=an') },
	case_view: { 'GET cases/{number}': of(() => ''), 'GET cases/{number}/consents': of(() => 'consents') },
	timeline_view: { 'GET cases/{number}/timeline': of(() => 'timeline') },
	note_edit: { 'GET cases/{number}/notes/new': of(() => 'notes/new'), 'POST cases/{number}/notes/new': of(() => 'notes/new', 422, { text: ' ' }) },
	consent_edit: { 'POST cases/{number}/consents': of(() => 'consents', 422, { purpose: 'messages', do: 'give', given_by: '' }),
		'POST cases/{number}/portal-code': of(() => 'portal-code', [200, 303, 409, 422]) },
	household_edit: { 'GET cases/{number}/family': of(() => 'family'), 'POST cases/{number}/family': of(() => 'family', 422, { do: 'add' }) },
	case_assign: { 'GET cases/{number}/assign': of(() => 'assign'), 'POST cases/{number}/assign': of(() => 'assign', 422, { worker: 'nobody' }) },
	need_edit: { 'GET cases/{number}/needs': of(() => 'needs'), 'POST cases/{number}/needs': of(() => 'needs', 422, { do: 'add' }) },
	stage_change: { 'GET cases/{number}/steps/{name}': step('GET'), 'POST cases/{number}/steps/{name}': step('POST') },
	case_create: {
		'GET cases/new': at('cases/new'), 'POST cases/new': at('cases/new', 303),
		'GET cases/new/{draft}': (x) => ({ path: x.intake[0], status: 200 }), 'POST cases/new/{draft}': (x) => ({ path: x.intake[0], status: 422, data: { do: 'submit' } }),
		'GET cases/new/{draft}/{page}': (x) => ({ path: x.intake[1], status: 200 }),
		'POST cases/new/{draft}/{page}': (x) => ({ path: x.intake[1], status: 303, data: { do: 'save', revision: x.revision() } }),
	},
	profile_view: { 'GET cases/{number}/profile': of(() => 'profile'), 'GET cases/{number}/profile/{seq}': of((x) => `profile/${x.record.profile}`) },
	profile_edit: {
		'POST cases/{number}/profile': of(() => 'profile', 303, { do: 'start' }),
		'POST cases/{number}/profile/{seq}': of((x) => `profile/${x.record.profile}`, [303, 422], { do: 'submit', revision: 999999 }),
		'GET cases/{number}/profile/{seq}/{page}': of((x) => `profile/${x.record.profile}/${x.profilePage}`),
		'POST cases/{number}/profile/{seq}/{page}': of((x) => `profile/${x.record.profile}/${x.profilePage}`, 200, { do: 'score' }),
	},
	assessment_view: {
		'GET cases/{number}/assessments': of(() => 'assessments'),
		'GET cases/{number}/assessments/{seq}': of((x) => `assessments/${x.record.draft}`),
	},
	assessment_edit: {
		'POST cases/{number}/assessments': of(() => 'assessments', 303, { do: 'start' }),
		'POST cases/{number}/assessments/{seq}': of((x) => `assessments/${x.record.draft}`, [303, 422], { do: 'submit', revision: 999999 }),
		'GET cases/{number}/assessments/{seq}/{page}': of((x) => `assessments/${x.record.draft}/${x.page}`),
		'POST cases/{number}/assessments/{seq}/{page}': of((x) => `assessments/${x.record.draft}/${x.page}`, 200, { do: 'score' }),
	},
	plan_view: { 'GET cases/{number}/plan': of(() => 'plan') },
	plan_edit: {
		'POST cases/{number}/plan': of(() => 'plan', 422, { do: 'terms', review_on: '2001-01-01' }),
		'GET cases/{number}/plan/goals/new': of((x) => `plan/goals/new?need=${x.record.need}`),
		'POST cases/{number}/plan/goals/new': of(() => 'plan/goals/new', 422, (x) => ({ need: x.record.need })),
		'GET cases/{number}/plan/goals/{goal}': of((x) => `plan/goals/${x.record.goal}`), 'POST cases/{number}/plan/goals/{goal}': of((x) => `plan/goals/${x.record.goal}`, 422, { do: 'save' }),
		'GET cases/{number}/plan/goals/{goal}/actions/new': of((x) => `plan/goals/${x.record.goal}/actions/new`),
		'POST cases/{number}/plan/goals/{goal}/actions/new': of((x) => `plan/goals/${x.record.goal}/actions/new`, 422, { do: 'save' }),
		'GET cases/{number}/plan/goals/{goal}/actions/{seq}': of((x) => `plan/goals/${x.record.goal}/actions/${x.record.action}`),
		'POST cases/{number}/plan/goals/{goal}/actions/{seq}': of((x) => `plan/goals/${x.record.goal}/actions/${x.record.action}`, 422, { do: 'save' }),
	},
	plan_approve: { 'GET approvals': at('approvals') },
	user_manage: {
		'GET users': at('users'), 'POST users': at('users', 422, { username: 'X' }),
		'GET users/{username}': (x) => ({ path: `users/${x.person.username}`, status: 200 }),
		'POST users/{username}': (x) => ({ path: `users/${x.person.username}`, status: 422, data: { do: 'save', name: ' ' } }),
	},
	audit_view: { 'GET audit': at('audit') },
	config: {
		'GET config': at('config'), 'GET config/upgrade': at('config/upgrade'), 'POST config/upgrade': at('config/upgrade', 303, { to: 'x' }),
		'GET config/rollback': at('config/rollback', 303), 'POST config/rollback': at('config/rollback', 303, { upgrade: '1' }),
	},
}, portal: {
	public: {
		'GET login': at('login'), 'POST login': at('login', [200, 303, 422], { number: 'X', csrf: '' }), 'POST login/code': at('login/code', [303, 422], { number: 'X', code: '1', csrf: '' }),
		'POST persona': at('persona', 303, { persona: 'client', csrf: '' }),
	},
	portal: {
		'POST logout': at('logout', 303), 'GET ': at(''), 'GET plan': at('plan'), 'POST plan': at('plan', [303, 400, 409, 422], {}), 'GET access': at('access'), 'GET consents': at('consents'),
	},
} };
const BELONGS = [[/portal-code/, 'portal'], [/ cases\/new/, 'intake'], [/\/(timeline|notes\/new)$/, 'timeline'], [/\/profile/, 'profile'], [/\/(assessments|needs)/, 'assessment'],
	[/\/plan|approvals/, 'plan'], [/ audit$/, 'audit']];
for (const site of ['staff', 'portal'])
	EXPECT[site] = Object.fromEntries(Object.entries(EXPECT[site]).flatMap(([permission, rows]) => Object.entries(rows).map(([key, ask]) =>
		[key, Object.assign(ask.bind(null), { permission, isRecord: key.includes('{number}'),
			module: site === 'portal' ? 'portal' : (BELONGS.find(([pattern]) => pattern.test(key)) || [0, 'core'])[1] })])));
// What changes too much to be asked while others still need the instance: only that it is refused is asked of all.
const LAST = ['POST logout', 'POST reset', 'POST persona'];

const all = { staff: routesOf('staff'), portal: routesOf('portal') };
test('every route of both sites has its row here, and every row of the staff site its route', () => {
	for (const site of ['staff', 'portal'])
		assert.deepEqual(all[site].filter((route) => !route.flags.includes('global') && !EXPECT[site][route.key]).map((route) => route.key), [], site);
	assert.deepEqual(Object.keys(EXPECT.staff).filter((key) => !all.staff.some((route) => route.key === key)), []);
});
for (const site of ['staff', 'portal'])
	all[site] = all[site].filter((route) => EXPECT[site][route.key]).map(({ method, path, flags, key }) => {
		const { permission, module, isRecord } = EXPECT[site][key];
		return { method, path, flags, key, permission, module, isRecord };
	});
const staff = all.staff;
const guarded = staff.filter((route) => route.permission !== 'public');

// ---- asking

async function send(visitor, route, ask, data) {
	return route.method === 'GET' ? visitor.get(ask.path) : visitor.post(ask.path, data || ask.data);
}
const decided = (reply) => reply.status === 303 && /\/login(\?|$)/.test(reply.location) ? 'login' : reply.status;

const pages = (bundle) => ({ page: bundleFile(bundle, 'forms/assessment.json', folder).survey[0].name, profilePage: bundleFile(bundle, 'forms/profile.json', folder).survey[0].name });
async function context(name, bundle, person, record) {
	const x = { name, bundle, person, record, ...pages(bundle) };
	// an intake of one's own; of somebody without that permission it is an address like any
	if (!person.intake) {
		const begun = person.permissions.includes('case_create') && await person.visitor.post('cases/new', {});
		person.intake = begun ? [begun.location.split('/').slice(0, -1).join('/'), begun.location] : ['cases/new/1', 'cases/new/1/x'];
	}
	x.intake = person.intake;
	x.revision = () => sql(name, `SELECT ifnull((SELECT group_states ->> '$."${person.intake[1].split('/').pop()}".revision' FROM draft WHERE id = ${Number(person.intake[0].split('/').pop())}), 0)`);
	return x;
}
function expected(route, person, kind, ask) {
	if (!person.permissions.includes(route.permission))
		return [403];
	if (route.isRecord && !reaches(person, kind))
		return [404];
	return [ask.status].flat();
}

async function walk(name, bundle, person, cases) {
	const wrong = [];
	const records = Object.entries(cases), first = person.key.startsWith('may_') ? 'foreign' : 'own'; // of scope "all" one record tells
	for (const [kind, number] of first === 'own' ? records : records.filter(([one]) => one === first)) {
		sql(name, `UPDATE casefile SET owner_id = (SELECT id FROM user WHERE username = 'supervisor' OR username = 'gayane') WHERE number IN ('${Object.values(cases).join("','")}');
			UPDATE casefile SET owner_id = ${person.id} WHERE number = '${cases.own}'; DELETE FROM casefile_team;
			INSERT INTO casefile_team (casefile_id, user_id, from_on) SELECT id, ${person.id}, '2000-01-01' FROM casefile WHERE number = '${cases.shared}'`);
		const x = await context(name, bundle, person, about(name, number));
		for (const route of guarded) {
			if (!route.isRecord && kind !== first || LAST.includes(route.key) && person.permissions.includes(route.permission))
				continue;
			const ask = EXPECT.staff[route.key](x), reply = await send(person.visitor, route, ask), allowed = expected(route, person, kind, ask);
			if (!allowed.includes(decided(reply)))
				wrong.push(`${route.method} ${ask.path} (${kind}): ${decided(reply)}, not ${allowed.join(' or ')}`);
		}
	}
	assert.deepEqual(wrong, []);
}

for (const [name, bundle] of [['m-armenia', 'armenia'], ['m-single', 'single']]) {
	const cases = records(name);
	for (const role of bundleFile(bundle, 'roles.json', folder).roles.filter((one) => !one.permissions.includes('portal')))
		await test(`${bundle}, ${role.key}: ${guarded.length} routes, records by scope ${role.scope}`, async () =>
			walk(name, bundle, await person(name, bundle, role), cases));
}

// Follows every link of every kind of page; forms are looked at: does their address take a post of this role?
const NAMES = /^(?!new$)[^/]*[\dA-Z][^/]*$/; // case numbers, goals, drafts: one of each kind is looked at
async function crawl(name, person) {
	const seen = new Set(), wrong = [], queue = [[`/${name}/staff/`, 'the start']];
	const kind = (path) => path.split('/').map((part) => NAMES.test(part) ? '*' : part).join('/');
	while (queue.length) {
		const [path, from] = queue.shift();
		const page = await person.visitor.get(path);
		if (page.status !== 200 && page.status !== 303)
			wrong.push(`${path} of ${from}: ${page.status}`);
		const links = page.links.map((link) => link.split('#')[0]).filter((link) => link.startsWith(`/${name}/staff/`));
		const posts = [...page.body.matchAll(/<form[^>]* method="post"[^>]*>/g)].map(([form]) => (form.match(/action="([^"]*)"/) || ['', path])[1].split('?')[0]);
		for (const post of posts) {
			const below = post.slice(`/${name}/staff/`.length);
			const route = staff.find((one) => one.method === 'POST' && new RegExp(`^${one.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(below));
			if (!route || (route.permission !== 'public' && !person.permissions.includes(route.permission)))
				wrong.push(`a form of ${path} posts to ${post}`);
		}
		for (const link of links) {
			const key = kind(link.split('?')[0]) + (link.includes('?') ? `?${[...new URLSearchParams(link.split('?')[1]).keys()].sort()}` : '');
			if (!seen.has(key) && !/[?&](lang|theme|large)=/.test(link) && seen.add(key))
				queue.push([link, path]);
		}
	}
	assert.ok(seen.size >= 2, `${seen.size} pages`);
	assert.deepEqual(wrong, []);
}
for (const key of ['registrar', 'promoter', 'case_worker', 'assistant', 'supervisor', 'team_member', 'auditor', 'admin', 'analyst', 'may_case_list', 'may_timeline_view', 'may_profile_edit'])
	await test(`no link and no form leads ${key} where it may not go`, async () => {
		const role = bundleFile('single', 'roles.json', folder).roles.find((one) => one.key === key), username = `m.${key.replaceAll('_', '-')}`;
		assert.ok(people[username]);
		const give = (from, to) => sql('m-single', `UPDATE casefile SET owner_id = ${to} WHERE owner_id = ${from}; UPDATE activity SET user_id = ${to} WHERE user_id = ${from}`);
		const worker = "(SELECT id FROM user WHERE username = 'worker')";
		give(worker, people[username].id);
		try {
			await crawl('m-single', { ...role, visitor: people[username].visitor });
		} finally {
			give(people[username].id, worker);
		}
	});

// ---- nobody, tokens, methods

const NAME = 'm-single', CASES = records(NAME);
const roleOf = (key) => bundleFile('single', 'roles.json', folder).roles.find((one) => one.key === key);
const everything = { key: 'everything', scope: 'all', permissions: PERMISSIONS };

await test('nobody is led to the login by every page, and back afterwards', async () => {
	const nobody = server.staff.visitor(`/${NAME}/staff`), wrong = [];
	const x = { bundle: 'single', person: { ...everything, username: 'worker' }, record: about(NAME, CASES.own), intake: ['cases/new/1', 'cases/new/1/x'], ...pages('single'), revision: () => 0 };
	for (const route of guarded) {
		const ask = EXPECT.staff[route.key](x), reply = await send(nobody, route, ask);
		if (decided(reply) !== 'login' || (route.method === 'GET' && new URL(reply.location, 'http://x').searchParams.get('next') !== `/${NAME}/staff/${ask.path}`))
			wrong.push(`${route.key}: ${reply.status} ${reply.location}`);
	}
	assert.deepEqual(wrong, []);
});

await test('a post without its token, with a forged or another\'s one, or from elsewhere is refused', async () => {
	const supervisor = await server.staff.visitor(`/${NAME}/staff`).persona('supervisor');
	const admin = await server.staff.visitor(`/${NAME}/staff`).persona('admin'), wrong = [];
	const x = { bundle: 'single', person: { ...roleOf('supervisor'), username: 'worker' }, record: about(NAME, CASES.own), ...pages('single'), revision: () => 0, intake: ['cases/new/1', 'cases/new/1/x'] };
	const foreign = { Origin: 'https://evil.example' }, crossed = { 'Sec-Fetch-Site': 'cross-site' };
	for (const route of staff.filter((one) => one.method === 'POST')) {
		const visitor = roleOf('supervisor').permissions.includes(route.permission) || route.permission === 'public' ? supervisor : admin;
		const ask = EXPECT.staff[route.key](x), token = visitor.csrf;
		const tries = [[{ ...ask.data, csrf: token }, foreign], [{ ...ask.data, csrf: token }, crossed], [{ ...ask.data, csrf: token }, { Origin: 'null' }]];
		if (!route.flags.includes('no_csrf'))
			tries.push([{ ...ask.data, csrf: '' }], [{ ...ask.data, csrf: 'A'.repeat(86) }], [{ ...ask.data, csrf: (visitor === admin ? supervisor : admin).csrf }], [{ ...ask.data, csrf: `${token}A` }]);
		for (const [data, headers] of tries) {
			const reply = await visitor.post(ask.path, data, headers);
			if (reply.status !== 403)
				wrong.push(`${route.key} ${JSON.stringify(headers || data.csrf.slice(0, 4))}: ${reply.status}`);
			visitor.csrf = token;
		}
	}
	assert.deepEqual(wrong, []);
});

await test('an address without a GET answers 405 to it and names POST; and the other way round', async () => {
	const supervisor = await server.staff.visitor(`/${NAME}/staff`).persona('supervisor'), wrong = [];
	const x = { bundle: 'single', person: { ...everything, username: 'worker' }, record: about(NAME, CASES.own), intake: ['cases/new/1', 'cases/new/1/x'], ...pages('single'), revision: () => 0 };
	for (const route of staff) {
		const path = EXPECT.staff[route.key](x).path;
		for (const [method, allow] of [['GET', 'POST'], ['POST', 'GET, HEAD'], ['PUT'], ['DELETE'], ['PROPFIND']]) {
			if (staff.some((one) => one.method === method && one.path === route.path))
				continue;
			const reply = await supervisor.send(method, path, { data: method === 'GET' ? undefined : '' });
			if (reply.status !== 405 || (allow && reply.headers.allow !== allow))
				wrong.push(`${method} ${path}: ${reply.status} ${reply.headers.allow}`);
		}
	}
	assert.deepEqual(wrong, []);
});

await test('a case that is out of scope and one that does not exist look the same, an assessment of another case too', async () => {
	const role = roleOf('case_worker'), worker = await server.staff.visitor(`/${NAME}/staff`).persona('worker');
	const mine = sql(NAME, "SELECT number FROM casefile WHERE owner_id = (SELECT id FROM user WHERE username = 'worker') LIMIT 1");
	const theirs = sql(NAME, `SELECT f.number || ' ' || max(a.seq) FROM casefile f JOIN assessment a ON a.casefile_id = f.id WHERE f.area = 'D-S'
		AND a.seq > (SELECT max(seq) FROM assessment b JOIN casefile g ON g.id = b.casefile_id WHERE g.number = '${mine}')`).split(' ');
	assert.ok(mine && role.scope === 'own');
	const text = async (number) => (await worker.get(`cases/${number}`)).body.replaceAll(number, 'N').replace(/name="csrf" value="[^"]*"/g, '').replace(/<time.*?<\/time>/g, '');
	assert.equal(await text(CASES.foreign), await text('DEMO-2026-999999'));
	if (theirs[0])
		assert.equal((await worker.get(`cases/${mine}/assessments/${theirs[1]}`)).status, 404);
	for (const seq of ['0', '-1', '99', '1.0', '1e3', '９', '9223372036854775808', '%20', "1'"])
		assert.equal((await worker.get(`cases/${mine}/assessments/${seq}`)).status, 404, seq);
});

await test('a draft of an intake is its author\'s alone', async () => {
	const worker = await server.staff.visitor(`/${NAME}/staff`).persona('worker'), registrar = await server.staff.visitor(`/${NAME}/staff`).persona('registrar');
	const page = (await worker.post('cases/new')).location, draft = page.split('/').slice(0, -1).join('/');
	assert.equal((await worker.get(page)).status, 200);
	await registrar.get('cases/new');
	for (const path of [page, draft])
		assert.equal((await registrar.get(path)).status, 404);
	assert.equal((await registrar.post(page, { do: 'save', revision: 0 })).status, 404);
	assert.equal((await registrar.post(draft, { do: 'discard' })).status, 404);
	assert.equal((await worker.get(page)).status, 200);
});

await test('who is moved to another role or stopped is out at once', async () => {
	const admin = await server.staff.visitor(`/${NAME}/staff`).persona('admin');
	for (const change of [{ do: 'save', name: 'Arun', role: 'promoter', office: 'alder', title: '', email: '' }, { do: 'stop' }]) {
		await admin.get('users');
		assert.equal((await admin.post('users/assistant', { do: 'start' })).status, 303);
		const assistant = await server.staff.visitor(`/${NAME}/staff`).persona('assistant');
		assert.equal((await assistant.get('')).status, 200);
		await admin.get('users');
		assert.equal((await admin.post('users/assistant', change)).status, 303);
		assert.equal(decided(await assistant.get('')), 'login', change.do);
	}
});

// ---- the portal

await test('the portal: its client reaches every page, nobody and no staff session reaches one', async () => {
	const client = await server.portal.visitor(`/${NAME}/portal`).persona('client'), nobody = server.portal.visitor(`/${NAME}/portal`);
	const worker = await server.staff.visitor(`/${NAME}/staff`).persona('worker'), wrong = [];
	const thief = server.portal.visitor(`/${NAME}/portal`);
	thief.jar.set('x', { ...worker.jar.get(`/${NAME}/staff cc_session`), path: `/${NAME}/portal` });
	for (const route of all.portal.filter((one) => one.permission === 'portal' && !LAST.includes(one.key))) {
		const ask = EXPECT.portal[route.key]({}), allowed = [ask.status].flat();
		const reply = await send(client, route, ask);
		if (!allowed.includes(reply.status))
			wrong.push(`${route.key}: ${reply.status}, not ${allowed.join(' or ')}`);
		for (const other of [nobody, thief])
			if (decided(await send(other, route, ask)) !== 'login')
				wrong.push(`${route.key}: open to ${other === thief ? 'a staff session' : 'nobody'}`);
		if (route.method === 'POST' && (await client.post(ask.path, { ...ask.data, csrf: 'x' })).status !== 403)
			wrong.push(`${route.key}: without a token`);
	}
	assert.deepEqual(wrong, []);
	const back = server.staff.visitor(`/${NAME}/staff`);
	back.jar.set('x', { ...client.jar.get(`/${NAME}/portal cc_session`), path: `/${NAME}/staff` });
	assert.equal(decided(await back.get('')), 'login');
});

// ---- demonstration and trial, modules

await test('what is for demonstrations only is gone in a trial', async () => {
	const supervisor = await server.staff.visitor(`/${NAME}/staff`).persona('supervisor');
	sql(NAME, "UPDATE instance SET value = 'trial' WHERE key = 'mode'");
	try {
		for (const site of ['staff', 'portal'])
			for (const route of all[site].filter((one) => one.flags.includes('demo')))
				assert.equal((await server[site].visitor(`/${NAME}/${site}`).post(route.path, EXPECT[site][route.key]({}).data)).status, 404, route.key);
		for (const route of staff.filter((one) => one.flags.includes('demo')))
			assert.equal((await supervisor.post(route.path, EXPECT.staff[route.key]({}).data)).status, 404, route.key);
		const page = await supervisor.get('');
		assert.equal(page.status, 200);
		assert.doesNotMatch(page.body, /\/staff\/(clock|reset|persona)"/);
	} finally {
		sql(NAME, "UPDATE instance SET value = 'demo' WHERE key = 'mode'");
	}
});

// Addresses of a module's pages, as menus would name them.
const MENU = { timeline: /\/timeline["?]|\/notes\/new"/, profile: /\/profile"/, audit: /\/staff\/audit["?]/, intake: /\/cases\/new"/, assessment: /\/assessments["/]/, plan: /\/plan["#/]|\/approvals"/ };
for (const bundle of [...Object.keys(without), 'slim'])
	await test(`${bundle}: the pages of what is switched off are gone, and no menu leads to them`, async () => {
		const on = bundleFile(bundle, 'bundle.json', folder).modules, wrong = [];
		use(NAME, bundle);
		const fresh = { staff: await serve('staff', { env }), portal: await serve('portal', { env }) };
		try {
			const supervisor = await fresh.staff.visitor(`/${NAME}/staff`).persona('supervisor'), admin = await fresh.staff.visitor(`/${NAME}/staff`).persona('admin');
			const x = { bundle, person: { ...roleOf('supervisor'), username: 'supervisor' }, record: about(NAME, CASES.own), intake: ['cases/new/1', 'cases/new/1/x'], ...pages('single'), revision: () => 0 };
			for (const route of staff.filter((one) => !on.includes(one.module)))
				for (const visitor of [supervisor, admin, fresh.staff.visitor(`/${NAME}/staff`)])
					if ((await send(visitor, route, EXPECT.staff[route.key](x))).status !== 404)
						wrong.push(route.key);
			for (const route of all.portal.filter((one) => !on.includes(one.module)))
				if ((await send(fresh.portal.visitor(`/${NAME}/portal`), route, EXPECT.portal[route.key](x))).status !== 404)
					wrong.push(`portal ${route.key}`);
			for (const [visitor, paths] of [[supervisor, ['', 'cases', `cases/${CASES.own}`, `cases/${CASES.own}/consents`, `cases/${CASES.own}/family`]], [admin, ['', 'users']]])
				for (const path of paths) {
					const page = await visitor.get(path);
					assert.equal(page.status, 200, `${path}: ${page.text.slice(0, 200)}`);
					for (const [module, pattern] of Object.entries(MENU))
						if (!on.includes(module) && pattern.test(page.body.replace(/data-[\w-]+="[^"]*"/g, '')))
							wrong.push(`${path} leads to ${page.body.match(pattern)[0]}`);
				}
		} finally {
			await fresh.staff.stop();
			await fresh.portal.stop();
			use(NAME, 'single');
		}
		assert.deepEqual(wrong, []);
	});

// ---- the end: what ends a session or begins everything anew

await test('signing out and starting over act when they are allowed', async () => {
	const worker = await server.staff.visitor(`/${NAME}/staff`).persona('worker');
	assert.equal((await worker.post('reset')).status, 303);
	assert.equal((await worker.get('')).status, 200);
	assert.equal(sql(NAME, "SELECT count(*) FROM user WHERE username LIKE 'm.%'"), '0');
	assert.equal((await worker.post('logout')).status, 303);
	assert.equal(decided(await worker.get('')), 'login');
});
await server.staff.stop();
await server.portal.stop();
