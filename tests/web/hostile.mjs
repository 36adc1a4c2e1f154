// SPDX-License-Identifier: Apache-2.0
//
// Hostile and broken requests against the serving programs. Whatever comes: the proper status, words, the
// security headers, a line in the log with the page's reference and nothing of what was typed, and a database
// in which nothing has changed.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ask, serve } from './served.mjs';
import { assert, instance, program, Reply, sql, test, unescape, variable, Visitor } from './web.mjs';

instance('hostile', 'demo');
const server = { staff: await serve('staff'), portal: await serve('portal') };
const secret = 'Zaruhi-Hostilian-0012345678';    // typed by us; it must never be in a log
const staff = (options) => server.staff.visitor('/hostile/staff', options);
const portal = (options) => server.portal.visitor('/hostile/portal', options);
const number = sql('hostile', "SELECT number FROM casefile WHERE owner_id = (SELECT id FROM user WHERE username = 'worker') AND status = 'active' AND stage = 'implementation' ORDER BY id LIMIT 1")
	|| sql('hostile', "SELECT number FROM casefile WHERE owner_id = (SELECT id FROM user WHERE username = 'worker') AND status = 'active' ORDER BY id LIMIT 1");
const foreign = sql('hostile', "SELECT number FROM casefile WHERE office <> (SELECT office FROM user WHERE username = 'worker') AND owner_id <> (SELECT id FROM user WHERE username = 'worker') LIMIT 1");
const note = `cases/${number}/notes/new`;

// ---- what holds for every reply

const HEADERS = {
	'content-security-policy': /^default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
	'x-content-type-options': /^nosniff$/, 'x-frame-options': /^DENY$/, 'referrer-policy': /^same-origin$/, 'permissions-policy': /camera=\(\)/,
	'cross-origin-opener-policy': /^same-origin$/, 'cross-origin-resource-policy': /^same-origin$/, 'cache-control': /^private, no-store$/,
};
const COME_AND_GO = /^INSERT INTO (session|held_post|sign_in_failure|audit|casefile_reader) |^INSERT INTO instance VALUES\('audit_spool'/;
// Everything but who is signed in and who looked; of the audit log all that is no view.
function dump() {
	const file = path.join(variable, 'instances/hostile/case.db');
	const run = spawnSync('sqlite3', [file, '.timeout 5000', '.dump'], { maxBuffer: 256 << 20 });
	assert.equal(run.status, 0, run.stderr.toString());
	return run.stdout.toString().split('\n').filter((line) => !COME_AND_GO.test(line)).join('\n') +
		sql('hostile', "SELECT * FROM audit WHERE action NOT IN ('view', 'sign_in', 'sign_out', 'sign_in_failed')");
}
const calm = (reply) => {
	for (const [name, pattern] of Object.entries(HEADERS))
		assert.match(reply.headers[name] || '', pattern, `${name} at ${reply.status}`);
	assert.equal(reply.bytes.includes(0), false, 'a NUL in the page');
	if (reply.status >= 400) {
		assert.match(reply.headers['content-type'], /^text\/html; charset=utf-8$/);
		assert.match(reply.body, /<h1[ >]/);
		assert.doesNotMatch(reply.body, /\.c:\d+|sqlite|fcgi\/|Traceback|errno/i);
	}
};
const logged = (site, from) => server[site].log.slice(from).split('\n').filter(Boolean).map((line) => JSON.parse(line));
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Runs one request; `status` one or several; options.words what the page says.
async function refused(site, send, status, { words, silent } = {}) {
	const from = server[site].log.length;
	const reply = await send();
	assert.ok([status].flat().includes(reply.status), `status ${reply.status}, not ${status}: ${reply.text.slice(0, 200)}`);
	calm(reply);
	if (words)
		assert.match(reply.text, words);
	let lines = [];
	for (let i = 0; i < 100 && !lines.some((line) => line.event === 'request'); i++, await wait(5))
		lines = logged(site, from);
	const line = lines.find((one) => one.event === 'request');
	assert.equal(line?.status, String(reply.status));
	const text = server[site].log.slice(from);
	assert.ok(!text.includes('Zaruhi') && !text.includes('0012345678'), `the log has what was typed: ${text}`);
	assert.ok(!/�/.test(text), 'the log is not UTF-8');
	if (reply.status >= 400 && !silent && ![404, 405, 422].includes(reply.status)) {
		const [reference] = reply.text.match(/(?<=reference: |say this: )[a-km-z2-9]{8}/) || [];
		assert.ok(reference, `no reference on the page: ${reply.text.slice(0, 300)}`);
		assert.ok(lines.some((one) => one.event === 'failure' && one.reference === reference), 'the log lacks the reference');
		assert.equal(line.reference, reference);
	}
	return reply;
}
// A group of requests; the database is compared before and after the group.
async function group(title, site, cases) {
	await test(title, async () => {
		const before = dump();
		const wrong = [];
		for (const [name, send, status, options] of cases)
			await refused(site, send, status, options).catch((error) => wrong.push(`${name}: ${error.message.slice(0, 400)}`));
		assert.deepEqual(wrong, []);
		assert.ok(dump() === before, 'the database has changed');
	});
}

const worker = await staff().persona('worker');
await worker.get(note);
const token = worker.csrf;
const mother = await portal().persona('client');
await mother.get('plan');
const typed = (fields) => Object.entries(fields).map(([k, v]) => `${encodeURIComponent(k)}=${v}`).join('&');
const good = typed({ csrf: token, visibility: 'staff', text: secret });
const raw = (to, data, headers) => () => worker.send('POST', to, { data, headers });
const get = (to, headers) => () => worker.send('GET', to, { headers });
const ABOVE = 'application/x-www-form-urlencoded';

// ---- sizes

const long = (n) => 'x'.repeat(n);
await group('what is too large is said to be so, and kept out', 'staff', [
	['a body over the limit', raw(note, `${good}&text=${long(1100000)}`), 413, { words: /too large/i }],
	['a length that promises more', raw(note, good, { 'Content-Length': String(good.length + 10) }), 400],
	['a length that promises everything', raw(note, good, { 'Content-Length': '999999999999' }), 413],
	['a length beyond numbers', raw(note, good, { 'Content-Length': '9'.repeat(40) }), 400],
	['a negative length', raw(note, good, { 'Content-Length': '-1' }), 400],
	['a length with a sign', raw(note, good, { 'Content-Length': '+5e3' }), 400],
	['a length in hexadecimal', raw(note, good, { 'Content-Length': '0x10' }), 400],
	['two lengths', raw(note, good, { 'Content-Length': '5, 7' }), 400],
	['a length of none with a body', raw(note, good, { 'Content-Length': '0' }), 403],
	['a long path', get(`/hostile/staff/${long(5000)}`), 400],
	['a long segment', get(`/hostile/staff/cases/${long(1500)}`), [400, 404]],
	['a long query', get(`cases?q=${long(60000)}`), [200, 400, 413, 422]],
	['a long cookie', () => staff({ headers: { Cookie: `cc_session=${long(60000)}; cc_lang=${long(2000)}` } }).get(''), 303],
	['a long language list', get('', { 'Accept-Language': 'xx,'.repeat(20000) }), 200],
	['a long host', get('', { Host: long(60000) }), 200],
	['a long field', raw(note, typed({ csrf: token, visibility: 'staff', text: `${secret}${long(19000)}` })), 422],
	['a long field name', raw(note, `${good}&${long(20000)}=1`), 400],
]);
await test('a length shorter than the body cuts what follows, and is no mistake of ours', async () => {
	const before = dump();
	const reply = await worker.send('POST', note, { data: `csrf=${token}&text=+&visibility=staff&unknown=1`, headers: { 'Content-Length': String(`csrf=${token}&text=+&visibility=staff`.length) } });
	assert.equal(reply.status, 422);
	assert.equal(dump(), before);
});

// ---- encodings

const bad = {
	'a lone continuation byte': '%80', 'an overlong slash': '%c0%af', 'an overlong NUL': '%c0%80', 'an overlong in three bytes': '%e0%80%af', 'a surrogate': '%ed%a0%80',
	'beyond Unicode': '%f4%90%80%80', 'a cut sequence': '%e2%82', 'Latin-1': '%e9t%e9', 'UTF-16 with its mark': '%ff%fea%00', 'NUL': 'a%00b', 'escape': '%1b%5b31m',
	'bell': '%07', 'delete': '%7f', 'a C1 control': '%c2%85', 'vertical tab': '%0b', 'a broken escape': '%4', 'an escape of no digits': '%zz', 'a lone percent': '%',
};
await group('text that is not clean UTF-8 is refused wherever it stands', 'staff', Object.entries(bad).flatMap(([name, bytes]) => [
	[`${name} in a value`, raw(note, `csrf=${token}&visibility=staff&text=${secret}${bytes}`), 400, { words: /Nothing was changed/ }],
	[`${name} in a name`, raw(note, `${good}&te${bytes}xt=1`), 400],
	[`${name} in the query`, get(`cases?q=${bytes}`), 400],
	[`${name} in the path`, get(`/hostile/staff/cases/${bytes}`), 400],
	[`${name} as the instance`, get(`/hos${bytes}tile/staff/`), 400],
]));
await group('raw bytes are no better than escaped ones', 'staff', [
	['UTF-16', raw(note, Buffer.from(good, 'utf16le')), [400, 403]],
	['a raw NUL', raw(note, Buffer.from(`${good}\0&x=1`)), 400],
	['raw Latin-1', raw(note, Buffer.from(`${good}&text=\xe9`, 'latin1')), 400],
	['UTF-7', raw(note, good, { 'Content-Type': `${ABOVE}; charset=utf-7` }), [303, 400, 403]],
].slice(0, 3));

// ---- fields

await group('fields the page does not know, or in a number it does not take, are refused', 'staff', [
	['an unknown field', raw(note, `${good}&role=admin`), 400],
	['a field of another page', raw(note, `${good}&username=admin`), 400],
	['a form\'s field where there is no form', raw(note, `${good}&q/housing/severity=1`), 400],
	['the field of a property', raw(note, `${good}&text.d=1`), 400],
	['prototype words', raw(note, `${good}&__proto__=1`), 400],
	['an array', raw(note, `${good}&text[]=1`), 400],
	['an unknown field in the query', raw(`${note}?x=1`, good), 400],
	['three thousand fields', raw(note, `${good}${'&a=1'.repeat(3000)}`), 413],
	['three thousand of one field', raw(note, `${good}${'&text=1'.repeat(3000)}`), 413],
	['a choice that is none', raw(note, typed({ csrf: token, visibility: 'everybody', text: secret })), 400],
	['two choices in one', raw(note, typed({ csrf: token, visibility: 'staff+private', text: secret })), 400],
	['nothing but ampersands', raw(note, '&'.repeat(100000)), 403],
	['nothing but equals', raw(note, '='.repeat(1000)), [400, 403]],
	['JSON', raw(note, JSON.stringify({ text: secret }), { 'Content-Type': 'application/json' }), 400],
	['XML with an entity', raw(note, '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', { 'Content-Type': 'text/xml' }), 400],
	['text', raw(note, good, { 'Content-Type': 'text/plain' }), 400],
	['no type', raw(note, good, { 'Content-Type': '' }), 400],
	['a page of the list before the first', get('cases?page=-1'), [200, 404]],
	['a page of the list beyond numbers', get('cases?page=99999999999999999999'), [200, 400, 404, 422]],
	['a sort that is none', get('cases?sort=password_hash'), [200, 400]],
	['a filter that is none', get("cases?stage='%20OR%201=1--"), [200, 400]],
	['search operators', get(`cases?q=${encodeURIComponent('"NEAR( * OR -x:^ {a b}: AND')}`), 200],
	['search that is SQL', get(`cases?q=${encodeURIComponent("'; DROP TABLE casefile; --")}`), 200],
]);

// ---- multipart, where files are not taken and where the form is broken

const boundary = 'zzz';
const multipart = (body, type = `multipart/form-data; boundary=${boundary}`) => raw(note, body, { 'Content-Type': type });
const part = (head, text) => `--${boundary}\r\n${head}\r\n\r\n${text}\r\n`;
const field = part('Content-Disposition: form-data; name="text"', secret);
await group('a body in parts is refused where no file is taken', 'staff', [
	['well-formed', multipart(`${field}--${boundary}--\r\n`), 400], ['without boundary', multipart(field, 'multipart/form-data'), 400],
	['with an endless boundary', multipart(field, `multipart/form-data; boundary=${long(500)}`), 400], ['cut off', multipart(field), 400],
	['without head', multipart(`--${boundary}\r\n\r\n`), 400], ['nothing', multipart(''), 403],
]);
const once = new Visitor('/hostile/staff', { as: 'worker' });
const upload = program('staff', ['--routes']).text.split('\n').find((line) => /\bupload\b/.test(line));
if (upload)
	await test('broken parts are refused where files are taken', () => {
		const to = upload.split('\t')[1].slice(1).replace('{number}', number);
		for (const [name, body] of Object.entries({ 'cut off': field, 'no head': `--${boundary}\r\n\r\n`, 'no name': `${part('Content-Disposition: form-data', 'x')}--${boundary}--`,
			'NUL in a name': `${part('Content-Disposition: form-data; name="a\0b"', 'x')}--${boundary}--`, 'not the boundary': `--other\r\n${field}` })) {
			const reply = once.send('POST', to, { data: body, headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` } });
			assert.ok([400, 403].includes(reply.status), `${name}: ${reply.status}`);
			calm(reply);
		}
	});

// ---- the token

const supervisor = await staff().persona('supervisor');
await supervisor.get('approvals');
const forms = [note, `cases/${number}/consents`, `cases/${number}/plan`, `cases/${number}/family`, 'cases/new', 'logout', 'clock', 'reset'];
await group('a post without one\'s own token changes nothing, whatever page it is for', 'staff', forms.flatMap((to) => [
	['none', raw(to, ''), 403], ['empty', raw(to, 'csrf='), 403], ['forged', raw(to, `csrf=${'A'.repeat(86)}`), 403], ['half', raw(to, `csrf=${token.slice(0, 43)}`), 403],
	['with more behind it', raw(to, `csrf=${token}A`), 403], ['of another session', raw(to, `csrf=${supervisor.csrf}`), 403],
	['of the portal', raw(to, `csrf=${mother.csrf}`), 403], ['in the query', raw(`${to}?csrf=${token}`, ''), [400, 403]],
	['from another origin', raw(to, `csrf=${token}`, { Origin: 'https://evil.example' }), 403],
	['from a page beside us', raw(to, `csrf=${token}`, { Origin: 'http://localhost.evil.example' }), 403],
	['from a site beside us', raw(to, `csrf=${token}`, { 'Sec-Fetch-Site': 'same-site' }), 403],
	['of the right token, then a wrong one', raw(to, `csrf=${token}&csrf=x`), 403],
].map(([name, send, status]) => [`${to}: ${name}`, send, status])));
await test('a refused post shows what was typed, but neither token nor password', async () => {
	const reply = await worker.send('POST', note, { data: `csrf=wrong&visibility=staff&text=${secret}` });
	assert.equal(reply.status, 403);
	assert.match(reply.body, new RegExp(secret));
	const door = await staff().send('POST', 'login', { data: `username=worker&password=${secret}`, headers: { Origin: 'https://evil.example' } });
	assert.equal(door.status, 403);
	assert.doesNotMatch(door.body, new RegExp(secret));
});

// ---- records and addresses of others

const pages = ['', '/timeline', '/notes/new', '/consents', '/family', '/assign', '/needs', '/profile', '/profile/1', '/assessments', '/assessments/1', '/assessments/1/housing',
	'/plan', '/plan/goals/new', '/plan/goals/1.1', '/plan/goals/1.1/actions/1'];
const strange = [foreign, foreign.toLowerCase(), `${number} `, `${number}%00`, `${number}%20`, 'DEM-2026-999999', '1', '-1', '0', '%2e', "'%20OR%20'1'='1", '*', number.toLowerCase(), `${number}%0a`, `${number}%2ftimeline`];
await group('another\'s case, and what only looks like a case, is not there', 'staff',
	strange.flatMap((one) => pages.filter((page) => page !== '/assign').map((page) => [`${one}${page}`, get(`cases/${one}${page}`), [400, 404]])));
await group('writing to another\'s case is as if it were not there', 'staff', ['/notes/new', '/consents', '/family', '/needs', '/profile', '/assessments', '/plan', '/plan/goals/new', '/steps/close']
	.map((page) => [page, raw(`cases/${foreign}${page}`, good), 404]));
await group('parts of a case that are none', 'staff', ['assessments/0', 'assessments/-1', 'assessments/9999', 'assessments/1e3', 'assessments/1%2f..', 'assessments/99999999999999999999', 'assessments/1/nowhere',
	'plan/goals/0.0', 'plan/goals/9.9', 'plan/goals/1', 'plan/goals/1.1.1', 'plan/goals/a.b', 'plan/goals/-1.1', 'plan/goals/1.1/actions/0', 'plan/goals/1.1/actions/x', 'steps/nowhere',
	'steps/%2e%2e', 'profile/x', 'notes/1'].map((page) => [page, get(`cases/${number}/${page}`), [400, 404]]));
await group('no path leads out of the tree, and no name is an instance that is none', 'staff', [
	'/../etc/passwd', '/hostile/staff/../../../etc/passwd', '/hostile/staff/%2e%2e/%2e%2e/var', '/hostile/staff/..%2f..%2fetc', '/hostile/staff/..%5c..%5cetc', '/./hostile/staff/', '//hostile/staff/',
	'/hostile//staff/', '/hostile/staff//', '/../hostile/staff/', '/..%2fhostile/staff/', '/.hostile/staff/', '/.new-hostile-1/staff/', '/hostile%00/staff/', '/hostile%2fstaff/', '/HOSTILE/staff/',
	'/hostile./staff/', '/-/staff/', `/${long(300)}/staff/`, '/hostile%20/staff/', '/nowhere/staff/login', '/hostile/portal/', '/hostile/staffs/', '/hostile/staff/login/', '/hostile/staff;a=b/',
	'/country-configs/armenia/bundle.json', '/hostile/case.db', '/instances/hostile/case.db', 'http://localhost/hostile/staff/', '*', 'hostile', '',
].map((target) => [target || '(nothing)', async () => new Reply(await ask(server.staff.socket, { REQUEST_METHOD: 'GET', REQUEST_URI: target, HTTP_HOST: 'localhost' }), ''), [400, 404]]));
await group('methods that are none of ours', 'staff', ['PUT', 'DELETE', 'PATCH', 'TRACE', 'CONNECT', 'OPTIONS', 'get', 'GETX', 'PROPFIND', '', `${long(5000)}`, 'POST\r\nX: y'].map((method) =>
	[method || '(none)', () => worker.send(method, `cases/${number}`, {}), 405]));
await group('a post where only reading is done, and reading where only posting is', 'staff', [
	['post to a case', raw(`cases/${number}`, good), 405], ['get of logout', get('logout'), 405], ['get of reset', get('reset'), 405], ['get of persona', get('persona'), 405],
]);

// ---- headers and cookies

const split = ['%0d%0aSet-Cookie:%20evil=1', '\r\nSet-Cookie: evil=1', '%0aLocation:%20https://evil.example', '%E5%98%8A%E5%98%8DSet-Cookie:evil=1', '//evil.example', '/\\evil.example', 'https:evil.example',
	'/hostile/staff/\thttps://evil.example', '/hostile/staffevil', 'javascript:alert(1)', '/portal/hostile', '/other/staff/'];
await test('no redirect leads away or splits the answer', async () => {
	for (const next of split) {
		for (const way of [() => staff().send('GET', `login?next=${encodeURI(next)}`), () => staff().post('persona', { persona: 'worker', next, csrf: '' }), () => staff().get(`?lang=en&next=${encodeURI(next)}`),
			() => staff().get(`login?lang=${encodeURI(next)}`), () => staff().get(`login?theme=${encodeURI(next)}`)]) {
			const reply = await way();
			calm(reply);
			assert.equal(reply.cookies.some((cookie) => /evil/.test(cookie)), false, next);
			assert.equal(Object.keys(reply.headers).some((name) => /evil/.test(name)), false, next);
			if (reply.location)
				assert.match(reply.location, /^\/hostile\/staff\/(login)?(\?[^/\\\s]*)?$/, `${next}: ${reply.location}`);
		}
	}
});
await test('hostile cookies are passed over', async () => {
	for (const cookie of ['cc_session', 'cc_session=', `cc_session=${long(43)}`, "cc_session=' OR 1=1 --", 'cc_session=\u0000', `cc_session=${'%00'.repeat(20)}`, 'cc_lang=../../etc/passwd', 'cc_lang=%00', 'cc_lang=<b>evil',
		'cc_theme="><script>x</script>', 'cc_notice=%ff', 'cc_notice=bad%20<script>x</script>', 'cc_notice=bad', 'cc_notice=%', 'cc_held=x', 'cc_last=-1', 'cc_last=99999999999999999999', ';;;;', '=;=;=',
		`${'a=b; '.repeat(5000)}`, 'cc_large=2', '\xff\xfe']) {
		const reply = await staff({ headers: { Cookie: cookie } }).get('login');
		assert.equal(reply.status, 200, cookie.slice(0, 60));
		calm(reply);
		assert.doesNotMatch(reply.body, /<script>x|<b>evil/, cookie.slice(0, 60));
		const home = await staff({ headers: { Cookie: cookie } }).get('');
		assert.match(home.location || '', /login/, `${cookie.slice(0, 60)}: ${home.status}`);
	}
});
await test('a sign-in of the portal is none of the staff\'s, nor the other way round', async () => {
	const session = (visitor) => [...visitor.jar.values()].find((one) => one.name === 'cc_session').value;
	for (const [one, other, to] of [[worker, portal(), 'plan'], [mother, staff(), 'cases']]) {
		other.jar.set('x', { name: 'cc_session', path: other.base, value: session(one) });
		assert.match((await other.get(to)).location || '', /login/);
	}
});
await test('headers of the visitor are never copied into the page or the answer', async () => {
	const evil = '"><script>evil</script>';
	const reply = await worker.get('', { Host: `evil.example${evil}`, 'X-Forwarded-Host': evil, Referer: evil, 'User-Agent': evil, 'X-Original-URL': '/hostile/staff/audit', 'X-HTTP-Method-Override': 'DELETE', 'Accept-Language': evil });
	assert.equal(reply.status, 200);
	assert.doesNotMatch(reply.body, /evil/);
	assert.doesNotMatch(JSON.stringify(reply.headers), /evil/);
});

// ---- the portal

await group('the portal refuses the same', 'portal', [
	['an unknown field', () => mother.send('POST', 'plan', { data: `csrf=${mother.csrf}&role=1` }), 400],
	['no token', () => mother.send('POST', 'plan', { data: 'decision=agree' }), [400, 403]],
	['a foreign token', () => mother.send('POST', 'plan', { data: `csrf=${token}` }), 403],
	['a case by number', () => mother.get(`cases/${number}`), 404], ['a staff page', () => mother.get('audit'), 404], ['NUL', () => mother.get('%00'), 400], ['a page up', () => mother.get('../staff/'), 400],
	['an oversize body', () => mother.send('POST', 'plan', { data: long(1100000) }), 413], ['another method', () => mother.send('DELETE', 'plan'), 405],
	['a number with markup', () => portal().post('login', { number: `<script>x</script>${secret}`, csrf: '' }), 422],
	['a birth date of nonsense', () => portal().post('login', { number, 'date_of_birth.d': '99', 'date_of_birth.m': secret, 'date_of_birth.y': '-5', csrf: '' }), 422],
	['a code without a request for one', () => portal().post('login/code', { number, code: '000000', csrf: '' }), [303, 400, 422]],
]);

// ---- random bytes, the same at each run

await test('five hundred random requests are answered, none by 500, and change nothing', async () => {
	const before = dump();
	let seed = 7;
	const dice = (n) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % n;
	const bits = ['/', '%2f', '..', '%00', 'cases', number, 'staff', 'plan', '?', '&', '=', '%', 'q/', '[1]', ';', '\\', '\u202e', '"', '<', 'é', '%e9', ' ', '+', '#', 'x'.repeat(300), 'lang=ru', 'csrf='];
	const text = (n) => Array.from({ length: n }, () => bits[dice(bits.length)]).join('');
	for (let i = 0; i < 500; i++) {
		const method = ['GET', 'POST', 'HEAD', 'POST'][dice(4)];
		const reply = await worker.send(method, `/hostile/staff/${text(dice(8))}`, { data: method === 'POST' ? text(dice(20)) : undefined });
		assert.ok(reply.status < 500 && reply.status !== 200 || method !== 'POST' && reply.status === 200, `${reply.status} at ${i}`);
		if (method !== 'HEAD')
			calm(reply);
	}
	assert.equal((await worker.get('')).status, 200, 'and the session goes on');
	assert.equal(dump(), before);
});
for (const site of ['staff', 'portal'])
	await test(`no worker of ${site} has died of any of it`, async () => {
		assert.doesNotMatch(server[site].log, /worker_died|"event":"crash"|"event":"bug"/);
		await server[site].stop();
	});
