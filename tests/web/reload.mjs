// SPDX-License-Identifier: Apache-2.0
//
// Templates, words and bundles are edited, cut short, taken away and put back while pages are asked for: no worker ends,
// every request has its answer, and when the editing is over every page is as it was.
// RELOAD_SECONDS=300 makes it a long one.
import fs from 'node:fs';
import path from 'node:path';
import { serve } from './served.mjs';
import { assert, home, instance, sql, test, variable } from './web.mjs';

const seconds = Number(process.env.RELOAD_SECONDS || 12);
instance('reload', 'demo');
instance('armenia');

// a checkout of its own, whose templates, words and bundles are copies
const made = path.join(variable, 'home-reload');
const copied = ['staff/templates', 'staff/languages', 'portal/templates', 'portal/languages', 'fcgi/languages', 'country-configs/template', 'country-configs/demo', 'country-configs/armenia'];
function lay(below) {
	fs.mkdirSync(path.join(made, below), { recursive: true });
	for (const name of fs.readdirSync(path.join(home, below))) {
		const one = path.join(below, name);
		if (['.git', 'var'].includes(name))
			continue;
		if (copied.includes(one))
			fs.cpSync(path.join(home, one), path.join(made, one), { recursive: true });
		else if (copied.some((path) => path.startsWith(`${one}/`)))
			lay(one);
		else
			fs.symlinkSync(path.join(home, one), path.join(made, one));
	}
}
lay('');
const files = copied.filter((one) => !one.startsWith('portal')).flatMap((below) => fs.readdirSync(path.join(made, below), { recursive: true, withFileTypes: true })
	.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath || entry.path, entry.name))).filter((file) => /\.(cs|po|json)$/.test(file));
const whole = new Map(files.map((file) => [file, fs.readFileSync(file)]));

// the same sequence in every run
let state = 20261121;
const draw = (n) => (state = (state * 1103515245 + 12345) & 0x7fffffff) % n;
const often = files.filter((file) => /(layout|error|case|page_head|field|list)\.cs$|bundle\.json$|roles\.json$|hy\.po$|en\.po$|es\.po$/.test(file));
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const rewrite = (file, bytes) => fs.writeFileSync(file, bytes);
const edits = [
	(file) => fs.utimesSync(file, new Date(), new Date()),
	(file) => rewrite(file, whole.get(file)),
	async (file) => { rewrite(file, whole.get(file).subarray(0, draw(whole.get(file).length))); await wait(draw(1500)); rewrite(file, whole.get(file)); },
	async (file) => { rewrite(file, ''); await wait(draw(400)); rewrite(file, whole.get(file)); },
	async (file) => { fs.renameSync(file, `${file}~`); await wait(draw(1200)); rewrite(file, whole.get(file)); fs.rmSync(`${file}~`); },
	async (file) => { rewrite(file, Buffer.concat([whole.get(file), Buffer.from('\n')])); await wait(draw(1200)); rewrite(file, whole.get(file)); },
];

const numbers = sql('reload', "SELECT number FROM casefile WHERE owner_id = (SELECT id FROM user WHERE username = 'worker') LIMIT 3").split('\n');
const armenian = sql('armenia', "SELECT number FROM casefile WHERE owner_id = (SELECT id FROM user WHERE username = 'anahit') LIMIT 1");
const pages = ['', 'cases', 'cases/ARM-2026-000958/', 'cases/ARM-2026-000958', `cases/${numbers[0]}`, `cases/${numbers[0]}/`, `cases/${numbers[1]}/plan`, `cases/${numbers[1]}/assessments`,
	`cases/${numbers[2]}/timeline`, 'cases/new/', 'nowhere/', 'login', '/', '/healthz', '/reload/staff', '/nowhere/staff/cases/ARM-2026-000958/', '/armenia/staff/cases/ARM-2026-000958/', '/armenia/staff/cases', `/armenia/staff/cases/${armenian}`, 'cases/%ff/', 'cases?q=an&lang=hy'];
const server = await serve('staff', { workers: 3, env: { COMPASS_HOME: made } });
const worker = await server.visitor('/reload/staff', { headers: { 'Accept-Language': 'en' } }).persona('worker');
const anahit = await server.visitor('/armenia/staff', { headers: { 'Accept-Language': 'ru' } }).persona('worker');
anahit.jar.forEach((cookie, key) => worker.jar.set(key, cookie));
const stranger = server.visitor('/reload/staff');
const before = new Map();
for (const page of pages)
	before.set(page, (await worker.get(page)).status);

await test(`templates, words and bundles change for ${seconds} s under the feet of the workers`, async () => {
	const end = Date.now() + seconds * 1000, statuses = {}, first = server.workers().join();
	const edit = async (from) => {
		for (; Date.now() < end; await wait(draw(60)))
			await edits[draw(edits.length)](from[draw(from.length)]);
	};
	const ask = async (visitor) => {
		for (let i = draw(pages.length); Date.now() < end; i++) {
			const reply = await visitor.get(pages[i % pages.length]);
			statuses[reply.status] = (statuses[reply.status] || 0) + 1;
			assert.ok([200, 303, 400, 404, 500, 503].includes(reply.status), `${pages[i % pages.length]}: ${reply.status}`);
		}
	};
	// one hand edits a file at a time: of two that write the same one the last may leave a half
	await Promise.all([edit(often.filter((file) => file.endsWith('.cs'))), edit(files.filter((file) => !often.includes(file))), edit(often.filter((file) => !file.endsWith('.cs'))),
		ask(worker), ask(stranger), ask(server.visitor('/reload/staff', { headers: { 'Accept-Language': 'hy' } }))]);
	console.log(`# ${JSON.stringify(statuses)}`);
	assert.equal(server.workers().join(), first, `a worker ended: ${server.log.slice(-3000)}`);
});

await test('afterwards every page is as it was', async () => {
	for (const file of files)
		assert.ok(fs.readFileSync(file).equals(whole.get(file)), file);
	await wait(2200);
	for (let round = 0; round < 3; round++)
		for (const page of pages)
			assert.equal((await worker.get(page)).status, before.get(page), page);
	await server.stop();
});
