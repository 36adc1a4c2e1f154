// SPDX-License-Identifier: Apache-2.0
//
// A bundle that is broken or gone, a database that is no database, an instance that is taken away: its own pages say
// so in words with the proper status, the others go on, nothing is lost, and mending it needs no restart.
import fs from 'node:fs';
import path from 'node:path';
import { homeWith } from '../web/bundles.mjs';
import { serve, until } from '../web/served.mjs';
import { assert, compass, instance, program, sql, test, variable } from '../web/web.mjs';

const folder = homeWith({ breaking: { 'bundle.json': { name: 'Breaking', extends: 'demo', version: '1.0.0' } } });
const bundle = path.join(folder, 'country-configs/breaking/bundle.json');
const good = fs.readFileSync(bundle);
const env = { COMPASS_HOME: folder };
instance('sound', 'demo');
const make = () => { instance('breaking', 'demo', '--demo', '--scale', '20'); sql('breaking', "UPDATE instance SET value = 'breaking' WHERE key = 'bundle'; DELETE FROM instance WHERE key = 'bundle_digest'"); };
make();
const later = (text) => { fs.writeFileSync(bundle, text); const when = new Date(Date.now() + 5000 * ++later.n); fs.utimesSync(bundle, when, when); };
later.n = 0;
const calm = (reply, status, words) => {
	assert.equal(reply.status, status, reply.text.slice(0, 300));
	assert.match(reply.text, words);
	assert.match(reply.headers['content-security-policy'], /default-src 'none'/);
};
const breaks = { 'cut off': good.subarray(0, 30), 'not JSON': 'hello', 'empty': '', 'with an unknown parent': good.toString().replace('"demo"', '"nowhere"'), 'with an unknown member': '{"nonsense": 1}' };

await test('a bundle broken while it runs: the pages go on with the old one, the log names file and line', async () => {
	const server = await serve('staff', { env, workers: 2 });
	const worker = await server.visitor('/breaking/staff').persona('worker');
	for (const [how, text] of Object.entries(breaks)) {
		const from = server.log.length;
		later(text);
		await until(`${how}: a line in the log`, async () => assert.equal((await worker.get('')).status, 200, how) || /"event":"bundle".*breaking\/bundle\.json.*"at":"\d+:\d+"/.test(server.log.slice(from)));
	}
	fs.renameSync(path.dirname(bundle), `${path.dirname(bundle)}.away`);
	for (let i = 0; i < 6; i++)
		assert.equal((await worker.get('')).status, 200, 'gone');
	fs.renameSync(`${path.dirname(bundle)}.away`, path.dirname(bundle));
	later(good.toString().replace('"Breaking"', '"Mended"'));
	await until('the mended one is read', async () => /Mended/.test((await worker.get('')).text), 8000);
	await server.stop();
});
for (const [how, text] of Object.entries({ 'cut off': breaks['cut off'], 'with an unknown parent': breaks['with an unknown parent'], gone: null }))
	await test(`a program started with a bundle ${how}: it goes on with its copy, and takes the mended one over`, async () => {
		if (text === null)
			fs.renameSync(path.dirname(bundle), `${path.dirname(bundle)}.away`);
		else
			later(text);
		const server = await serve('staff', { env, workers: 2 });
		const visitor = server.visitor('/breaking/staff');
		assert.equal((await visitor.get('login')).status, 200);
		assert.equal((await server.visitor('').get('/')).status, 200);
		assert.equal((await server.visitor('').get('/healthz')).status, 200);
		if (text === null)
			fs.renameSync(`${path.dirname(bundle)}.away`, path.dirname(bundle));
		later(good.toString().replace('"Breaking"', `"Mended ${how}"`));
		await until('the mended one is read', async () => (await visitor.get('login')).text.includes(`Mended ${how}`), 8000);
		assert.equal((await (await visitor.persona('worker')).get('cases')).status, 200);
		await server.stop();
		assert.doesNotMatch(server.log, /worker_died|"bug"/);
	});
await test('a copy that is lost while the folder is another: its pages say so with 503, the others and the gallery go on, put back it opens by itself', async () => {
	const copies = path.join(variable, 'bundles'), digest = sql('breaking', "SELECT value FROM instance WHERE key = 'bundle_digest'");
	later(good.toString().replace('"Breaking"', '"Other"').replace('}', ', "nonsense": 1 }'));
	fs.renameSync(path.join(copies, digest), path.join(copies, '.lost'));
	const server = await serve('staff', { env, workers: 2 });
	const visitor = server.visitor('/breaking/staff');
	calm(await visitor.get(''), 503, /configuration has a mistake.*Nothing is lost.*compass check/);
	calm(await visitor.get('login'), 503, /configuration has a mistake/);
	assert.equal((await server.visitor('/sound/staff').get('login')).status, 200);
	const gallery = await server.visitor('').get('/');
	assert.equal(gallery.status, 200);
	assert.match(gallery.text, /Demo/);
	assert.equal((await server.visitor('').get('/healthz')).status, 503);
	fs.renameSync(path.join(copies, '.lost'), path.join(copies, digest));
	await until('it opens', async () => (await visitor.get('login')).status === 200, 8000);
	later(good);
	await server.stop();
	assert.doesNotMatch(server.log, /worker_died|"bug"/);
});
await test('a database that is none, one of another schema, and one that is taken away', async () => {
	const dir = path.join(variable, 'instances/breaking'), file = path.join(dir, 'case.db');
	const server = await serve('staff', { env, workers: 2 });
	const visitor = await server.visitor('/breaking/staff').persona('worker');
	fs.renameSync(dir, `${dir}.kept`);
	assert.equal((await visitor.get('')).status, 404, 'taken away');
	fs.mkdirSync(dir);
	fs.writeFileSync(file, 'this is no database '.repeat(500));
	calm(await visitor.get(''), 500, /Something went wrong on our side/);
	fs.writeFileSync(file, '');
	const empty = await visitor.get('');
	assert.ok([409, 500, 503].includes(empty.status), `an empty file: ${empty.status}`);
	assert.equal((await server.visitor('/sound/staff').get('login')).status, 200);
	assert.equal((await server.visitor('').get('/')).status, 200);
	const listed = compass('list');
	assert.equal(listed.status, 0);
	assert.match(listed.text, /breaking.*broken/);
	fs.rmSync(dir, { recursive: true });
	fs.renameSync(`${dir}.kept`, dir);
	await until('it is back', async () => (await visitor.get('')).status === 200);
	await server.stop();
});
await test('an instance removed while somebody works in it is gone, the program goes on', async () => {
	const server = await serve('staff', { env, workers: 2 });
	const visitor = await server.visitor('/breaking/staff').persona('worker');
	assert.equal(compass('remove', 'breaking', '--yes').status, 0);
	calm(await visitor.get('cases'), 404, /Nothing is here/);
	calm(await visitor.post('cases/X/notes/new', { text: 'typed' }), 404, /typed|Nothing is here/);
	make();
	assert.match((await visitor.get('cases')).location || '', /login/, 'made again, with nobody signed in');
	await server.stop();
});
await test('templates and static files that are not there: the program says which, and does not start', () => {
	const bare = path.join(variable, 'bare');
	fs.mkdirSync(path.join(bare, 'build/static'), { recursive: true });
	const run = program('staff', ['--once', 'GET', '/'], { env: { COMPASS_HOME: bare } });
	assert.equal(run.status, 1);
	assert.match(run.text, /staff does not start: .*(manifest|templates)/);
});
process.exit();     // a failed test leaves its program running
