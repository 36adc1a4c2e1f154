// SPDX-License-Identifier: Apache-2.0
//
// The gate: what every page has before its handler runs. Uses the demo bundle.
import { assert, instance, program, Reply, sql, test, Visitor } from './web.mjs';

instance('demo');
const anyone = () => new Visitor('/demo/staff');
const worker = () => anyone().persona('worker');
const sessions = () => Number(sql('demo', 'SELECT count(*) FROM session'));

const required = {
	'content-security-policy': /^default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
	'x-content-type-options': /^nosniff$/, 'referrer-policy': /^same-origin$/, 'permissions-policy': /camera=\(\)/,
	'cross-origin-opener-policy': /^same-origin$/, 'cache-control': /^private, no-store$/,
};

test('every reply carries the security headers', () => {
	const v = anyone();
	const replies = { 200: v.get('login'), 303: v.get(''), 404: v.get('nowhere'), 405: v.post('', {}), 400: v.get('login?x=1'),
		403: worker().post('logout', { csrf: 'x' }), 413: v.post('login', 'a'.repeat(1100000)) };
	for (const [status, reply] of Object.entries(replies)) {
		assert.equal(reply.status, Number(status));
		for (const [name, value] of Object.entries(required))
			assert.match(reply.headers[name] || '', value, `${name} at ${status}`);
	}
});

test('no page has inline style, script or handlers', () => {
	for (const page of [anyone().get('/'), anyone().get('login'), worker().get(''), anyone().get('nowhere')])
		assert.doesNotMatch(page.body, /<style|<script(?![^>]* src=)|\sstyle="|\son\w+="|href="javascript:/i);
});

test('an unknown instance, page or site is 404 in words', () => {
	for (const path of ['/nowhere/staff/', '/demo/staff/nowhere', '/demo', '/..', '/demo/staffx/login', '/DEMO/staff/login', '/demo/staff/login/'])
		assert.ok([400, 404].includes(anyone().get(path).status), path);
	assert.match(anyone().get('nowhere').text, /Nothing is here/);
});

test('the site without its slash leads to the site', () => {
	assert.equal(anyone().get('/demo/staff').location, '/demo/staff/');
});

test('another method is 405 and says which are allowed', () => {
	const reply = anyone().send('PUT', 'login');
	assert.equal(reply.status, 405);
	assert.equal(anyone().get('persona').headers.allow, 'POST');
});

test('HEAD is GET without the body', () => {
	const reply = anyone().send('HEAD', 'login');
	assert.equal(reply.status, 200);
	assert.equal(reply.bytes.length, 0);
	assert.ok(Number(reply.headers['content-length']) > 1000);
});

test('a path with NUL, bad UTF-8, dots or hidden slashes is refused', () => {
	for (const path of ['%00', '%ff', 'a/../login', 'a/%2e%2e/login', 'a%2flogin', '/', 'a%0d%0ax', '%', '%zz'])
		assert.equal(anyone().get(`/demo/staff/${path}`).status, 400, path);
});

test('fields that are not declared, not clean or too many are refused', () => {
	const v = anyone();
	for (const [data, status] of [['x=1', 400], ['username=%ff', 400], ['username=%00', 400], ['username=%c0%af', 400], ['%ff=1', 400],
		['username=%1b[31m', 400], ['a=1&'.repeat(2001), 413], ['username=%', 400], ['username=\u0000', 400]])
		assert.equal(v.post('login', data).status, status, JSON.stringify(data.slice(0, 20)));
	assert.equal(v.post('login', 'username=a', { 'Content-Type': 'text/plain' }).status, 400);
	assert.equal(v.post('login', '{}', { 'Content-Type': 'application/json' }).status, 400);
	assert.equal(v.send('POST', 'login', { data: 'username=a', headers: { 'Content-Length': '-1' } }).status, 400);
});

test('2,000 repetitions of one field cost no time', () => {
	const begin = Date.now();
	anyone().post('login', 'username=a&'.repeat(2000));
	assert.ok(Date.now() - begin < 3000);
});

test('a refusal gives a reference that the log has, and what was typed', () => {
	const reply = anyone().post('login', 'username=Anna+typed+this&x=1');
	const reference = reply.text.match(/give this reference: ([a-z2-9]{8})/);
	assert.ok(reference);
	assert.match(reply.log, new RegExp(`"reference":"${reference[1]}"`));
	assert.doesNotMatch(reply.log, /Anna typed/);
	const forged = worker().post('logout', 'csrf=foreign');
	assert.equal(forged.status, 403);
});

test('a page that needs a login leads there and back', () => {
	const v = anyone();
	const asked = v.get('?x=%C3%A9');
	assert.equal(asked.location, '/demo/staff/login?next=%2Fdemo%2Fstaff%2F%3Fx%3D%25C3%25A9');
	const door = v.follow(v.get(''));
	assert.equal(door.status, 200);
	assert.equal(door.field('next'), '/demo/staff/');
	assert.equal(v.post('persona', { persona: 'worker', next: '/demo/staff/login', csrf: '' }).location, '/demo/staff/login');
});

test('nobody is sent to another server or instance after signing in', () => {
	for (const next of ['//evil.example/', 'https://evil.example/', '/\\evil', '/other/staff/', '/demo/staffx', 'javascript:alert(1)'])
		assert.equal(anyone().post('persona', { persona: 'worker', next, csrf: '' }).location, '/demo/staff/');
});

test('only the digest of a session is stored, and the cookie is scoped', () => {
	const v = worker();
	const cookie = v.jar.get('/demo/staff cc_session');
	assert.equal(cookie.value.length, 43);
	assert.equal(sql('demo', `SELECT count(*) FROM session WHERE token_digest = '${cookie.value}'`), '0');
	const set = anyone().post('persona', { persona: 'worker', csrf: '' }).cookies.find((c) => c.startsWith('cc_session='));
	assert.match(set, /; Path=\/demo\/staff; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
	const tls = new Visitor('/demo/staff', { https: true }).post('persona', { persona: 'worker', csrf: '' });
	assert.ok(tls.cookies.every((c) => c.endsWith('; Secure')));
});

test('signing in again makes a new session and ends the old', () => {
	const v = worker();
	const old = v.jar.get('/demo/staff cc_session').value;
	const before = sessions();
	v.persona('supervisor');
	const thief = anyone();
	thief.jar.set('x', { name: 'cc_session', path: '/demo/staff', value: old });
	assert.notEqual(v.jar.get('/demo/staff cc_session').value, old);
	assert.match(thief.get('').location || '', /login/);
	assert.equal(sessions(), before);
});

test('signing out ends it, on the server too', () => {
	const v = worker();
	const token = v.jar.get('/demo/staff cc_session');
	const out = v.post('logout');
	assert.equal(out.status, 303);
	assert.match(v.follow(out).text, /You are signed out/);
	v.jar.set('/demo/staff cc_session', token);
	assert.match(v.get('').location || '', /login/);
});

test('an idle session ends, and the login page says so', () => {
	const v = worker();
	sql('demo', 'UPDATE session SET seen_at = seen_at - 90000, expires_at = 1');
	const door = v.follow(v.get(''));
	assert.match(door.text, /Your sign-in has ended/);
});

test('a post without the token, with a foreign one or from elsewhere changes nothing', () => {
	const v = worker();
	v.get('');
	const before = sessions();
	const token = v.csrf;
	for (const [fields, headers] of [[{ csrf: '' }, {}], [{ csrf: 'a'.repeat(43) }, {}], [{ csrf: worker().csrf }, {}],
		[{ csrf: token }, { Origin: 'https://evil.example' }], [{ csrf: token }, { 'Sec-Fetch-Site': 'cross-site' }], [{ csrf: token }, { Origin: 'null' }]]) {
		const reply = v.post('logout', fields, headers);
		assert.equal(reply.status, 403);
		assert.match(reply.text, /another sign-in/);
	}
	assert.equal(sessions(), before + 1);
	assert.equal(v.post('logout', { csrf: token }, { Origin: 'http://localhost', 'Sec-Fetch-Site': 'same-origin' }).status, 303);
});

test('signing in from another site is refused as well', () => {
	assert.equal(anyone().post('persona', { persona: 'worker', csrf: '' }, { Origin: 'https://evil.example' }).status, 403);
	assert.equal(anyone().post('login', { username: 'worker', password: 'x', csrf: '' }, { 'Sec-Fetch-Site': 'cross-site' }).status, 403);
});

test('language: the address, then the cookie, then what the browser asks for', () => {
	instance('armenia');
	const v = new Visitor('/armenia/staff');
	assert.equal(v.get('login').headers['content-language'], 'hy');
	assert.equal(v.get('login', { 'Accept-Language': 'xx, ru-RU;q=0.9, en;q=0.5' }).headers['content-language'], 'ru');
	const chosen = v.get('login?lang=en&next=%2Farmenia%2Fstaff%2F');
	assert.equal(chosen.location, '/armenia/staff/login?next=%2Farmenia%2Fstaff%2F');
	assert.match(chosen.cookies[0], /^cc_lang=en; Path=\/armenia;/);
	assert.equal(v.follow(chosen).headers['content-language'], 'en');
	assert.equal(v.get('login?lang=xx').cookies.length, 0);
	const page = v.get('login');
	assert.match(page.body, /<html lang="en" dir="ltr"/);
	assert.match(page.body, /href="\?lang=hy"/);
});

test('the theme is a cookie of the whole site', () => {
	const v = anyone();
	assert.match(v.get('login?theme=dark').cookies[0], /^cc_theme=dark; Path=\/;/);
	assert.match(v.get('login').body, /data-theme="dark"/);
	assert.equal(v.get('login?theme=pink').cookies.length, 0);
});

test('a wrong password is said in words, keeps the name, and too many tries wait', () => {
	const v = anyone();
	const wrong = v.post('login', { username: 'worker', password: 'not this one', csrf: '' });
	assert.equal(wrong.status, 422);
	assert.match(wrong.title, /^Error:/);
	assert.equal(wrong.field('username'), 'worker');
	assert.doesNotMatch(wrong.body, /not this one/);
	let last;
	for (let i = 0; i < 6; i++)
		last = v.post('login', { username: 'worker', password: 'not this one', csrf: '' });
	assert.equal(last.status, 429);
	sql('demo', 'DELETE FROM sign_in_failure');
});

test('in trial mode there is no persona', () => {
	sql('demo', "UPDATE instance SET value = 'trial' WHERE key = 'mode'");
	try {
		assert.equal(anyone().post('persona', { persona: 'worker', csrf: '' }).status, 404);
		assert.doesNotMatch(anyone().get('login').text, /Sign in as one of these/);
	} finally {
		sql('demo', "UPDATE instance SET value = 'demo' WHERE key = 'mode'");
	}
});

test('healthz counts the instances', () => {
	assert.match(anyone().get('/healthz').body, /^ok \d+ instances/);
});

test('a plain CGI run answers from its environment, and gives no power', () => {
	const run = program('staff', ['--once'], { env: { REQUEST_METHOD: 'GET', REQUEST_URI: '/demo/staff/', HTTP_HOST: 'localhost', AS: 'worker' } });
	const reply = new Reply(run.stdout, run.log);
	assert.match(reply.location, /login/);
});

test('a wrong command line says how', () => {
	assert.equal(program('staff', ['--once', 'GET']).status, 2);
	assert.equal(program('staff', ['--nonsense']).status, 2);
	assert.equal(program('staff', ['--help']).status, 0);
});

test('every row of the route tables has a permission, and every post a token or a reason', () => {
	for (const site of ['staff', 'portal'])
		for (const line of program(site, ['--routes']).text.trim().split('\n')) {
			const [methods, path, permission, , flags] = line.split('\t');
			assert.notEqual(permission, 'none', line);
			if (/no_csrf/.test(flags))
				assert.ok(methods === 'POST' && permission === 'public', line);
			if (path.includes('{number}'))
				assert.match(flags, /record/, line);
		}
});
