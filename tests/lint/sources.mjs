// SPDX-License-Identifier: Apache-2.0
//
// What can be checked in the C sources: which layer includes which, where foreign libraries are met,
// lengths of functions and files, functions we do not use, SQL outside the model.
//
// usage: node tests/lint/sources.mjs layers|foreign|lengths|banned|sql|heads
import fs from 'node:fs';
import path from 'node:path';

function walk(dir, out = []) {
	for (const entry of fs.existsSync(dir) ? fs.readdirSync(dir, { withFileTypes: true }) : []) {
		const name = path.join(dir, entry.name);
		if (entry.isDirectory() && entry.name !== 'node_modules')
			walk(name, out);
		else if (entry.isFile())
			out.push(name);
	}
	return out;
}
const all = ['fcgi', 'staff', 'portal', 'seed-data', 'tests', 'nginx'].flatMap((dir) => walk(dir));
const sources = all.filter((f) => /\.[ch]$/.test(f) && !f.startsWith('tests/'));
const read = (file) => fs.readFileSync(file, 'utf8');
const problems = [];
const bare = (text) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, (c) => c.replace(/[^\n]/g, ' '));
const lineOf = (text, at) => text.slice(0, at).split('\n').length;

// base ← model ← form ← country ← view ← request ← staff | portal ← main; headers of form and country that the
// layers below them name are types only (permission.h, actor.h are the model's).
const layer = { base: 0, model: 1, form: 2, country: 3, view: 4, request: 5, 'seed-data': 5, staff: 6, portal: 6, main: 7 };
const layerOf = (file) => {
	const parts = file.split('/');
	return parts[0] === 'fcgi' ? parts[1] : parts[0];
};
function layers() {
	for (const file of sources) {
		const own = layerOf(file);
		for (const match of read(file).matchAll(/^#include "([^"]+)"/gm)) {
			const target = match[1].includes('/') ? match[1].replace(/^fcgi\//, '').split('/')[0] : own;
			if (!(target in layer))
				continue;
			const sideways = (own === 'staff' && target === 'portal') || (own === 'portal' && target === 'staff');
			if (layer[target] > layer[own] || sideways)
				problems.push(`${file}:${lineOf(read(file), match.index)}: ${own} may not know ${target} (${match[1]})`);
		}
	}
}

const places = [
	[/<sqlite3\.h>/, /^fcgi\/model\//], [/<fcgi/, /^fcgi\/request\/server\.c$/], [/<(json-c\/)?json/, /^fcgi\/(form|country|main\/commands)\//],
	[/<libxml\//, /^fcgi\/(form|country)\//], [/<(zip|xlsxwriter)\.h>/, /^fcgi\/country\//],
	[/<unicode\//, /^fcgi\/(base|form|view|country)\//], [/<sodium\.h>/, /^fcgi\/(base|model|country|request)\//],
	[/"cs\/cs\.h"|<ClearSilver/, /^fcgi\/view\//],
];
function foreign() {
	for (const file of sources)
		for (const [pattern, allowed] of places)
			for (const match of read(file).matchAll(/^#include .*$/gm))
				if (pattern.test(match[0]) && !allowed.test(file))
					problems.push(`${file}:${lineOf(read(file), match.index)}: this library is met elsewhere: ${match[0]}`);
}

// A function begins with a line that starts in the first column, then "{" alone, and ends with "}" in the first column.
function functionLengths(file) {
	const lines = read(file).split('\n');
	const found = [];
	for (let i = 0, start = -1; i < lines.length; i++) {
		if (lines[i] === '{' && i > 0 && /[)]\s*$|^\s/.test(lines[i - 1]))
			start = i;
		else if (lines[i] === '}' && start >= 0) {
			found.push({ file, line: start, length: i - start + 2 });
			start = -1;
		}
	}
	return found;
}
function lengths() {
	const functions = sources.filter((f) => f.endsWith('.c')).flatMap(functionLengths).sort((a, b) => a.length - b.length);
	const median = functions[Math.floor(functions.length / 2)].length;
	const p95 = functions[Math.floor(functions.length * 0.95)].length;
	console.log(`${functions.length} functions: median ${median} lines, 95th percentile ${p95}, longest ${functions.at(-1).length}`);
	if (median > 20 || p95 > 60)
		problems.push(`functions have grown: median ${median} (20), 95th percentile ${p95} (60)`);
	for (const one of functions.filter((f) => f.length > 120))
		problems.push(`${one.file}:${one.line}: a function of ${one.length} lines`);
	for (const file of sources.filter((f) => f.endsWith('.c'))) {
		const lines = read(file).split('\n').length;
		if (lines > 600)
			problems.push(`${file}: ${lines} lines (600 at most)`);
	}
	const make = read('Makefile').split('\n').length;
	if (make > 300)
		problems.push(`Makefile: ${make} lines (300 at most)`);
}

const unwanted = /\b(gets|sprintf|vsprintf|strcat|strncat|strtok|atol|atof|strdup|strndup|alloca|system|popen|tmpnam|mktemp|FCGX_FPrintF|FCGX_VFPrintF|rand|srand|localtime|gmtime|setlocale)\s*\(/g;
function banned() {
	for (const file of sources) {
		const text = bare(read(file)).replace(/"(\\.|[^"\\\n])*"/g, (s) => s.replace(/[^\n]/g, ' '));
		for (const match of text.matchAll(unwanted))
			problems.push(`${file}:${lineOf(text, match.index)}: ${match[1]} is not used here`);
		for (const match of read(file).matchAll(/\b(TODO|FIXME|XXX|HACK)\b/g))
			problems.push(`${file}:${lineOf(read(file), match.index)}: ${match[1]}`);
		if (!/^fcgi\/(main|base\/log)|^fcgi\/request\/(program|once)/.test(file))
			for (const match of text.matchAll(/fprintf\s*\(\s*stderr/g))
				problems.push(`${file}:${lineOf(text, match.index)}: messages go through log_event`);
	}
}

function sql() {
	for (const file of sources.filter((f) => !/^(fcgi\/model|seed-data)\//.test(f))) {
		const text = read(file);
		for (const match of text.matchAll(/"\s*(SELECT\s|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+TABLE|PRAGMA\s)/g))
			problems.push(`${file}:${lineOf(text, match.index)}: SQL stands in fcgi/model only`);
	}
}

// Licence and purpose on top of everything written by hand.
function heads() {
	for (const file of all.filter((f) => /\.(c|h|mjs|js|sh|sql)$|\/run$|nginx\/(serve|packages)$/.test(f) && !/\/(corpus|bundles)\/.*\./.test(f)))
		if (!read(file).slice(0, 200).includes('SPDX-License-Identifier: Apache-2.0'))
			problems.push(`${file}: no licence line`);
}

const checks = { layers, foreign, lengths, banned, sql, heads };
const check = checks[process.argv[2]];
if (!check) {
	console.error(`usage: sources.mjs ${Object.keys(checks).join('|')}`);
	process.exit(2);
}
check();
for (const one of problems)
	console.log(one);
process.exit(problems.length ? 1 : 0);
