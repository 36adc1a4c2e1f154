// SPDX-License-Identifier: Apache-2.0
//
// Colours: the portal's plain values are copies of the tokens, and text keeps its contrast on
// every ground it stands on, in both themes (WCAG 2.2: 4.5:1 for text, 3:1 for edges of controls).
//
// usage: node tests/lint/colours.mjs
import fs from 'node:fs';

const tokens = fs.readFileSync('staff/static/css/00-tokens.css', 'utf8');
const problems = [];

function block(pattern) {
	const at = tokens.search(pattern);
	const values = {};
	for (const match of tokens.slice(at, tokens.indexOf('}', at)).matchAll(/--([\w-]+):\s*(#[0-9a-f]{3,6})\b/gi))
		values[match[1]] = match[2].toLowerCase();
	return values;
}

function full(colour) {
	return colour.length === 4 ? '#' + [...colour.slice(1)].map((digit) => digit + digit).join('') : colour;
}

function luminance(colour) {
	const parts = [1, 3, 5].map((at) => parseInt(full(colour).slice(at, at + 2), 16) / 255)
		.map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
	return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
}

function contrast(one, other) {
	const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
	return (high + 0.05) / (low + 0.05);
}

const light = block(/:root\{/);
const dark = { ...light, ...block(/:root\[data-theme=dark\]\{/) };
const automatic = { ...light, ...block(/:root:not\(\[data-theme=light\]\)\{/) };

// --- the two ways into the dark theme agree
for (const name of Object.keys(dark))
	if (dark[name] !== automatic[name])
		problems.push(`--${name}: ${dark[name]} when chosen, ${automatic[name]} by the system's setting`);

// --- portal.css
const known = new Set([...Object.values(light), ...Object.values(dark)].map(full));
for (const match of fs.readFileSync('portal/static/portal.css', 'utf8').matchAll(/#[0-9a-f]{3,6}\b/gi))
	if (!known.has(full(match[0].toLowerCase())) && full(match[0].toLowerCase()) !== '#000000')
		problems.push(`portal.css: ${match[0]} is not a token`);

// --- contrast
const pairs = [];
for (const ink of ['ink', 'ink-2', 'ink-3', 'link'])
	for (const ground of ['canvas', 'surface', 'sunken', 'overlay'])
		pairs.push([ink, ground, 4.5]);
for (const kind of ['bad', 'good', 'info', 'hold'])
	pairs.push([kind, `${kind}-wash`, 4.5], [kind, 'surface', 4.5], ['ink', `${kind}-wash`, 4.5]);
for (const level of ['l0', 'l1', 'l2', 'l3', 'l4', 'l5'])
	pairs.push([`${level}-on`, level, 4.5]);
pairs.push(['on-brand', 'brand', 4.5], ['brand-2', 'brand-wash', 4.5], ['brand-2', 'brand-wash-2', 4.5], ['on-brand', 'brand-2', 4.5],
	['on-mast', 'mast', 4.5], ['on-mast-2', 'mast', 4.5], ['mast-soft', 'mast', 4.5], ['on-mast', 'mast-2', 4.5], ['mast-ink', 'mast-line', 4.5],
	['on-now', 'now', 4.5], ['on-now', 'now-2', 4.5], ['now-ink', 'now-wash', 4.5], ['now-ink', 'surface', 4.5], ['ink', 'now-wash', 4.5],
	['m-lo-on', 'm1', 4.5], ['m-hi-on', 'm5', 4.5], ['on-str', 'c5', 4.5],
	['edge', 'surface', 3], ['edge', 'canvas', 3], ['now', 'mast', 3]);
let lowest = 99;
for (const [theme, values] of [['light', light], ['dark', dark]])
	for (const [ink, ground, least] of pairs) {
		const ratio = contrast(values[ink], values[ground]);
		lowest = least === 4.5 ? Math.min(lowest, ratio) : lowest;
		if (ratio < least)
			problems.push(`${theme}: --${ink} on --${ground} is ${ratio.toFixed(2)}:1, at least ${least} is needed`);
	}

for (const line of problems)
	console.error(line);
console.log(`colours: ${pairs.length * 2} pairs, lowest text ${lowest.toFixed(2)}:1, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
