// SPDX-License-Identifier: Apache-2.0
//
// Broken HTTP against the door, byte by byte over a socket of our own: what nginx answers by itself is a page in
// words with the security headers, and nothing of it reaches a program.
//
// usage: node tests/serve/door.mjs http://127.0.0.1:PORT INSTANCE
import net from 'node:net';
import { strict as assert } from 'node:assert';

const [base, instance] = process.argv.slice(2);
const { hostname, port } = new URL(base);
const at = `/${instance}/staff/login`;
let failed = 0;

// Sends bytes (a list is sent in pieces, with a moment between them) and reads until the other side closes.
function send(bytes, ms = 8000) {
	return new Promise((resolve, reject) => {
		const socket = net.connect(Number(port), hostname), out = [];
		const timer = setTimeout(() => { socket.destroy(); reject(new Error('no answer')); }, ms);
		socket.on('data', (data) => out.push(data));
		socket.on('error', () => {});
		socket.on('close', () => { clearTimeout(timer); resolve(Buffer.concat(out).toString('latin1')); });
		for (const piece of [bytes].flat())
			socket.write(Buffer.isBuffer(piece) ? piece : Buffer.from(piece, 'latin1'));
	});
}
const head = (line, ...more) => `${line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${more.map((one) => `${one}\r\n`).join('')}\r\n`;
const long = (n) => 'x'.repeat(n);
const form = 'Content-Type: application/x-www-form-urlencoded';

// title, bytes, statuses; '' stands for a connection closed without a word (what HTTP/0.9 and noise get)
const cases = [
	['a long address', head(`GET /${long(40000)}`), [400, 414]],
	['a long header', head(`GET ${at}`, `X-Long: ${long(40000)}`), [400, 431, 494]],
	['a thousand headers', head(`GET ${at}`, ...Array.from({ length: 1000 }, (_, i) => `X-${i}: ${long(100)}`)), [400, 431, 494]],
	['a long cookie', head(`GET ${at}`, `Cookie: a=${long(40000)}`), [400, 431, 494]],
	['no Host', `GET ${at} HTTP/1.1\r\nConnection: close\r\n\r\n`, [400]],
	['two Hosts', head(`GET ${at}`, 'Host: evil.example'), [400]],
	['a NUL in a header', head(`GET ${at}`, 'X-A: a\0b'), [400, 200]],
	['a header without a name', head(`GET ${at}`, ': x'), [400, 200]],
	['a space before the colon', head(`GET ${at}`, 'X-A : x'), [400, 200]],
	['a folded header', head(`GET ${at}`, 'X-A: a', ' b'), [400, 200]],
	['a NUL in the address', head('GET /demo%00/staff/'), [400]],
	['a raw NUL in the address', head('GET /demo\0/staff/'), [400]],
	['a step out of the tree', head('GET /../../etc/passwd'), [400]],
	['a step out of the static files', head('GET /static/../nginx/serve'), [400, 404]],
	['the same, escaped', head('GET /static/%2e%2e/%2e%2e/etc/passwd'), [400, 404]],
	['the same, escaped twice', head('GET /static/%252e%252e/passwd'), [404]],
	['an escaped slash', head('GET /static%2f..%2f..%2fetc%2fpasswd'), [400, 404]],
	['a folder of static files', head('GET /static/'), [403, 404]],
	['the place of error pages', head('GET /_error/400.html'), [404]],
	['a method that is none', head(`FOO ${at}`), [405]],
	['TRACE', head(`TRACE ${at}`), [405]],
	['CONNECT', 'CONNECT localhost:22 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', [400, 405]],
	['another version', `GET ${at} HTTP/9.9\r\n\r\n`, [400, 505]],
	['noise', Buffer.from(Array.from({ length: 200 }, (_, i) => (i * 97 + 13) & 255)), [400, '']],
	['TLS spoken to a plain port', Buffer.from('16030100c8010000c40303', 'hex'), [400, '']],
	['two lengths', head(`POST ${at}`, form, 'Content-Length: 5', 'Content-Length: 50') + 'a=1&b', [400]],
	['a length and pieces (smuggling)', head(`POST ${at}`, form, 'Content-Length: 4', 'Transfer-Encoding: chunked') + '0\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n', [400]],
	['an encoding that is none', head(`POST ${at}`, form, 'Transfer-Encoding: xchunked') + '0\r\n\r\n', [400, 501]],
	['pieces of nonsense', head(`POST ${at}`, form, 'Transfer-Encoding: chunked') + 'zz\r\nabc\r\n0\r\n\r\n', [400]],
	['an endless piece', head(`POST ${at}`, form, 'Transfer-Encoding: chunked') + 'ffffffffffffffff\r\nabc', [400, 413]],
	['a negative length', head(`POST ${at}`, form, 'Content-Length: -1'), [400]],
	['a length beyond the limit', head(`POST ${at}`, form, 'Content-Length: 99999999999'), [413]],
	['a body over the limit, in pieces', head(`POST ${at}`, form, 'Transfer-Encoding: chunked') + `d00000\r\n${long(0xd00000)}\r\n0\r\n\r\n`, [413]],
	['a body over the page\'s own limit', head(`POST ${at}`, form, 'Content-Length: 2000000') + long(2000000), [413]],
	['a body in pieces that is fine', head(`POST ${at}`, form, 'Transfer-Encoding: chunked') + '1a\r\nusername=nobody&password=x\r\n0\r\n\r\n', [422, 400]],
];
let n = 0;
for (const [title, bytes, statuses] of cases) {
	n++;
	try {
		const reply = await send(bytes);
		const status = Number((reply.match(/^HTTP\/1\.[01] (\d+)/) || [])[1]) || '';
		assert.ok(statuses.includes(status), `${status || 'nothing'} instead of ${statuses}: ${reply.slice(0, 200)}`);
		if (status) {
			assert.equal((reply.match(/^content-security-policy: default-src 'none'/gim) || []).length, 1, `the policy, once: ${reply.slice(0, 600)}`);
			assert.match(reply, /^x-content-type-options: nosniff/im);
			assert.doesNotMatch(reply, /^server: nginx\/\d/im);
			if (status >= 400)
				assert.match(reply, /<h1[ >]/, `no words: ${reply.slice(0, 600)}`);
		}
		console.log(`ok ${n} - door: ${title}`);
	} catch (error) {
		failed++;
		console.log(`not ok ${n} - door: ${title}\n# ${error.message.replace(/\n/g, '\n# ').slice(0, 900)}`);
	}
}
process.exitCode = failed ? 1 : 0;
