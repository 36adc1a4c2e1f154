// SPDX-License-Identifier: Apache-2.0
//
// A bundle that extends another is seeded with its parent's stories, or with its own of the same name.
import fs from 'node:fs';
import path from 'node:path';
import { homeWith } from './bundles.mjs';
import { assert, home, program, sql, test, Visitor } from './web.mjs';

const story = JSON.parse(fs.readFileSync(path.join(home, 'country-configs/armenia/seed/stories/grigoryan.json')));
const folder = homeWith({
	grandchild: { 'bundle.json': { name: 'Grandchild', extends: 'child', version: '1.0.0' } },
	child: { 'bundle.json': { name: 'Child', extends: 'armenia', version: '1.0.0' } },
	retold: { 'bundle.json': { name: 'Retold', extends: 'demo', version: '1.0.0' } },
	own: { 'bundle.json': { name: 'Own', extends: 'armenia', version: '1.0.0' }, 'seed/stories/grigoryan.json': { ...story, locality: 'Ashotsk' } },
});
const env = { COMPASS_HOME: folder };
function make(name) {
	const made = program('compass', ['new', name, '--bundle', name, '--demo'], { env });
	assert.equal(made.status, 0, made.text + made.log);
}

test('a child and a grandchild have the families of the bundle they extend', () => {
	for (const name of ['grandchild', 'retold']) {
		make(name);
		assert.ok(Number(sql(name, "SELECT count(*) FROM instance WHERE key LIKE 'persona:%'")) >= 2, name);
	}
	const mother = new Visitor('/grandchild/portal', { as: 'mother', env, headers: { 'Accept-Language': 'ru' } }).get('');
	assert.equal(mother.status, 200);
	// what the story says is told in the reader's language, from the parent's file
	assert.match(mother.text, /Установить печь и трубу/);
});

test('a story of the same name replaces the parent\'s', () => {
	make('own');
	assert.equal(sql('own', "SELECT f.locality FROM casefile f, instance i WHERE i.key = 'persona:mother' AND f.id = substr(i.value, 1, instr(i.value, '/') - 1)"), 'Ashotsk');
});
