// SPDX-License-Identifier: Apache-2.0
//
// A COMPASS_HOME of a test's own, with copies of the bundles demo and template that may be edited, and an
// instance of them. What is only for making instances (seed, personas, tests) goes out of the folder
// afterwards, so that an edit need not be made there, too.
import fs from 'node:fs';
import path from 'node:path';
import { home, program, variable, Visitor } from '../web/web.mjs';

export class Home {
	constructor(name) {
		this.dir = path.join(variable, `home-${name}`);
		fs.mkdirSync(path.join(this.dir, 'country-configs'), { recursive: true });
		for (const entry of fs.readdirSync(home))
			if (!['country-configs', '.git', 'var'].includes(entry))
				fs.symlinkSync(path.join(home, entry), path.join(this.dir, entry));
		for (const bundle of ['demo', 'template'])
			fs.cpSync(path.join(home, 'country-configs', bundle), this.path(bundle), { recursive: true });
		this.env = { COMPASS_HOME: this.dir };
	}
	path(...parts) { return path.join(this.dir, 'country-configs', ...parts); }
	compass(...args) { return program('compass', args, { env: this.env }); }
	visitor(base, options = {}) { return new Visitor(base, { ...options, env: { ...this.env, ...options.env } }); }
	// Makes an instance; afterwards the folder has no seed.
	instance(name, ...args) {
		const made = this.compass('new', name, '--bundle', 'demo', ...args);
		if (made.status !== 0)
			throw new Error(`compass new ${name}: ${made.text}${made.log}`);
	}
	withoutSeed() {
		for (const part of ['seed.json', 'seed', 'personas.json', 'tests'])
			fs.rmSync(this.path('demo', part), { recursive: true, force: true });
	}
	read(file) { return JSON.parse(fs.readFileSync(this.path(file))); }
	write(file, content) {
		fs.mkdirSync(path.dirname(this.path(file)), { recursive: true });
		fs.writeFileSync(this.path(file), typeof content === 'string' ? content : JSON.stringify(content, null, '\t'));
	}
	// edit('template/workflow.json', (w) => { w.stages[0].label = 'New'; })
	edit(file, change) {
		const content = this.read(file);
		this.write(file, change(content) || content);
	}
	// Copies of the bundles as they are now, to go back to by restore().
	save() { fs.rmSync(`${this.dir}/saved`, { recursive: true, force: true }); fs.cpSync(this.path(), `${this.dir}/saved`, { recursive: true }); }
	restore() { fs.rmSync(this.path(), { recursive: true }); fs.cpSync(`${this.dir}/saved`, this.path(), { recursive: true }); }
}

// Every question of a form, groups included.
export function questions(list, found = []) {
	for (const q of list) {
		found.push(q);
		questions(q.questions || [], found);
	}
	return found;
}
export const question = (form, name) => questions(form.survey).find((q) => q.name === name);
export function without(list, name) {
	return list.filter((q) => q.name !== name).map((q) => q.questions ? { ...q, questions: without(q.questions, name) } : q);
}
// A question's name changed wherever the form says it.
export function rename(form, was, now) {
	const text = JSON.stringify(form).replaceAll(`"${was}"`, `"${now}"`).replaceAll(`{${was}}`, `{${now}}`).replaceAll(`'${was}'`, `'${now}'`);
	return JSON.parse(text);
}
