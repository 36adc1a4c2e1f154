// SPDX-License-Identifier: Apache-2.0
//
// make bench: what our pages cost beside the least that a C program on the same stack can do
// (floor.c), measured in one run on the same machine; read the ratios. Everything is served by nginx.
//
// BENCH_SECONDS=5 a figure; BENCH_SMALL=1000 and BENCH_LARGE=100000 households.
import { spawn, spawnSync, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const home = path.resolve(path.dirname(new URL(import.meta.url).pathname), '../..');
const dir = path.join(home, 'build/bench');
const variable = path.join(dir, 'var');
const seconds = Number(process.env.BENCH_SECONDS || 5);
const sizes = { small: Number(process.env.BENCH_SMALL || 1000), large: Number(process.env.BENCH_LARGE || 100000) };
const port = Number(process.env.PORT && process.env.PORT !== '8080' ? process.env.PORT : 18900);
const floorPort = port + 1;
const floor = path.join(dir, 'floor');
const env = { ...process.env, COMPASS_HOME: home, COMPASS_VAR: variable, PORT: String(port), COUNTRY: 'small large', BUILD: 'build' };
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
const children = [];
const aims = [];
const say = (...words) => console.log(...words);

function run(program, args, options = {}) {
	return (execFileSync(program, args, { env, maxBuffer: 64 << 20, stdio: ['ignore', 'pipe', 'inherit'], ...options }) || '').toString();
}
function stop() {
	spawnSync(path.join(home, 'nginx/serve'), ['stop'], { env });
	for (const child of children.splice(0))
		try { process.kill(-child.pid, 'SIGTERM'); } catch { /* gone already */ }
}
process.on('exit', stop);
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

// --- the floor: static file, bare program, the same through ClearSilver
const floorConfig = `${process.getuid() ? '' : 'user root;'} pid "${dir}/nginx.pid"; error_log "${dir}/nginx.log"; worker_processes auto; daemon off;
events { worker_connections 1024; }
http { access_log off; client_body_temp_path "${dir}/t1"; fastcgi_temp_path "${dir}/t2"; proxy_temp_path "${dir}/t3"; uwsgi_temp_path "${dir}/t4"; scgi_temp_path "${dir}/t5";
upstream plain { server "unix:${dir}/plain.sock"; } upstream cs { server "unix:${dir}/cs.sock"; }
server { listen 127.0.0.1:${floorPort}; fastcgi_buffers 16 16k; fastcgi_param REQUEST_URI $request_uri; fastcgi_param REQUEST_METHOD $request_method;
location /static/ { alias "${dir}/"; } location /plain/ { fastcgi_pass plain; } location /cs/ { fastcgi_pass cs; } } }`;

function startFloor() {
	const db = path.join(dir, 'floor.db');
	const begin = (program, ...args) => children.push(spawn(program, args, { detached: true, stdio: 'ignore' }));
	run('gcc', ['-O2', '-Wall', '-Wextra', '-Werror', '-D_GNU_SOURCE', '-isystem', '/usr/include/ClearSilver', '-o', floor,
		path.join(home, 'tests/bench/floor.c'), '-lneo_cs', '-lneo_utl', '-lfcgi', '-lsqlite3']);
	for (const suffix of ['', '-wal', '-shm', '.lock'])
		fs.rmSync(db + suffix, { force: true });
	run(floor, ['make', db, '1000']);
	begin(floor, 'plain', db, path.join(dir, 'plain.sock'));
	begin(floor, 'clearsilver', db, path.join(dir, 'cs.sock'), path.join(home, 'tests/bench/floor.cs'));
	fs.writeFileSync(path.join(dir, 'static.html'), 'x'.repeat(19400));
	fs.writeFileSync(path.join(dir, 'nginx.conf'), floorConfig);
	begin(['/usr/sbin/nginx', '/usr/bin/nginx'].find((p) => fs.existsSync(p)), '-e', `${dir}/nginx.log`, '-c', `${dir}/nginx.conf`);
	return db;
}

// --- asking
function request(method, to, { cookie, body } = {}) {
	const form = body === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) };
	return new Promise((resolve, reject) => {
		const r = http.request({ host: '127.0.0.1', port, method, path: to, agent, headers: { Host: 'localhost', ...(cookie && { Cookie: cookie }), ...form } }, (reply) => {
			const parts = [];
			reply.on('data', (part) => parts.push(part));
			reply.on('end', () => resolve({ status: reply.statusCode, headers: reply.headers, text: Buffer.concat(parts).toString() }));
		});
		r.on('error', reject);
		r.end(body);
	});
}
async function signIn(instance, persona, site = 'staff') {
	const reply = await request('POST', `/${instance}/${site}/persona`, { body: `persona=${persona}` });
	if (reply.status !== 303)
		throw new Error(`${persona} cannot sign in to ${instance}: ${reply.status}`);
	return reply.headers['set-cookie'].map((c) => c.split(';')[0]).join('; ');
}
function line(label, figure) {
	say(`${label.padEnd(48)} ${figure.rate.toFixed(0).padStart(7)}/s  p50 ${figure.ms50.toFixed(2).padStart(7)} ms  p99 ${figure.ms99.toFixed(2).padStart(7)} ms${figure.cpu ? `  ${figure.cpu.toFixed(3)} ms CPU` : ''}${figure.failed ? `  FAILED ${figure.failed}` : ''}`);
	return figure;
}
function latency(out, percent) {
	const [, number, unit] = out.match(new RegExp(`\\n\\s+${percent}%\\s+([\\d.]+)(us|ms|s)`));
	return Number(number) * { us: 0.001, ms: 1, s: 1000 }[unit];
}
// CPU time in milliseconds of the processes whose command line begins so: it tells what a page costs also while others use the machine
function cpu(command) {
	const found = spawnSync('pgrep', ['-f', `^${command}`]).stdout.toString().trim().split('\n').filter(Boolean);
	return found.reduce((sum, pid) => {
		try { return sum + Number(fs.readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6; } catch { return sum; }
	}, 0);
}
function wrk(label, address, paths, { cookie, connections = 8, program } = {}) {
	const script = path.join(dir, 'paths.lua');
	fs.writeFileSync(script, `local paths = {${paths.map((p) => JSON.stringify(p)).join(',')}}\nlocal i = 0\n` +
		'request = function() i = i % #paths + 1; return wrk.format("GET", paths[i]) end\n');
	const before = program ? cpu(program) : 0;
	const out = run('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '-s', script, ...(cookie ? ['-H', `Cookie: ${cookie}`] : []), address]);
	const asked = Number(out.match(/(\d+) requests in/)[1]);
	return line(label, {
		cpu: program ? (cpu(program) - before) / asked : 0,
		rate: Number(out.match(/Requests\/sec:\s+([\d.]+)/)[1]), ms50: latency(out, 50), ms99: latency(out, 99),
		failed: Number((out.match(/Non-2xx or 3xx responses: (\d+)/) || [0, 0])[1]) + (/Socket errors/.test(out) ? 1 : 0),
	});
}
function sql(instance, statement) {
	return run('sqlite3', [path.join(variable, 'instances', instance, 'case.db'), statement]).trim().split('\n').filter(Boolean);
}

// --- our instances, kept between runs
function makeInstances() {
	for (const [name, households] of Object.entries(sizes)) {
		const mark = path.join(dir, `${name}.households`);
		if (fs.existsSync(path.join(variable, 'instances', name, 'case.db')) && fs.existsSync(mark) && fs.readFileSync(mark, 'utf8') === String(households))
			continue;
		say(`making ${name}: ${households} households (kept for the next run)`);
		fs.rmSync(path.join(variable, 'instances', name), { recursive: true, force: true });
		run(path.join(home, 'build/compass'), ['new', name, '--bundle', 'demo', '--demo', '--scale', String(households)], { stdio: ['ignore', 'ignore', 'inherit'] });
		fs.writeFileSync(mark, String(households));
	}
}
// --- seeding beside the bare inserts of the same rows into the same tables, indexes and search included; CPU time of both
function processorSeconds(program, args, input) {
	const ran = spawnSync('bash', ['-c', 'TIMEFORMAT="cpu %U %S"; time "$@"', 'bash', program, ...args], { env, input, maxBuffer: 64 << 20 });
	const found = ran.stderr.toString().match(/cpu ([\d.]+) ([\d.]+)/);
	if (ran.status !== 0 || !found)
		throw new Error(`${program} ${args.join(' ')}: ${ran.stderr}`);
	return Number(found[1]) + Number(found[2]);
}
function seeding(households) {
	const name = 'seeding', raw = path.join(dir, 'raw.db'), made = path.join(variable, 'instances', name, 'case.db');
	const ask = (statement) => sql(name, statement);
	fs.rmSync(path.dirname(made), { recursive: true, force: true });
	const seeded = processorSeconds(path.join(home, 'build/compass'), ['new', name, '--bundle', 'demo', '--demo', '--scale', String(households)]);
	const tables = ask("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'casefile_search%'");
	const search = ask("SELECT group_concat(name, ', ') FROM pragma_table_info('casefile_search')")[0];
	fs.copyFileSync(made, raw);
	run('sqlite3', [raw, [...ask("SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_master WHERE type = 'trigger'"), ...tables.map((one) => `DELETE FROM ${one};`),
		'DELETE FROM casefile_search; VACUUM;'].join('\n')]);
	// LIMIT -1: without it SQLite would copy whole pages
	const inserted = processorSeconds('sqlite3', [raw], [`PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000; ATTACH '${made}' AS made; BEGIN;`,
		...tables.map((one) => `INSERT INTO main.${one} SELECT * FROM made.${one} LIMIT -1;`),
		`INSERT INTO main.casefile_search (rowid, ${search}) SELECT rowid, ${search} FROM made.casefile_search; COMMIT;`].join('\n'));
	fs.rmSync(path.dirname(made), { recursive: true, force: true });
	fs.rmSync(raw, { force: true });
	say(`seeding ${households} households ${seeded.toFixed(1)} s CPU, the bare inserts of their rows ${inserted.toFixed(1)} s`);
	return seeded / inserted;
}
function memory() {
	const pids = run('pgrep', ['-f', `^${home}/build/staff`]).trim().split('\n');
	return pids.map((pid) => Number((fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8').match(/^Pss:\s+(\d+)/m) || [0, 0])[1])).reduce((a, b) => a + b, 0) / 1024;
}

// --- pages, over 400 cases of the whole
async function pages(instance) {
	const base = `http://127.0.0.1:${port}`, size = sizes[instance];
	const reader = await signIn(instance, 'auditor'), family = await signIn(instance, 'client', 'portal');
	const step = Math.max(1, Math.floor(Number(sql(instance, 'SELECT count(*) FROM casefile')[0]) / 400));
	const numbers = sql(instance, `SELECT number FROM casefile WHERE id % ${step} = 0 LIMIT 400`);
	const names = sql(instance, `SELECT title FROM casefile WHERE id % ${step} = 0 LIMIT 50`).map((title) => title.split(' ')[0]);
	const staff = `${home}/build/staff`, portal = `${home}/build/portal`;
	return {
		case: wrk(`case page, ${size} households`, base, numbers.map((n) => `/${instance}/staff/cases/${n}`), { cookie: reader, program: staff }),
		list: wrk(`cases list, ${size} households`, base, [`/${instance}/staff/cases`], { cookie: reader, program: staff }),
		search: wrk(`search, ${size} households, one at a time`, base, names.map((n) => `/${instance}/staff/cases?q=${encodeURIComponent(n)}`), { cookie: reader, connections: 1, program: staff }),
		portal: wrk(`portal home, ${size} households`, base, [`/${instance}/portal/`], { cookie: family, program: portal }),
	};
}

// --- durable saves: each writer saves a page of an assessment of its own, again and again
// What a page of the form takes: each radio group with its values, each text.
function fieldsOf(text) {
	const radios = {};
	for (const [, name, value] of text.matchAll(/<input type="radio" name="(q\/[^"]+)" value="([^"]*)"/g))
		(radios[name] ||= []).push(value);
	return { radios, texts: [...text.matchAll(/<textarea[^>]* name="(q\/[^"]+)"/g)].map((m) => m[1]) };
}
function bodyOf(form, i) {
	const body = new URLSearchParams({ csrf: form.csrf, revision: form.revision, do: 'save' });
	// the second worst value: the questions that ask for words then show
	for (const [name, values] of Object.entries(form.radios))
		body.append(name, values[Math.max(0, values.length - 2)]);
	for (const name of form.texts)
		body.append(name, `What was seen and heard at the visit, ${i}. `.repeat(8));
	return body.toString();
}
async function openForm(instance, cookie, number) {
	const base = `/${instance}/staff/cases/${number}/assessments`;
	const list = await request('GET', base, { cookie });
	const begun = await request('POST', base, { cookie, body: `csrf=${/name="csrf" value="([^"]+)"/.exec(list.text)?.[1]}` });
	if (begun.status !== 303)
		return null;
	const first = await request('GET', begun.headers.location, { cookie });
	const to = [...first.text.matchAll(/href="([^"]+\/assessments\/\d+\/\w+)"/g)].map((m) => m[1]).find((link) => link !== begun.headers.location);
	if (!to)
		return null;
	const form = { to, revision: 0, csrf: /name="csrf" value="([^"]+)"/.exec(first.text)[1], ...fieldsOf((await request('GET', to, { cookie })).text) };
	const saved = await request('POST', to, { cookie, body: bodyOf(form, 0) });
	form.revision = 1;
	Object.assign(form, fieldsOf((await request('GET', to, { cookie })).text));
	return saved.status < 400 && form.texts.length ? form : null;
}
// A caseload at the norm has too few for 32 writers: cases without a begun assessment become the writer's.
function giveCases(instance) {
	sql(instance, `UPDATE casefile SET owner_id = (SELECT id FROM user WHERE username = 'worker') WHERE id IN (SELECT id FROM casefile f WHERE closed_on IS NULL
		AND status = 'active' AND NOT EXISTS (SELECT 1 FROM assessment a WHERE a.casefile_id = f.id AND a.status = 'draft') LIMIT 80)`);
}
const opened = [];
async function openForms(instance, cookie, n) {
	const numbers = sql(instance, "SELECT number FROM casefile WHERE owner_id = (SELECT id FROM user WHERE username = 'worker') AND closed_on IS NULL AND status <> 'draft' ORDER BY number LIMIT 400");
	for (const number of numbers) {
		if (opened.length >= n)
			break;
		if (opened.some((form) => form?.number === number))
			continue;
		const form = await openForm(instance, cookie, number);
		if (form)
			opened.push({ ...form, number });
	}
	return opened.slice(0, n);
}
async function saveLoop(form, cookie, until, times, failures) {
	for (let i = 0; performance.now() < until; i++) {
		const begin = performance.now();
		const reply = await request('POST', form.to, { cookie, body: bodyOf(form, i) });
		times.push(performance.now() - begin);
		if (reply.status === 303 || reply.status === 200)
			form.revision++;
		else
			failures[reply.status] = (failures[reply.status] || 0) + 1;
	}
}
async function save(instance, cookie, writers) {
	const forms = await openForms(instance, cookie, writers);
	const times = [], failures = {};
	if (forms.length < writers) {
		say(`only ${forms.length} of ${writers} assessments could be begun: not measured`);
		return null;
	}
	await Promise.all(forms.map((form) => saveLoop(form, cookie, performance.now() + seconds * 1000, times, failures)));
	times.sort((a, b) => a - b);
	const failed = Object.values(failures).reduce((a, b) => a + b, 0);
	if (failed)
		say(`  ${JSON.stringify(failures)}`);
	return line(`durable save of a form page, ${writers} writers`, { rate: (times.length - failed) / seconds, ms50: times[times.length >> 1], ms99: times[Math.floor(times.length * 0.99)], failed });
}
function insert(db, writers) {
	const [rate, us50, us99] = run(floor, ['insert', db, '3', String(writers), String(seconds)]).trim().split(' ').map(Number);
	return line(`bare durable insert of 3 rows, ${writers} writers`, { rate, ms50: us50 / 1000, ms99: us99 / 1000, failed: 0 });
}

function aim(what, value, limit, higher, unit = '') {
	const met = higher ? value >= limit : value <= limit;
	aims.push(met);
	say(`  ${met ? 'met    ' : 'NOT MET'} ${what}: ${value.toFixed(2)}${unit} (${higher ? 'at least' : 'at most'} ${limit}${unit})`);
}

fs.mkdirSync(dir, { recursive: true });
const db = startFloor();
makeInstances();
if (spawnSync(path.join(home, 'nginx/serve'), ['start'], { env, stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0)
	process.exit(1);
say(`\n8 connections, ${seconds} s each, ${run('nproc', []).trim()} processors\n`);
const file = wrk('(a) static file by nginx, 19 kB', `http://127.0.0.1:${floorPort}`, ['/static/static.html']);
const bare = wrk('(b) bare FastCGI: a case and 30 rows, 19 kB', `http://127.0.0.1:${floorPort}`, ['/plain/X-000123', '/plain/X-000777'], { program: `${floor} plain` });
const drawn = wrk('(c) the same through ClearSilver', `http://127.0.0.1:${floorPort}`, ['/cs/X-000123', '/cs/X-000777'], { program: `${floor} clearsilver` });
const small = await pages('small'), large = await pages('large');
const megabytes = memory();
const saves = {}, inserts = {};
const writer = await signIn('small', 'worker');
giveCases('small');
for (const writers of [1, 8, 32]) {
	inserts[writers] = insert(db, writers);
	saves[writers] = await save('small', writer, writers);
}
say(`\n(a) is ${(file.rate / bare.rate).toFixed(1)} × (b); (c) is ${(drawn.rate / bare.rate).toFixed(2)} × (b)\n`);
for (const [name, figure] of Object.entries({ 'case page': large.case, 'cases list': large.list, 'portal home': large.portal })) {
	aim(`${name} beside (c)`, figure.rate / drawn.rate, 0.5, true, ' ×');
	say(`          CPU of our process: ${figure.cpu.toFixed(3)} ms a page, (c) ${drawn.cpu.toFixed(3)} ms: ${(drawn.cpu / figure.cpu).toFixed(2)} ×`);
	say(`          beside (a) ${(figure.rate / file.rate).toFixed(3)} ×, beside (b) ${(figure.rate / bare.rate).toFixed(3)} ×`);
}
for (const name of ['case', 'list', 'portal'])
	aim(`${name}: CPU at ${sizes.large} households beside ${sizes.small}`, large[name].cpu / small[name].cpu, 1.2, false, ' ×');
aim(`search of ${sizes.large} households, p50`, large.search.ms50, 20, false, ' ms');
for (const writers of [1, 8, 32].filter((n) => saves[n])) {
	aim(`durable save beside the bare insert, ${writers} writers`, saves[writers].rate / inserts[writers].rate, 0.3, true, ' ×');
	aim(`p99 of a save beside the bare insert's, ${writers} writers`, saves[writers].ms99 / inserts[writers].ms99, 6, false, ' ×');
	aim(`failed saves, ${writers} writers`, saves[writers].failed, 0, false);
}
aim('seeding beside the bare inserts of its rows', seeding(Number(process.env.BENCH_SEED || 5000)), 5, false, ' ×');
aim('memory of all staff processes', megabytes, 25, false, ' MB');
aim('failed page requests', [...Object.values(small), ...Object.values(large)].reduce((sum, f) => sum + f.failed, 0), 0, false);
say(`\n${aims.filter(Boolean).length} of ${aims.length} aims met`);
process.exit(0);
