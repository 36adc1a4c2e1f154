// SPDX-License-Identifier: Apache-2.0
//
// A full disk, a disk or a database that cannot be written: pages are read on, a save is refused in words with all
// that was typed, nothing is lost, and when there is room again it goes on without a restart.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { serve } from '../web/served.mjs';
import { assert, compass, build, home, instance, program, skip, sql, test, variable } from '../web/web.mjs';

const run = (command, ...args) => spawnSync(command, args, { encoding: 'utf8' });
const as_root = process.getuid() === 0;
const dump = (file) => run('sqlite3', '-readonly', file, '.dump').stdout.split('\n').filter((line) => !/^INSERT INTO (session|held_post|sign_in_failure|audit) /.test(line)).join('\n');
// of a database that nobody has open: looked at as a copy, so that no log is made beside it
const dump_closed = (file) => { fs.copyFileSync(file, path.join(variable, 'closed.db')); return dump(path.join(variable, 'closed.db')); };
const typed = 'Anahit typed <this> & more';
const calm = (reply, status, words, server) => {
	assert.ok([status].flat().includes(reply.status), `${reply.status}: ${reply.text.slice(0, 60)} ${server ? server.log.slice(-700) : ''}`);
	assert.match(reply.text, words);
	assert.match(reply.headers['content-security-policy'], /default-src 'none'/);
	assert.match(reply.text, /reference: [a-km-z2-9]{8}/);
};
const keeps = (reply) => assert.ok(reply.text.includes(typed), `what was typed is not on the page: ${reply.text.slice(0, 900)}`);

// ---- full

const disk = path.join(variable, 'disk');
fs.mkdirSync(disk);
const mounted = as_root && run('mount', '-t', 'tmpfs', '-o', 'size=24m', 'compass-test', disk).status === 0;
process.on('exit', () => mounted && run('umount', '-l', disk));
async function full(title, inDisk, fill, empty, status = 507, words = /disk is full/) {
	await test(title, async () => {
		const env = { COMPASS_VAR: inDisk };
		const made = program('compass', ['new', 'full', '--bundle', 'demo', '--demo', '--scale', '30'], { env });
		assert.equal(made.status, 0, made.log);
		const file = path.join(inDisk, 'instances/full/case.db');
		const number = run('sqlite3', file, "SELECT number FROM casefile WHERE status = 'active' AND owner_id = (SELECT id FROM user WHERE username = 'worker') LIMIT 1").stdout.trim();
		const server = await serve('staff', { env, workers: 2 });
		const visitor = await server.visitor('/full/staff').persona('worker');
		const other = server.visitor('/full/staff');
		const form = `cases/${number}/notes/new`;
		await visitor.get(form);
		const before = dump(file);
		fill(server);
		for (let i = 0; i < 3; i++) {
			for (const page of ['', 'cases', `cases/${number}`, form, `cases/${number}/plan`])
				assert.equal((await visitor.get(page)).status, 200, page);
			const refused = await visitor.post(form, { text: typed, visibility: 'staff' });
			calm(refused, status, words, server);
			keeps(refused);
		}
		assert.equal((await other.get('login')).status, 200);
		calm(await other.post('persona', { persona: 'supervisor', csrf: '' }), status, words);
		assert.equal(dump(file), before, 'something has changed');
		assert.equal((await visitor.get('/healthz')).status, 200);
		if (inDisk === disk) {
			const reset = program('compass', ['reset', 'full'], { env });
			assert.equal(reset.status, 1);
			assert.match(reset.log + reset.text, /full|space/i);
			assert.equal(dump(file), before, 'a reset that failed has changed something');
		}
		empty(server);
		const saved = await visitor.post(form, { text: typed, visibility: 'staff' });
		assert.equal(saved.status, 303, `after there is room: ${saved.text.slice(0, 300)}`);
		assert.equal((await other.post('persona', { persona: 'supervisor', csrf: '' })).status, 303);
		assert.equal(run('sqlite3', file, `SELECT count(*) FROM event WHERE quote = '${typed}'; PRAGMA integrity_check`).stdout, '1\nok\n');
		assert.doesNotMatch(server.log, /worker_died|"bug"|Anahit typed/);
		await server.stop();
		assert.equal(program('compass', ['verify-audit', 'full'], { env }).status, 0);
	});
}
const filler = path.join(disk, 'filler');
if (mounted)
	await full('a full disk: pages are read, saves are refused in words and kept on the page, later it goes on', disk,
		() => { for (const size of [1 << 20, 4096, 512]) { const chunk = Buffer.alloc(size); try { for (;;) fs.appendFileSync(filler, chunk); } catch { /* full */ } } },
		() => fs.rmSync(filler));
else
	skip('a full disk', 'mounting is not permitted here');
// SQLite tells a limit from a broken disk as little as we do
await full('files that may not grow (ulimit -f): pages are read, saves are refused in words and kept on the page, later it goes on', path.join(variable, 'limited'),
	(server) => { for (const pid of [server.child.pid, ...server.workers()]) run('prlimit', `--fsize=4096:unlimited`, '--pid', String(pid)); },
	(server) => { for (const pid of [server.child.pid, ...server.workers()]) run('prlimit', '--fsize=unlimited:unlimited', '--pid', String(pid)); }, [500, 507], /disk is full|Something went wrong/);
if (mounted)
	await test('a disk too small for an instance: compass new says so and leaves nothing', () => {
		fs.rmSync(path.join(disk, 'instances'), { recursive: true });
		fs.writeFileSync(filler, Buffer.alloc(23 << 20));
		const made = program('compass', ['new', 'large', '--bundle', 'demo', '--demo'], { env: { COMPASS_VAR: disk } });
		assert.equal(made.status, 1);
		assert.match(made.log + made.text, /full|space/i);
		assert.deepEqual(fs.readdirSync(path.join(disk, 'instances')), []);
	});

// ---- read-only: the program as a user who may not write there

const nobody = as_root ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
// not below a folder that only root may enter
const shut = fs.mkdtempSync(path.join(os.tmpdir(), 'compass-shut.'));
fs.chmodSync(shut, 0o755);
process.on('exit', () => fs.rmSync(shut, { recursive: true, force: true }));
const fixed = (mode_dir, mode_file) => {
	const dir = path.join(shut, 'instances/shut');
	for (const name of fs.readdirSync(dir))
		if (!fs.statSync(path.join(dir, name)).isDirectory())
			fs.chmodSync(path.join(dir, name), mode_file);
	fs.chmodSync(dir, mode_dir);
};
function make_shut() {
	for (const name of fs.readdirSync(shut))
		fs.rmSync(path.join(shut, name), { recursive: true });
	fs.mkdirSync(path.join(shut, 'run'));
	assert.equal(program('compass', ['new', 'shut', '--bundle', 'demo', '--demo', '--scale', '30'], { env: { COMPASS_VAR: shut } }).status, 0);
	if (as_root)
		run('chown', '-R', '65534:65534', shut);
}
const reachable = nobody.length === 0 || run(nobody[0], ...nobody.slice(1), 'test', '-x', path.join(build, 'staff'), '-a', '-r', path.join(home, 'build/static/manifest')).status === 0;
const kinds = [
	['the folder and the database are read-only', 0o555, 0o444],
	['the database is read-only', 0o755, 0o444],
	['the folder is read-only', 0o555, 0o644],
];
for (const [how, mode_dir, mode_file] of kinds) {
	if (!reachable) {
		skip(how, 'the programs are below a folder that only root may enter');
		continue;
	}
	await test(`${how}: pages are read, saves are refused in words, and it goes on without a restart`, async () => {
		make_shut();
		const file = path.join(shut, 'instances/shut/case.db');
		const number = run('sqlite3', file, "SELECT number FROM casefile WHERE status = 'active' AND owner_id = (SELECT id FROM user WHERE username = 'worker') LIMIT 1").stdout.trim();
		const options = { env: { COMPASS_VAR: shut }, workers: 2, wrap: nobody, socket: path.join(shut, 'run/staff.sock') };
		// somebody is signed in from before; then the disk is shut and the program started anew
		let server = await serve('staff', options);
		const visitor = await server.visitor('/shut/staff').persona('worker');
		const form = `cases/${number}/notes/new`;
		await visitor.get(form);
		await server.stop();
		run('sqlite3', file, 'PRAGMA wal_checkpoint(TRUNCATE)');     // the last to close it takes the log away
		fixed(mode_dir, mode_file);
		const before = dump_closed(file);
		server = await serve('staff', options);
		visitor.server = server;
		for (const page of ['', 'cases', `cases/${number}`, form, `cases/${number}/plan`]) {
			const reply = await visitor.get(page);
			assert.equal(reply.status, 200, `${page}: ${reply.status} ${reply.text.slice(0, 300)}`);
		}
		for (let i = 0; i < 3; i++) {
			const refused = await visitor.post(form, { text: typed, visibility: 'staff' });
			calm(refused, 503, /cannot write to its disk. Nothing was changed/);
			keeps(refused);
		}
		calm(await server.visitor('/shut/staff').post('persona', { persona: 'supervisor', csrf: '' }), 503, /cannot write/);
		assert.equal(dump_closed(file), before);
		fixed(0o755, 0o644);
		const saved = await visitor.post(form, { text: typed, visibility: 'staff' });
		assert.equal(saved.status, 303, `when it may be written again: ${saved.text.slice(0, 300)}`);
		assert.doesNotMatch(server.log, /worker_died|"bug"/);
		await server.stop();
	});
}
process.exit();     // a failed test leaves its program running
