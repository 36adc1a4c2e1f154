// SPDX-License-Identifier: Apache-2.0
//
// Bundles as the tests read them, apart from the program: merged along `extends` (objects of a list by
// key or name, `remove` takes out), and bundles of the tests' own in a COMPASS_HOME beside the checkout's.
import fs from 'node:fs';
import path from 'node:path';
import { home, sql, variable } from './web.mjs';

const identity = (one) => one.key ?? one.name ?? one.code;
function mergeLists(parent, child) {
	if (!child.every((one) => one && typeof one === 'object' && identity(one)))
		return child;
	const all = new Map(parent.map((one) => [identity(one), one]));
	for (const one of child)
		one.remove ? all.delete(identity(one)) : all.set(identity(one), { ...all.get(identity(one)), ...one });
	return [...all.values()];
}
function merge(parent, child) {
	const out = { ...parent };
	for (const [name, value] of Object.entries(child))
		out[name] = Array.isArray(value) && Array.isArray(parent[name]) ? mergeLists(parent[name], value) : value;
	return out;
}

// A file of a bundle with what it extends: bundleFile('armenia', 'roles.json').roles
export function bundleFile(bundle, file, folder = home) {
	const dir = path.join(folder, 'country-configs', bundle);
	const read = (name) => fs.existsSync(path.join(dir, name)) ? JSON.parse(fs.readFileSync(path.join(dir, name))) : {};
	const parent = read('bundle.json').extends;
	return parent ? merge(bundleFile(parent, file, folder), read(file)) : read(file);
}

// A COMPASS_HOME like the checkout with more bundles: { name: { 'bundle.json': {…}, 'roles.json': {…} } }.
export function homeWith(bundles) {
	const made = path.join(variable, `home-${Object.keys(bundles)[0]}`);
	fs.mkdirSync(path.join(made, 'country-configs'), { recursive: true });
	for (const name of fs.readdirSync(home))
		if (!['country-configs', '.git', 'var'].includes(name) && !fs.existsSync(path.join(made, name)))
			fs.symlinkSync(path.join(home, name), path.join(made, name));
	for (const name of fs.readdirSync(path.join(home, 'country-configs')))
		if (!fs.existsSync(path.join(made, 'country-configs', name)))
			fs.symlinkSync(path.join(home, 'country-configs', name), path.join(made, 'country-configs', name));
	for (const [name, files] of Object.entries(bundles)) {
		fs.mkdirSync(path.join(made, 'country-configs', name), { recursive: true });
		for (const [file, content] of Object.entries(files)) {
			fs.mkdirSync(path.dirname(path.join(made, 'country-configs', name, file)), { recursive: true });
			fs.writeFileSync(path.join(made, 'country-configs', name, file), JSON.stringify(content));
		}
	}
	return made;
}

// An instance under another bundle of its family from its next request on: it has no copy of that one yet, and makes it.
export const useBundle = (name, bundle) => sql(name, `UPDATE instance SET value = CASE key WHEN 'bundle' THEN '${bundle}' ELSE '' END WHERE key IN ('bundle', 'bundle_digest')`);
