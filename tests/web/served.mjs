// SPDX-License-Identifier: Apache-2.0
//
// The program as it serves: started with a socket of its own and spoken to in FastCGI, without nginx.
// For suites of thousands of requests, and of many at once. Visitors are those of web.mjs, asked with await.
//
//   const staff = await serve('staff');
//   const worker = await staff.visitor('/demo/staff').persona('worker');
//   const page = await worker.get('cases');
//   await staff.stop();
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { assert, build, home, Reply, variable, Visitor } from './web.mjs';

const BEGIN = 1, END = 3, PARAMS = 4, STDIN = 5, STDOUT = 6;

function record(type, content) {
	const head = Buffer.from([1, type, 0, 1, content.length >> 8, content.length & 255, 0, 0]);
	return Buffer.concat([head, content]);
}
// A stream is its content in records of at most 65,535 bytes and an empty one.
function stream(type, content) {
	const parts = [];
	for (let at = 0; at < content.length; at += 65535)
		parts.push(record(type, content.subarray(at, at + 65535)));
	parts.push(record(type, Buffer.alloc(0)));
	return Buffer.concat(parts);
}
function length(n) {
	return n < 128 ? Buffer.from([n]) : Buffer.from([(n >> 24) | 128, (n >> 16) & 255, (n >> 8) & 255, n & 255]);
}
function pair(name, value) {
	const [n, v] = [Buffer.from(name), Buffer.from(value)];
	return Buffer.concat([length(n.length), length(v.length), n, v]);
}

// One request over a connection of its own; the raw reply. Rejected when the worker goes away before it has answered.
// options.pause: ms between the first half of the body and the second.
export function ask(socket, variables, body = Buffer.alloc(0), { pause = 0 } = {}) {
	return new Promise((resolve, reject) => {
		const connection = net.connect(socket);
		const out = [];
		let rest = Buffer.alloc(0), ended = false;
		connection.on('data', (data) => {
			rest = Buffer.concat([rest, data]);
			while (rest.length >= 8) {
				const size = rest.readUInt16BE(4), whole = 8 + size + rest[6];
				if (rest.length < whole)
					break;
				if (rest[1] === STDOUT)
					out.push(rest.subarray(8, 8 + size));
				ended ||= rest[1] === END;
				rest = rest.subarray(whole);
			}
		});
		connection.on('error', reject);
		connection.on('close', () => ended ? resolve(Buffer.concat(out)) : reject(new Error('the worker closed without an answer')));
		const head = [record(BEGIN, Buffer.from([0, 1, 0, 0, 0, 0, 0, 0])), stream(PARAMS, Buffer.concat(Object.entries(variables).map(([name, value]) => pair(name, String(value)))))];
		const half = pause ? body.length >> 1 : 0;
		connection.write(Buffer.concat([...head, ...(half ? [record(STDIN, body.subarray(0, half))] : [])]));
		setTimeout(() => connection.writable && connection.write(stream(STDIN, body.subarray(half))), pause);
	});
}

export class ServedVisitor extends Visitor {
	constructor(server, base, options) {
		super(base, options);
		this.server = server;
	}
	async send(method, to, { data, headers = {} } = {}) {
		const target = this.target(to);
		const body = data === undefined ? Buffer.alloc(0) : Buffer.from(data);
		const variables = { REQUEST_METHOD: method, REQUEST_URI: target, HTTP_HOST: 'localhost', REMOTE_ADDR: this.options.remote || '127.0.0.1',
			CONTENT_LENGTH: data === undefined ? '' : body.length, CONTENT_TYPE: data === undefined ? '' : 'application/x-www-form-urlencoded' };
		const cookies = this.cookieHeader(target.split('?')[0]);
		if (cookies)
			variables.HTTP_COOKIE = cookies;
		for (const [name, value] of Object.entries({ ...this.options.headers, ...headers }))
			variables[/^content-(type|length)$/i.test(name) ? name.toUpperCase().replace('-', '_') : `HTTP_${name.toUpperCase().replaceAll('-', '_')}`] = value;
		const reply = new Reply(await ask(this.server.socket, variables, body), '');
		reply.cookies.forEach((cookie) => this.keep(cookie));
		if (reply.csrf)
			this.csrf = reply.csrf;
		return reply;
	}
	async follow(reply) {
		assert.equal(reply.status, 303, `a redirect was expected: ${reply.text.slice(0, 300)}`);
		return this.get(reply.location);
	}
	async persona(key) {
		const reply = await this.post('persona', { persona: key, csrf: '' });
		assert.equal(reply.status, 303, `persona ${key}: ${reply.text.slice(0, 300)}`);
		await this.follow(reply);
		return this;
	}
}

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
// Is something there, now and not after a timeout?
export async function until(what, happens, ms = 20000) {
	for (const end = Date.now() + ms; Date.now() < end; await wait(20)) {
		const result = await happens();
		if (result)
			return result;
	}
	throw new Error(`${what}: not within ${ms} ms`);
}

const running = new Set();
process.on('exit', () => { for (const child of running) child.kill('SIGKILL'); });

// Starts a site's program. options: dir (of other programs than BUILD's), workers, env, socket, wrap (a command to run it under)
export async function serve(site, options = {}) {
	const socket = options.socket || path.join(variable, `${site}-${process.pid}-${running.size}.sock`);
	const command = [...(options.wrap || []), path.join(options.dir || build, site), '--socket', socket, '--workers', String(options.workers || 1)];
	const env = { PATH: process.env.PATH, COMPASS_HOME: home, COMPASS_VAR: variable, ASAN_OPTIONS: 'detect_leaks=0:abort_on_error=1',
		UBSAN_OPTIONS: 'print_stacktrace=1', ...options.env };
	const child = spawn(command[0], command.slice(1), { env, stdio: ['ignore', 'ignore', 'pipe'] });
	const server = { socket, child, log: '', visitor: (base, more) => new ServedVisitor(server, base, more) };
	running.add(child);
	child.stderr.on('data', (data) => { server.log += data; });
	child.on('exit', () => running.delete(child));
	server.workers = () => fs.readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').split(' ').map(Number).filter((pid) => pid > 1);
	// asked in whole answers: a worker that is still starting answers late, not wrongly
	server.stop = async () => {
		if (running.has(child)) {
			child.kill('SIGTERM');
			await new Promise((resolve) => child.on('exit', resolve));
		}
		if (/ERROR: AddressSanitizer|runtime error:/.test(server.log))
			throw new Error(server.log.slice(server.log.search(/ERROR: AddressSanitizer|runtime error:/)).slice(0, 4000));
	};
	await until(`${site} answers`, () => ask(socket, { REQUEST_METHOD: 'GET', REQUEST_URI: '/healthz', HTTP_HOST: 'localhost' }).then(() => true, () => {
		if (!running.has(child))
			throw new Error(`${site} ended: ${server.log}`);
		return false;
	}));
	return server;
}
