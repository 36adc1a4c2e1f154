// SPDX-License-Identifier: Apache-2.0
//
// What the gate does for every route about a case: a closed case is not changed, with what was typed kept and the way to
// open it again; each page shown is one view in the audit log, whatever is refused is none.
import { assert, compass, instance, program, sql, test, Visitor } from './web.mjs';

instance('record', 'demo');
const routesOf = (site) => program(site, ['--routes']).text.trim().split('\n').map((line) => {
	const [method, path, , , flags] = line.split('\t');
	return { method, path: path.slice(1), flags: flags.trim().split(' ') };
});
const staff = routesOf('staff').filter((route) => route.flags.includes('record'));
const number = sql('record', `SELECT f.number FROM casefile f JOIN goal g ON g.casefile_id = f.id JOIN action a ON a.casefile_id = f.id
	AND a.need_number = g.need_number AND a.goal_seq = g.seq JOIN need n ON n.casefile_id = f.id AND n.kind = 'need' AND n.number = g.need_number
	WHERE f.closed_on IS NULL AND f.status = 'active' AND n.sensitivity IS NULL AND g.until_version IS NULL AND a.status <> 'dropped' LIMIT 1`);
const id = sql('record', `SELECT id FROM casefile WHERE number = '${number}'`);
const goal = sql('record', `SELECT need_number || '.' || goal_seq || '/' || seq FROM action a JOIN need n USING (casefile_id)
	WHERE casefile_id = ${id} AND n.kind = 'need' AND n.number = a.need_number AND n.sensitivity IS NULL LIMIT 1`).split('/');
const draft = (kind) => sql('record', `INSERT INTO assessment (casefile_id, seq, form, kind, form_version, round, status, answers, started_by, started_at, performed_on)
	SELECT ${id}, (SELECT max(seq) + 1 FROM assessment b WHERE b.casefile_id = ${id}), form, kind, form_version, 'interim', 'draft', answers, started_by, started_at, performed_on
	FROM assessment WHERE kind = '${kind}' AND status = 'submitted' LIMIT 1 RETURNING seq`);
const drafts = { profile: draft('profile'), assessments: draft('assessment') };
sql('record', `UPDATE casefile SET owner_id = (SELECT id FROM user WHERE username = 'worker'), office = (SELECT office FROM user WHERE username = 'worker') WHERE id = ${id}`);

const english = { headers: { 'Accept-Language': 'en' } };
const people = ['supervisor', 'worker', 'registrar'].map((as) => new Visitor('/record/staff', { as, ...english }));
const pageOf = (kind) => people[1].get(`cases/${number}/${kind}/${drafts[kind]}`).body.match(new RegExp(`/${kind}/${drafts[kind]}/([a-z_]+)`))[1];
const pages = { profile: pageOf('profile'), assessments: pageOf('assessments') };
const step = sql('record', `SELECT stage FROM casefile WHERE id = ${id}`) === 'active' ? 'start_review' : 'suspend';
function address(path) {
	const kind = path.includes('/profile/') ? 'profile' : 'assessments';
	return path.replace('{number}', number).replace('{goal}', goal[0]).replace('actions/{seq}', `actions/${goal[1]}`).replace('{seq}', drafts[kind])
		.replace('{page}', pages[kind]).replace('{name}', step) + (path.endsWith('goals/new') ? `?need=${goal[0].split('.')[0]}` : '');
}
// the first of the personas whose role has the page
const ask = (run) => people.map(run).find((reply) => reply.status !== 403);
const views = () => Number(sql('record', `SELECT count(*) FROM audit WHERE action = 'view' AND casefile_id = ${id}`));
const state = () => ['casefile', 'need', 'goal', 'action', 'plan', 'signature', 'event', 'membership', 'assessment', 'transition', 'activity', 'consent']
	.map((table) => sql('record', `SELECT * FROM ${table} WHERE ${table === 'casefile' ? 'id' : 'casefile_id'} = ${id}`)).join('\n');

test('every page about a case is one view in the log, none more', () => {
	for (const route of staff.filter((one) => one.method === 'GET')) {
		const visitor = people.find((one) => one.get(address(route.path)).status !== 403);
		assert.ok(visitor, route.path);
		const before = views(), reply = visitor.get(address(route.path));
		assert.equal(reply.status, 200, `${route.path}: ${reply.text.slice(0, 200)}`);
		assert.equal(views(), before + 1, route.path);
	}
	const family = new Visitor('/record/portal', { as: 'client', ...english }), theirs = sql('record', "SELECT value FROM instance WHERE key = 'persona:client'").split('/')[0];
	const seen = () => Number(sql('record', `SELECT count(*) FROM audit WHERE action = 'view' AND actor = 'beneficiary' AND casefile_id = ${theirs}`));
	for (const route of routesOf('portal').filter((one) => one.method === 'GET' && one.flags.includes('record'))) {
		const before = seen();
		assert.equal(family.get(route.path).status, 200, route.path);
		assert.equal(seen(), before + 1, `portal ${route.path}`);
	}
	const before = seen();
	assert.equal(family.get('login').status, 200);
	assert.equal(seen(), before, 'the door is no page of the case');
});

test('what is refused, redirected or not shown is no view', () => {
	const before = views(), stranger = new Visitor('/record/staff', english), analyst = new Visitor('/record/staff', { as: 'admin', ...english });
	for (const route of staff.filter((one) => one.method === 'GET')) {
		assert.equal(stranger.get(address(route.path)).status, 303);
		assert.ok([403, 404].includes(analyst.get(address(route.path)).status), route.path);
		assert.equal(people[1].send('HEAD', address(route.path)).bytes.length, 0);
	}
	for (const page of ['plan/goals/9.9', 'assessments/99', 'plan/goals/new', 'notes/new?x=1', 'timeline?page=0', 'steps/nothing'])
		assert.ok([400, 404].includes(people[1].get(`cases/${number}/${page}`).status), page);
	assert.equal(people[1].post(`cases/${number}/notes/new`, { text: ' ' }).status, 422);
	assert.equal(views(), before);
});

test('every route that changes a case has the mark, but for consent, the portal\'s code and steps', () => {
	const free = staff.filter((one) => one.method === 'POST' && !one.flags.includes('open_case')).map((one) => one.path);
	assert.deepEqual(free.sort(), ['cases/{number}/consents', 'cases/{number}/portal-code', 'cases/{number}/steps/{name}']);
});

test('a closed case: forms say so and lead to the step that opens it again; posts are 409 with what was typed', () => {
	sql('record', `UPDATE casefile SET closed_on = '2026-11-10', status = 'closed', stage = 'closed', outcome = 'goals_achieved' WHERE id = ${id}`);
	const before = state(), seen = views();
	for (const route of staff.filter((one) => one.flags.includes('open_case'))) {
		const path = address(route.path);
		const fields = { text: 'typed words', statement: 'typed words', reason: 'typed words', what: 'typed words', 'q/x': 'typed words', do: '', name: 'typed words', given_name: 'typed words' };
		const declared = Object.entries(fields).filter(([name]) => name !== 'do').map(([name, value]) => ({ [name]: value }));
		if (route.method === 'GET') {
			const reply = ask((visitor) => visitor.get(path.split('?')[0]));
			assert.equal(reply.status, 200, path);
			assert.match(reply.text, /This case is closed\. Nothing in it can be changed unless it is opened again\./, path);
			assert.ok(reply.links.includes(`/record/staff/cases/${number}`), path);
			continue;
		}
		// of the fields one or more are declared by the route: these are kept
		const replies = declared.map((one) => ask((visitor) => visitor.post(path.split('?')[0], one)));
		const kept = replies.filter((reply) => reply.status === 409);
		assert.ok(replies.every((reply) => [400, 409].includes(reply.status)), `${path}: ${replies.map((reply) => reply.status)}`);
		for (const reply of kept)
			assert.match(reply.text, /This case is closed.*Nothing was saved.*typed words/, path);
		const bare = ask((visitor) => visitor.post(path.split('?')[0], {}));
		assert.equal(bare.status, 409, path);
		assert.doesNotMatch(bare.text, /give this reference/);
	}
	assert.ok(people[0].get(`cases/${number}/family`).links.includes(`/record/staff/cases/${number}/steps/reopen`));
	assert.ok(!people[1].get(`cases/${number}/family`).links.some((link) => /reopen/.test(link)), 'a worker may not reopen');
	assert.equal(state(), before);
	assert.equal(views(), seen);
});

test('no link of a closed case leads to a form that is shut', () => {
	for (const visitor of people)
		for (const page of ['', '/plan', '/assessments', '/profile', '/timeline', '/consents', `/assessments/${drafts.assessments}`, `/profile/${drafts.profile}`]) {
			const reply = visitor.get(`cases/${number}${page}`);
			for (const link of reply.links.filter((one) => one.startsWith(`/record/staff/cases/${number}/`) && !/[?&](lang|theme)=/.test(one)))
				assert.doesNotMatch(visitor.get(link.split('#')[0]).text, /This case is closed/, `${link} of ${page}`);
			for (const [, action] of reply.body.matchAll(/<form[^>]* method="post"[^>]* action="([^"]*)"/g))
				assert.match(action, /\/(consents|portal-code|logout|persona|clock|reset|steps\/\w+)$/, `a form of ${page}`);
		}
});

test('my week leads to the pages of cases though none is at hand', () => {
	const unassigned = sql('record', `SELECT number FROM casefile WHERE closed_on IS NULL AND office = (SELECT office FROM user WHERE username = 'supervisor') LIMIT 1`);
	sql('record', `UPDATE casefile SET owner_id = NULL, risk_level = 'high', opened_on = '2020-01-01' WHERE number = '${unassigned}'`);
	const home = people[0].get('');
	assert.equal(home.status, 200);
	assert.ok(home.links.includes(`/record/staff/cases/${unassigned}/assign`));
});

test('a family signs nothing once its case is closed', () => {
	const theirs = sql('record', "SELECT value FROM instance WHERE key = 'persona:client'").split('/')[0];
	sql('record', `DELETE FROM signature WHERE casefile_id = ${theirs} AND party = 'client'; UPDATE plan SET status = 'approved' WHERE casefile_id = ${theirs} AND status = 'active';
		UPDATE casefile SET closed_on = '2026-11-10', status = 'closed', stage = 'closed' WHERE id = ${theirs}`);
	const reply = new Visitor('/record/portal', { as: 'client', ...english }).post('plan', { name: 'Typed name', version: 1 });
	assert.equal(reply.status, 409);
	assert.match(reply.text, /This case is closed.*Typed name/);
	assert.equal(new Visitor('/record/portal', { as: 'client' }).get('plan').field('name'), undefined);
	assert.equal(sql('record', `SELECT count(*) FROM signature WHERE casefile_id = ${theirs} AND party = 'client'`), '0');
});

test('the audit chain holds after all this', () => {
	assert.equal(compass('verify-audit', 'record').status, 0);
});
