// SPDX-License-Identifier: Apache-2.0
//
// The main job in every bundle and every language: a family is taken in and walks, by what the case
// page says comes next, to a signed plan, which it then reads on the portal.
import fs from 'node:fs';
import path from 'node:path';
import { strict as assert } from 'node:assert';
import { Robot } from './robot.mjs';

const base = process.env.BASE || 'http://127.0.0.1:8080';

const home = process.env.COMPASS_HOME || path.resolve(path.dirname(new URL(import.meta.url).pathname), '../..');
const only = (process.env.ONLY || '').split(' ').filter(Boolean);

// What the bundle says, its parents laid under: the lists that are looked at here are whole in one of them.
function member(name, file, key) {
	const document = path.join(home, 'country-configs', name, file);
	const root = fs.existsSync(document) ? JSON.parse(fs.readFileSync(document, 'utf8')) : {};
	const parent = JSON.parse(fs.readFileSync(path.join(home, 'country-configs', name, 'bundle.json'), 'utf8')).extends;
	return root[key] ?? (parent ? member(parent, file, key) : undefined);
}
// The personas that may do each part, the first of each role.
function people(instance) {
	const staff = member(instance, 'personas.json', 'personas').filter((p) => p.site === 'staff');
	const has = (p, permission) => (roles(instance).find((r) => r.key === p.role)?.permissions || []).includes(permission);
	const worker = staff.find((p) => has(p, 'assessment_edit') && has(p, 'plan_edit') && !has(p, 'plan_approve')) || staff.find((p) => has(p, 'plan_edit'));
	const supervisor = staff.find((p) => has(p, 'plan_approve') && has(p, 'case_assign'));
	const registrar = staff.find((p) => p.role === 'registrar') || staff.find((p) => has(p, 'case_create') && p !== worker) || worker;
	return { worker: worker.key, workerName: worker.username, supervisor: supervisor.key, registrar: registrar.key };
}
function roles(name) {
	const folder = path.join(home, 'country-configs', name), file = path.join(folder, 'roles.json');
	const parent = JSON.parse(fs.readFileSync(path.join(folder, 'bundle.json'), 'utf8')).extends;
	const own = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')).roles : [];
	const inherited = parent && !own.replace ? roles(parent) : [], list = own.replace || own;
	return [...inherited.map((r) => ({ ...r, ...list.find((o) => o.key === r.key) })), ...list.filter((o) => !inherited.some((r) => r.key === o.key))];
}

// How the country writes a telephone and a personal number: from its families and its own example.
function samples(name) {
	const folder = path.join(home, 'country-configs', name, 'seed/stories');
	const phone = (fs.existsSync(folder) ? fs.readdirSync(folder) : []).map((f) => fs.readFileSync(path.join(folder, f), 'utf8').match(/"phone": *"(\+[^"]+)"/)?.[1]).find(Boolean);
	return { phone, identifier: member(name, 'bundle.json', 'identifier')?.placeholder };
}

let count = 0;
async function plain(title, run) {
	count++;
	try {
		await run();
		console.log(`ok ${count} - ${title}`);
	} catch (error) {
		process.exitCode = 1;
		console.log(`not ok ${count} - ${title}\n${String(error.stack || error).split('\n').slice(0, 20).map((l) => `# ${l.slice(0, 700)}`).join('\n')}`);
	}
}

// Where a workflow parts, the other way: out of the social service.
const elsewhere = { italy: /route_[ac]$|end_route|\/close$|reassign|rebook|no_show|answer_and_end/ };
const instances = (process.env.COUNTRY || 'demo armenia chile colombia italy jamaica jordan malawi').split(' ').filter((i) => !only.length || only.includes(i));
for (const instance of instances)
	for (const { code, rtl } of member(instance, 'bundle.json', 'languages'))
		await plain(`${instance} in ${code}: from the door to a signed plan`, async () => {
			const robot = new Robot(base, samples(instance), (r) => {
				assert.equal(r.status, 200, `${r.status} at ${r.url}`);
				assert.equal(r.$('html').lang, code === 'qps' ? 'en-x-pseudo' : code, `language of ${r.url}`);
				assert.equal(r.$('html').dir, rtl ? 'rtl' : 'ltr', `direction of ${r.url}`);
			});
			await robot.send(`${base}/${instance}/staff/login?lang=${code}`);
			const who = people(instance), number = await robot.mainJob(instance, who, elsewhere[instance]);
			await robot.be(instance, who.worker, `cases/${number}`);
			assert.ok(robot.all('table.chain .gnum').length > 0, 'the chain of needs and goals');
			await robot.send(`${base}/${instance}/staff/cases/${number}/timeline`);
			assert.ok(robot.all('ol.tl li').length > 5, 'the timeline');
		});
