// SPDX-License-Identifier: Apache-2.0
//
// compass killed by -9 at any point of new, reset, backup, clock, sandbox and remove: the state before or the
// state after, never half of one; and the same command does it afterwards. Equal seeds give equal databases.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { assert, build, compass, home, instance, program, sql, test, variable } from '../web/web.mjs';

const instances = path.join(variable, 'instances');
const folder = (name) => path.join(instances, name);
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const env = { PATH: process.env.PATH, COMPASS_HOME: home, COMPASS_VAR: variable };
let seed = 5;
const dice = (n) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % n;

// Starts a command and kills it after ms; was it killed before it had ended?
function killed(ms, ...args) {
	return new Promise((resolve) => {
		const child = spawn(path.join(build, 'compass'), args, { env, stdio: 'ignore' });
		const timer = setTimeout(() => child.kill('SIGKILL'), ms);
		child.on('exit', (status, signal) => { clearTimeout(timer); resolve(signal === 'SIGKILL'); });
	});
}
// How long a command takes here and now, in ms.
function duration(...args) {
	const begin = process.hrtime.bigint();
	const run = compass(...args);
	assert.equal(run.status, 0, run.text + run.log);
	return Number(process.hrtime.bigint() - begin) / 1e6;
}
// An instance's rows but for the moment its clock was set.
function dump(file) {
	const run = spawnSync('sqlite3', [file, '.timeout 5000', '.dump'], { maxBuffer: 256 << 20 });
	assert.equal(run.status, 0, run.stderr.toString());
	return run.stdout.toString().replace(/^INSERT INTO instance VALUES\('clock_offset_s'.*$/m, '');
}
const same = (a, b, what) => assert.ok(a === b, what || 'the databases differ');
const gallery = () => program('staff', ['--once', 'GET', '/']).text;
const listed = () => compass('list').text.split('\n').map((line) => line.split(/\s+/)[0]).filter(Boolean);
const SIZE = ['--bundle', 'demo', '--demo', '--scale', '60'];

await test('equal seeds give equal databases, to the last row', () => {
	for (const name of ['equal-a', 'equal-b'])
		assert.equal(compass('new', name, ...SIZE).status, 0);
	same(dump(path.join(folder('equal-a'), 'case.db')), dump(path.join(folder('equal-b'), 'case.db')));
	assert.equal(compass('new', 'equal-c', ...SIZE, '--seed', '9').status, 0);
	assert.ok(dump(path.join(folder('equal-a'), 'case.db')) !== dump(path.join(folder('equal-c'), 'case.db')));
});
const reference = dump(path.join(folder('equal-a'), 'case.db'));

await test('new, killed: no instance or a whole one, never half of one in the gallery, and it can be made again', async () => {
	const takes = duration('new', 'measure', ...SIZE);
	let kills = 0;
	for (let i = 0; i < 10; i++) {
		kills += await killed(3 + takes * (i + 0.5) / 9 * 1.05, 'new', 'fresh', ...SIZE);
		const names = fs.readdirSync(instances).filter((name) => !name.startsWith('.'));
		const page = gallery();
		if (names.includes('fresh')) {
			same(dump(path.join(folder('fresh'), 'case.db')), reference, 'an instance that is not whole');
			assert.ok(fs.existsSync(path.join(folder('fresh'), 'seed.db')));
			assert.match(page, /fresh/);
			assert.equal(compass('remove', 'fresh', '--yes').status, 0);
		} else {
			assert.ok(!listed().includes('fresh'));
			assert.doesNotMatch(page, /fresh/);
		}
	}
	assert.ok(kills >= 4, `only ${kills} were killed in time`);
	assert.equal(compass('new', 'fresh', ...SIZE).status, 0);
	same(dump(path.join(folder('fresh'), 'case.db')), reference);
	assert.deepEqual(fs.readdirSync(instances).filter((name) => name.startsWith('.')), [], 'what the killed ones left is swept');
});
await test('new, twice at once: one is made, the other says so', async () => {
	const two = [0, 1].map(() => new Promise((resolve) => spawn(path.join(build, 'compass'), ['new', 'twin', ...SIZE], { env, stdio: 'ignore' }).on('exit', resolve)));
	assert.deepEqual((await Promise.all(two)).sort(), [0, 1]);
	same(dump(path.join(folder('twin'), 'case.db')), reference);
	assert.deepEqual(fs.readdirSync(instances).filter((name) => name.startsWith('.')), []);
});
await test('reset, killed: as it was or as seeded, with who was signed in', async () => {
	const file = path.join(folder('fresh'), 'case.db');
	const takes = duration('reset', 'fresh');
	const seeded = () => sql('fresh', "SELECT count(*) FROM casefile WHERE title = 'changed'");
	let kills = 0;
	for (let i = 0; i < 9; i++) {
		sql('fresh', "UPDATE casefile SET title = 'changed'; DELETE FROM session; INSERT INTO session VALUES ('digest', 'staff', 1, NULL, NULL, 'csrf', 0, 0, 9999999999)");
		fs.appendFileSync(path.join(folder('fresh'), 'audit.spool'), '1\t1\tworker\t1\tview\tcasefile\tX\t1\t{}\n');
		kills += await killed(2 + takes * (i + 0.5) / 8, 'reset', 'fresh');
		assert.ok(['0', sql('fresh', 'SELECT count(*) FROM casefile')].includes(seeded()), `half is reset: ${seeded()}`);
		assert.equal(sql('fresh', 'PRAGMA integrity_check'), 'ok');
		assert.equal(sql('fresh', 'SELECT token_digest FROM session'), 'digest');
		assert.equal(compass('verify-audit', 'fresh').status, 0);
	}
	assert.ok(kills >= 3, `only ${kills} were killed in time`);
	sql('fresh', 'DELETE FROM session');
	assert.equal(compass('reset', 'fresh').status, 0);
	same(dump(file).replace(/^INSERT INTO session .*$/gm, ''), reference);
	assert.deepEqual(fs.readdirSync(folder('fresh')).filter((name) => /^reset-/.test(name)), [], 'what the killed ones left is swept');
});
await test('backup, killed: no file of that name or a whole one', async () => {
	const file = path.join(variable, 'copy.db');
	const takes = duration('backup', 'fresh', file);
	for (let i = 0; i < 6; i++) {
		fs.rmSync(file, { force: true });
		await killed(2 + takes * (i + 0.5) / 5, 'backup', 'fresh', file);
		if (fs.existsSync(file))
			assert.equal(spawnSync('sqlite3', [file, 'PRAGMA integrity_check; SELECT count(*) FROM casefile']).stdout.toString(), `ok\n${sql('fresh', 'SELECT count(*) FROM casefile')}\n`);
	}
	fs.rmSync(file, { force: true });
	assert.equal(compass('backup', 'fresh', file).status, 0);
	assert.equal(fs.readdirSync(variable).filter((name) => name.startsWith('copy.db') && name !== 'copy.db').length, 0, fs.readdirSync(variable).join(' '));
});
await test('clock, killed: moved or not moved', async () => {
	const offset = () => Number(sql('fresh', "SELECT value FROM instance WHERE key = 'clock_offset_s'"));
	const takes = duration('clock', 'fresh', '+1d');
	for (let i = 0; i < 6; i++) {
		const before = offset();
		await killed(1 + takes * (i + 0.5) / 5, 'clock', 'fresh', '+1d');
		assert.ok([0, 86400].includes(offset() - before), `${offset() - before} s`);
	}
});
await test('sandbox and remove, killed: each copy is whole, or not there', async () => {
	const takes = duration('sandbox', 'fresh', '3');
	for (let i = 0; i < 4; i++) {
		await killed(2 + takes * (i + 0.5) / 3, 'sandbox', 'fresh', '3');
		for (const name of fs.readdirSync(instances).filter((one) => /^fresh-s/.test(one))) {
			assert.equal(sql(name, 'PRAGMA integrity_check'), 'ok');
			assert.equal(sql(name, 'SELECT count(*) FROM casefile'), sql('equal-a', 'SELECT count(*) FROM casefile'));
			assert.equal(compass('reset', name).status, 0, 'it can be reset');
		}
	}
	for (const [i, name] of fs.readdirSync(instances).filter((one) => /^fresh-s/.test(one)).entries()) {
		await killed(2 + dice(6), 'remove', name, '--yes');
		if (fs.existsSync(folder(name)))
			assert.equal(sql(name, 'PRAGMA integrity_check'), 'ok', `${i}`);
		assert.doesNotMatch(gallery(), /Something went wrong/);
	}
	assert.equal(compass('sandbox', 'equal-a', '1').status, 0);
	assert.deepEqual(fs.readdirSync(instances).filter((name) => name.startsWith('.')), [], 'what the killed ones left is swept');
});
process.exit();     // a failed test leaves its program running
