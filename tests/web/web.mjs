// SPDX-License-Identifier: Apache-2.0
//
// The web tests' hands: the real program run once as CGI for each request, with a cookie jar, so a
// test needs no server and no port. Prints TAP.
//
//   import { test, assert, instance, Visitor } from './web.mjs';
//   instance('demo');                                      // made once in this suite's COMPASS_VAR
//   const worker = new Visitor('/demo/staff').persona('worker');
//   test('the list has its cases', () => {
//           const page = worker.get('cases');
//           assert.equal(page.status, 200);
//           assert.match(page.text, /Cases/);
//   });
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { strict as assert } from 'node:assert';

export { assert };
export const home = path.resolve(path.dirname(new URL(import.meta.url).pathname), '../..');
export const build = path.resolve(home, process.env.BUILD || 'build/asan');
export const variable = process.env.COMPASS_VAR || fs.mkdtempSync(path.join(os.tmpdir(), 'compass-web.'));
// the day the demonstration bundles begin on; a test may choose another by new Visitor(…, { now })
const environment = { PATH: process.env.PATH, COMPASS_HOME: home, COMPASS_VAR: variable,
	ASAN_OPTIONS: process.env.ASAN_OPTIONS || 'detect_leaks=0', UBSAN_OPTIONS: 'print_stacktrace=1' };

let count = 0;
let failed = 0;
process.on('exit', () => {
	console.log(`1..${count}`);
	if (!process.env.COMPASS_VAR)
		fs.rmSync(variable, { recursive: true, force: true });
	process.exitCode = failed ? 1 : 0;
});

function report(title, error) {
	if (!error)
		return console.log(`ok ${count} - ${title}`);
	failed++;
	console.log(`not ok ${count} - ${title}`);
	for (const line of String(error.stack || error).split('\n').slice(0, 25))
		console.log(`# ${line.slice(0, 400)}`);
}

// A test that gives a promise is to be awaited: await test('…', async () => …).
export function test(title, run) {
	count++;
	try {
		const promise = run();
		if (promise && promise.then)
			return promise.then(() => report(title), (error) => report(title, error));
		report(title);
	} catch (error) {
		report(title, error);
	}
}

export function skip(title, why) {
	console.log(`ok ${++count} - ${title} # SKIP ${why}`);
}

// Runs a program of ours; a sanitizer's complaint is an error whatever the exit status.
export function program(name, args, options = {}) {
	const run = spawnSync(path.join(options.dir || build, name), args, { env: { ...environment, ...options.env }, input: options.input,
		maxBuffer: 64 << 20, timeout: 120000 });
	if (run.error)
		throw run.error;
	const log = run.stderr.toString();
	if (run.signal || /ERROR: AddressSanitizer|runtime error:/.test(log))
		throw new Error(`${name} ${args.join(' ')} ended by ${run.signal || run.status}\n${log.slice(-4000)}`);
	return { status: run.status, stdout: run.stdout, text: run.stdout.toString(), log };
}

export function compass(...args) {
	return program('compass', args);
}

// Makes an instance once in this suite's folder; several test files share it.
export function instance(name, bundle = name, ...args) {
	if (fs.existsSync(path.join(variable, 'instances', name, 'case.db')))
		return;
	const made = compass('new', name, '--bundle', bundle, ...(args.length ? args : ['--demo']));
	if (made.status !== 0)
		throw new Error(`compass new ${name}: ${made.text}${made.log}`);
}

// Runs SQL on an instance's database and gives its rows as text, columns by |.
export function sql(name, statement) {
	const run = spawnSync('sqlite3', [path.join(variable, 'instances', name, 'case.db'), `PRAGMA busy_timeout=5000; ${statement}`]);
	if (run.status !== 0)
		throw new Error(run.stderr.toString());
	return run.stdout.toString().split('\n').slice(1).join('\n').trim();
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: '\u00a0' };
export function unescape(html) {
	return html.replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, name) => name in entities ? entities[name] :
		name[0] === '#' ? String.fromCodePoint(name[1] === 'x' ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10)) : whole);
}

export class Reply {
	constructor(raw, log) {
		const end = raw.indexOf('\r\n\r\n');
		if (end < 0)
			throw new Error(`no reply: ${raw.toString().slice(0, 400)}\n${log.slice(-2000)}`);
		this.log = log;
		this.headers = {};
		this.cookies = [];
		for (const line of raw.subarray(0, end).toString().split('\r\n')) {
			const [name, ...rest] = line.split(': ');
			if (name.toLowerCase() === 'set-cookie')
				this.cookies.push(rest.join(': '));
			else
				this.headers[name.toLowerCase()] = rest.join(': ');
		}
		this.status = parseInt(this.headers.status, 10);
		this.location = this.headers.location;
		this.bytes = raw.subarray(end + 4);
	}
	get body() { return this.bytes.toString(); }
	// the page's words, without markup
	get text() {
		return unescape(this.body.replace(/<(script|style)\b.*?<\/\1>/gs, ' ').replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ');
	}
	get title() { return unescape((this.body.match(/<title>(.*?)<\/title>/s) || ['', ''])[1]); }
	get csrf() { return unescape((this.body.match(/name="csrf" value="([^"]*)"/) || ['', ''])[1]); }
	// value of an input or the text of a textarea; undefined when there is no such field
	field(name) {
		const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
		const area = this.body.match(new RegExp(`<textarea[^>]* name="${quoted}"[^>]*>(.*?)</textarea>`, 's'));
		if (area)
			return unescape(area[1]).replace(/^\n/, '');
		const input = this.body.match(new RegExp(`<input[^>]* name="${quoted}"[^>]*>`));
		return input ? unescape((input[0].match(/ value="([^"]*)"/) || ['', ''])[1]) : undefined;
	}
	get links() { return [...this.body.matchAll(/href="([^"]*)"/g)].map((m) => unescape(m[1])); }
}

export class Visitor {
	// base: "/demo/staff"; options: as (signed in by the command line), now, headers, https, dir (of other programs than BUILD's), env
	constructor(base = '', options = {}) {
		this.base = base;
		this.site = base.endsWith('/portal') ? 'portal' : 'staff';
		this.options = options;
		this.jar = new Map();
		this.csrf = '';
	}
	target(to) { return to.startsWith('/') ? to : `${this.base}/${to}`; }
	cookieHeader(target) {
		return [...this.jar.values()].filter((c) => target === c.path || target.startsWith(c.path.replace(/\/?$/, '/')) || c.path === '/')
			.sort((a, b) => b.path.length - a.path.length).map((c) => `${c.name}=${c.value}`).join('; ');
	}
	keep(cookie) {
		const [pair, ...attributes] = cookie.split('; ');
		const name = pair.slice(0, pair.indexOf('='));
		const found = Object.fromEntries(attributes.map((a) => a.split('=')));
		if (found['Max-Age'] === '0')
			this.jar.delete(`${found.Path} ${name}`);
		else
			this.jar.set(`${found.Path} ${name}`, { name, path: found.Path, value: pair.slice(pair.indexOf('=') + 1) });
	}
	send(method, to, { data, headers = {}, file } = {}) {
		const target = this.target(to);
		const args = ['--once'];
		if (this.options.as)
			args.push('--as', this.options.as);
		if (this.options.now)
			args.push('--now', this.options.now);
		for (const [name, value] of Object.entries({ ...this.options.headers, ...headers }))
			args.push('--header', `${name}: ${value}`);
		if (this.options.https)
			args.push('--https', 'on');
		const cookies = this.cookieHeader(target.split('?')[0]);
		if (cookies)
			args.push('--cookie', cookies);
		let temporary;
		if (data !== undefined) {
			// a body may be longer than a command line
			temporary = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'compass-body.')), 'body');
			fs.writeFileSync(temporary, data);
			args.push('--data', `@${temporary}`);
		}
		const run = program(this.site, [...args, method, target], { dir: this.options.dir, env: this.options.env });
		if (temporary)
			fs.rmSync(path.dirname(temporary), { recursive: true });
		const reply = new Reply(run.stdout, run.log);
		reply.cookies.forEach((cookie) => this.keep(cookie));
		if (reply.csrf)
			this.csrf = reply.csrf;
		return reply;
	}
	get(to, headers) { return this.send('GET', to, { headers }); }
	// fields: an object (arrays repeat a name) or a raw body; csrf is added unless it is given
	post(to, fields = {}, headers) {
		if (typeof fields === 'string')
			return this.send('POST', to, { data: fields, headers });
		const data = new URLSearchParams();
		if (!('csrf' in fields))
			data.append('csrf', this.options.as ? 'once' : this.csrf);
		for (const [name, value] of Object.entries(fields))
			for (const one of Array.isArray(value) ? value : [value])
				data.append(name, one);
		return this.send('POST', to, { data: data.toString(), headers });
	}
	follow(reply) {
		assert.equal(reply.status, 303, `a redirect was expected: ${reply.text.slice(0, 300)}`);
		return this.get(reply.location);
	}
	// signs in as a persona with one click; gives the visitor
	persona(key) {
		const reply = this.post('persona', { persona: key, csrf: '' });
		assert.equal(reply.status, 303, `persona ${key}: ${reply.text.slice(0, 300)}`);
		this.follow(reply);
		return this;
	}
}
