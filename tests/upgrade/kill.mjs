// SPDX-License-Identifier: Apache-2.0
//
// kill -9 at steps of an upgrade and of a rollback: the instance is the old one or the new one, never
// between, works, and the same command finishes what was begun.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { assert, build, skip, sql, test, variable } from '../web/web.mjs';
import { Home, question, rename } from './home.mjs';

const shim = path.join(variable, 'kill.so');
const compiled = spawnSync(process.env.CC || 'gcc', ['-shared', '-fPIC', '-O1', '-o', shim, path.join(import.meta.dirname, 'kill.c'), '-ldl']);
if (compiled.status !== 0) {
	skip('killed upgrades', `no compiler: ${compiled.stderr}`);
	process.exit();
}

const h = new Home('kill');
h.instance('k', '--scale', '25');
h.withoutSeed();
assert.equal(h.compass('upgrade', 'k').status, 0);
h.edit('template/workflow.json', (w) => {
	const s = w.stages.find((one) => one.key === 'active');
	Object.assign(s, { key: 'supporting', was: 'active' });
	for (const t of w.transitions) {
		t.from = t.from.map((key) => key === 'active' ? 'supporting' : key);
		t.to = t.to === 'active' ? 'supporting' : t.to;
	}
});
h.edit('demo/forms/assessment.json', (f) => { const r = rename(f, 'housing_level', 'housing_step'); question(r, 'housing_step').was = 'housing_level'; return r; });

const folder = path.join(variable, 'instances', 'k'), saved = path.join(variable, 'saved-k'), bundles = path.join(variable, 'bundles'), kept = path.join(variable, 'saved-bundles');
const copy = (from, to) => { fs.rmSync(to, { recursive: true, force: true }); fs.cpSync(from, to, { recursive: true }); };
const dump = () => spawnSync('sqlite3', [path.join(folder, 'case.db'), '.dump'], { maxBuffer: 256 << 20 }).stdout.toString();
// What differs between two runs of the same upgrade: when it was.
const settled = (text) => text.replace(/^INSERT INTO (bundle_change|audit|instance) .*$/gm, '');
function run(args, at, counter) {
	const env = { PATH: process.env.PATH, ...h.env, COMPASS_VAR: variable, LD_PRELOAD: shim, ASAN_OPTIONS: 'detect_leaks=0:verify_asan_link_order=0' };
	return spawnSync(path.join(build, 'compass'), args, { env: { ...env, ...(at && { KILL_AT: String(at) }), ...(counter && { KILL_COUNT: counter }) }, timeout: 120000 });
}
function steps(args) {
	const counter = path.join(variable, 'count');
	const done = run(args, 0, counter);
	assert.equal(done.status, 0, done.stderr.toString());
	return Number(fs.readFileSync(counter, 'utf8'));
}
// The first and last steps each, and some between.
const some = (n) => [...new Set([1, 2, 3, ...Array.from({ length: 14 }, (_, i) => Math.round((i + 1) * n / 15)), ...Array.from({ length: 12 }, (_, i) => n - i)])].filter((at) => at >= 1 && at <= n).sort((a, b) => a - b);

copy(folder, saved);
copy(bundles, kept);
const before = dump();
const n = steps(['upgrade', 'k']);
const after = dump();
const upgraded = path.join(variable, 'upgraded-k');
copy(folder, upgraded);

function state(old, now) {
	assert.equal(sql('k', 'PRAGMA integrity_check'), 'ok');
	const found = settled(dump());
	assert.ok(found === settled(old) || found === settled(now), 'neither the old state nor the new one');
	const digest = sql('k', "SELECT value FROM instance WHERE key = 'bundle_digest'");
	assert.ok(fs.existsSync(path.join(bundles, digest, 'demo', 'bundle.json')), 'its bundle is there');
	assert.equal(Number(sql('k', "SELECT count(*) FROM casefile WHERE stage IN ('active', 'supporting')")) > 0, true);
	const stages = sql('k', "SELECT group_concat(DISTINCT stage) FROM casefile WHERE stage IN ('active', 'supporting')");
	const questions = sql('k', "SELECT group_concat(DISTINCT question) FROM need WHERE question IN ('housing_level', 'housing_step')");
	assert.ok(['active housing_level', 'supporting housing_step'].includes(`${stages} ${questions}`), `half: ${stages} ${questions}`);
	return found === settled(old) ? 'old' : 'new';
}

test(`an upgrade killed at ${some(n).length} of ${n} steps is done or not done`, () => {
	const seen = { old: 0, new: 0 };
	for (const at of some(n)) {
		copy(saved, folder);
		copy(kept, bundles);
		const killed = run(['upgrade', 'k'], at);
		assert.equal(killed.signal, 'SIGKILL', `step ${at}: ${killed.stderr}`);
		seen[state(before, after)]++;
		const page = h.visitor('/k/staff').get('login');
		assert.equal(page.status, 200, `step ${at}: the site answers`);
		const again = h.compass('upgrade', 'k');
		assert.equal(again.status, 0, again.log);
		assert.equal(state(before, after), 'new', `step ${at}: finished by the next`);
	}
	assert.ok(seen.old > 0 && seen.new > 0, JSON.stringify(seen));
});

test('a rollback killed at its steps is done or not done', () => {
	copy(upgraded, folder);
	const m = steps(['rollback', 'k']);
	for (const at of some(m)) {
		copy(upgraded, folder);
		const killed = run(['rollback', 'k'], at);
		assert.equal(killed.signal, 'SIGKILL', `step ${at}: ${killed.stderr}`);
		if (state(before, after) === 'new') {
			const again = h.compass('rollback', 'k');
			assert.equal(again.status, 0, `step ${at}: ${again.log}`);
		}
		assert.equal(settled(dump()), settled(before), `step ${at}`);
		assert.match(h.compass('verify-audit', 'k').text, /the chain holds/, `step ${at}`);
	}
});
