// SPDX-License-Identifier: Apache-2.0
//
// Fills build/vendor from the npm packages of package-lock.json: the icons that pages use as one
// sprite, typefaces cut to the weights and scripts in use, htmx, and everybody's licence. Run by
// build.sh; fonts are cut once (they take seconds), the sprite each time (it follows the templates).
import fs from 'node:fs';
import path from 'node:path';

const here = path.dirname(new URL(import.meta.url).pathname);
const modules = path.join(here, '../node_modules');
const out = process.argv[2];
if (!out) {
	console.error('usage: vendor.mjs OUT');
	process.exit(2);
}

const ranges = {
	latin: 'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2190-2193,U+2212,U+2215,U+FEFF,U+FFFD',
	'latin-ext': 'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF',
	cyrillic: 'U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116',
	armenian: 'U+0308,U+0530-058F,U+2010,U+2024,U+25CC,U+FB13-FB17',
};
const fonts = [
	{ name: 'Source Sans 3', package: 'source-sans-3', scripts: ['latin', 'latin-ext', 'cyrillic'], weight: { min: 400, max: 700 } },
	{ name: 'Source Serif 4', package: 'source-serif-4', scripts: ['latin', 'latin-ext', 'cyrillic'], weight: 600 },
	{ name: 'Noto Sans Armenian', package: 'noto-sans-armenian', scripts: ['armenian'], weight: { min: 400, max: 700 } },
	{ name: 'Noto Serif Armenian', package: 'noto-serif-armenian', scripts: ['armenian'], weight: { min: 400, max: 600 } },
];

function characters(range) {
	let text = '';
	for (const part of range.replaceAll('U+', '').split(',')) {
		const [first, last = first] = part.split('-').map((hex) => parseInt(hex, 16));
		for (let code = first; code <= last; code++)
			text += String.fromCodePoint(code);
	}
	return text;
}

async function cutFonts() {
	const { default: subsetFont } = await import(path.join(modules, 'subset-font/index.js'));
	let css = '';
	for (const font of fonts) {
		for (const script of font.scripts) {
			const name = `${font.package}-${script}.woff2`;
			const source = fs.readFileSync(path.join(modules, `@fontsource-variable/${font.package}/files/${font.package}-${script}-wght-normal.woff2`));
			const cut = await subsetFont(source, characters(ranges[script]), { targetFormat: 'woff2', variationAxes: { wght: font.weight } });
			fs.writeFileSync(path.join(out, name), cut);
			const weight = font.weight.min ? `${font.weight.min} ${font.weight.max}` : font.weight;
			css += `@font-face{font-family:"${font.name}";font-weight:${weight};font-display:swap;src:url(${name}) format("woff2");unicode-range:${ranges[script]}}\n`;
		}
	}
	// last, as the sign that all are there
	fs.writeFileSync(path.join(out, 'fonts.css'), css);
}

function templateFiles(folder) {
	return fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.cs')).map((name) => path.join(folder, name));
}

function iconNames() {
	const names = new Set();
	for (const file of templateFiles(path.join(here, '../templates')))
		for (const match of fs.readFileSync(file, 'utf8').matchAll(/call:(?:icon|icon_flip)\("([\w-]+)"\)|call:tag_icon\([^,]+, "([\w-]+)"/g))
			names.add(match[1] ?? match[2]);
	for (const line of fs.readFileSync(path.join(here, 'icons.txt'), 'utf8').split('\n'))
		if (line && !line.startsWith('#'))
			names.add(line.trim());
	return [...names].sort();
}

function drawSprite() {
	let sprite = '<svg xmlns="http://www.w3.org/2000/svg">';
	for (const name of iconNames()) {
		const file = path.join(modules, `@tabler/icons/icons/outline/${name}.svg`);
		if (!fs.existsSync(file)) {
			console.error(`staff/static/icons.txt or a template: there is no icon "${name}"`);
			process.exit(1);
		}
		const shapes = fs.readFileSync(file, 'utf8').replace(/^[\s\S]*?<svg[^>]*>/, '').replace('</svg>', '')
			.replace(/<path stroke="none"[^>]*>/, '').replace(/\s+/g, ' ').replace(/> </g, '><').trim();
		sprite += `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
	}
	fs.writeFileSync(path.join(out, 'icons.svg'), sprite + '</svg>');
}

function copyLicences() {
	const names = ['@tabler/icons', 'htmx.org', ...fonts.map((font) => `@fontsource-variable/${font.package}`)];
	fs.mkdirSync(path.join(out, 'licences'), { recursive: true });
	for (const name of names)
		fs.copyFileSync(path.join(modules, name, 'LICENSE'), path.join(out, 'licences', name.replace('@', '').replace('/', '-') + '.txt'));
}

fs.mkdirSync(out, { recursive: true });
if (!fs.existsSync(path.join(out, 'fonts.css')))
	await cutFonts();
fs.copyFileSync(path.join(modules, 'htmx.org/dist/htmx.min.js'), path.join(out, 'htmx.js'));
copyLicences();
drawSprite();
