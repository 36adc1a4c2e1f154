// SPDX-License-Identifier: Apache-2.0
//
// A module that a bundle switches off is gone: every route of both sites that belongs to it answers 404 to
// everybody, and no page that can still be reached leads there. One bundle for each module without it and what
// depends on it, and one for each preset of the levels of case management.
import { bundleFile, homeWith, useBundle } from './bundles.mjs';
import { serve } from './served.mjs';
import { assert, instance, program, sql, test } from './web.mjs';

const NAME = 'm-modules';
const NEEDS = { profile: ['intake'], assessment: ['intake'], plan: ['assessment'], portal: ['plan'] };
const PRESETS = { 1: ['core', 'intake', 'catalogue', 'timeline', 'audit'], 2: ['core', 'intake', 'catalogue', 'timeline', 'audit', 'profile', 'assessment'],
	3: ['core', 'intake', 'catalogue', 'timeline', 'audit', 'profile', 'assessment', 'plan', 'portal'] };
const GUARDS = { profile: ['profile_done'], assessment: ['assessment_submitted', 'reassessment_submitted', 'needs_ranked'],
	plan: ['goals_for_needs', 'actions_complete', 'review_dated', 'plan_approved', 'plan_signed', 'goals_decided', 'no_open_actions'] };

// The bundle demo with these modules alone: what could never happen without the others is taken out.
function demoWith(name, on, main) {
	const gone = Object.keys(GUARDS).filter((module) => !on.includes(module)).flatMap((module) => GUARDS[module]);
	const workflow = bundleFile('demo', 'workflow.json'), level = on.includes('plan') ? 3 : on.includes('assessment') ? 2 : 1;
	return {
		'bundle.json': { name, extends: 'demo', version: '1.0.0', level, ...main },
		'workflow.json': {
			transitions: workflow.transitions.filter((one) => (one.guards ?? []).some((guard) => gone.includes(guard)))
				.map((one) => ({ name: one.name, guards: one.guards.filter((guard) => !gone.includes(guard)) })),
			pathways: workflow.pathways.filter((one) => one.level > level).map(({ key }) => ({ key, remove: true })),
		},
		...(!on.includes('portal') && { 'personas.json': { personas: bundleFile('demo', 'personas.json').personas.filter((one) => one.site === 'portal').map(({ key }) => ({ key, remove: true })) } }),
	};
}
const bundles = {}, expected = {};
for (const module of PRESETS[3].filter((one) => one !== 'core')) {
	const off = (one) => one === module || (NEEDS[one] ?? []).some(off);
	const on = PRESETS[3].filter((one) => !off(one));
	expected[`off-${module}`] = on;
	bundles[`off-${module}`] = demoWith(`Without ${module}`, on, { modules: on });
}
for (const [level, on] of Object.entries(PRESETS)) {
	expected[`level-${level}`] = on;
	bundles[`level-${level}`] = demoWith(`Level ${level}`, on, { modules: null });
}
expected['preset-less'] = PRESETS[3].filter((one) => one !== 'catalogue' && one !== 'audit');
bundles['preset-less'] = demoWith('Preset', expected['preset-less'], { modules: { preset: 3, off: ['catalogue', 'audit'] } });
const env = { COMPASS_HOME: homeWith(bundles) };

instance(NAME, 'demo');
const routesOf = (site) => program(site, ['--routes']).text.trim().split('\n').map((line) => {
	const [method, path, , module, flags] = line.split('\t');
	const below = path.slice(1);
	return { method, below, module, isGlobal: /global/.test(flags ?? ''), matches: new RegExp(`^${below.replace(/\{\w+\}/g, '[^/]+')}$`) };
});
const routes = { staff: routesOf('staff'), portal: routesOf('portal') };
// a literal segment wins over a name, as in the router
const routeOf = (site, below, method) => routes[site].filter((one) => one.method === method && one.matches.test(below)).sort((a, b) => (a.below.match(/\{/g) ?? []).length - (b.below.match(/\{/g) ?? []).length)[0];
const number = sql(NAME, "SELECT f.number FROM casefile f WHERE f.status = 'active' AND EXISTS (SELECT 1 FROM plan p WHERE p.casefile_id = f.id) LIMIT 1");
const address = (below) => below.replace('{number}', number).replace(/\{\w+\}/g, '1');

const SAME = /^(?!new$)[^/]*[\dA-Z][^/]*$/; // case numbers, goals, drafts: one of each kind is looked at
const kind = (path) => path.split('/').map((part) => SAME.test(part) ? '*' : part).join('/');
async function leads(visitor, on, start) {
	const seen = new Set(start), queue = start.map((path) => [path, 'the start']), wrong = [];
	while (queue.length) {
		const [path, from] = queue.shift(), page = await visitor.get(path);
		if (page.status >= 400 && path.startsWith(`/${NAME}/`)) wrong.push(`${path} of ${from}: ${page.status}`);
		const targets = [...page.links.map((link) => [link, 'GET']), ...[...page.body.matchAll(/<form[^>]* method="post"[^>]*>/g)].map(([form]) => [(form.match(/action="([^"]*)"/) ?? ['', path])[1], 'POST'])];
		for (const [link, method] of targets) {
			const [, site, below] = link.split(/[?#]/)[0].match(new RegExp(`^/${NAME}/(staff|portal)/?(.*)$`)) ?? [];
			const route = site && routeOf(site, below, method);
			if (route && !on.includes(route.module)) wrong.push(`${path} leads to ${method} ${link}`);
			if (site !== 'staff' || method !== 'GET' || /[?&](lang|theme|large)=/.test(link)) continue;
			const key = kind(link.split(/[?#]/)[0]);
			if (!seen.has(key) && seen.add(key)) queue.push([link.split('#')[0], path]);
		}
	}
	return { wrong, n: seen.size };
}

for (const [bundle, on] of Object.entries(expected))
	await test(`${bundle}: what is off is gone from both sites, and nothing leads there`, async () => {
		const checked = program('compass', ['check', bundle], { env });
		assert.equal(checked.status, 0, checked.text.slice(0, 2000));
		useBundle(NAME, bundle);
		const staff = await serve('staff', { env }), portal = await serve('portal', { env }), wrong = [];
		try {
			const visitors = [];
			for (const persona of ['worker', 'supervisor', 'admin', 'registrar'].filter((key) => bundleFile('demo', 'personas.json').personas.some((one) => one.key === key)))
				visitors.push(await staff.visitor(`/${NAME}/staff`).persona(persona));
			for (const route of routes.staff.filter((one) => !on.includes(one.module)))
				for (const visitor of visitors) {
					const reply = route.method === 'GET' ? await visitor.get(address(route.below)) : await visitor.post(address(route.below), {});
					if (reply.status !== 404) wrong.push(`staff ${route.method} ${route.below}: ${reply.status}`);
				}
			const outside = portal.visitor(`/${NAME}/portal`);
			for (const route of routes.portal.filter((one) => !on.includes(one.module))) {
				const reply = route.method === 'GET' ? await outside.get(address(route.below)) : await outside.post(address(route.below), { csrf: '' });
				if (reply.status !== 404) wrong.push(`portal ${route.method} ${route.below}: ${reply.status}`);
			}
			let pages = 0;
			for (const visitor of visitors) {
				const found = await leads(visitor, on, [`/${NAME}/staff/`, ...(visitor === visitors.at(-1) ? ['/'] : [])]);
				wrong.push(...found.wrong);
				pages += found.n;
			}
			assert.ok(pages > 10, `${pages} pages`);
		} finally {
			await staff.stop();
			await portal.stop();
		}
		assert.deepEqual([...new Set(wrong)].slice(0, 12), []);
	});
