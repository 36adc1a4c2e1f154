// SPDX-License-Identifier: Apache-2.0
//
// Words that no translator can reach. A scratch bundle lays the pseudo-language over a country whose cases are written
// in another script: on its pages everything translated stands in brackets with accents, so an English word outside
// of them was written into the program, or asks no dictionary.
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { story, visit, crawl, assert, done, base } from './browser.mjs';

const root = path.resolve(import.meta.dirname, '../..'), work = path.join(process.env.COMPASS_VAR || '/tmp', 'pseudo-home'), bundles = path.join(work, 'country-configs');
const country = 'jordan', instance = 'pseudo';

function make_instance() {
	fs.rmSync(work, { recursive: true, force: true });
	for (const name of ['template', country])
		fs.cpSync(path.join(root, 'country-configs', name), path.join(bundles, name), { recursive: true });
	for (const name of ['seed-data', 'staff', 'portal', 'fcgi', 'build'])
		fs.symlinkSync(path.join(root, name), path.join(work, name));
	const { languages, case_prefix } = JSON.parse(fs.readFileSync(path.join(bundles, country, 'bundle.json'), 'utf8'));
	fs.mkdirSync(path.join(bundles, instance));
	fs.writeFileSync(path.join(bundles, instance, 'bundle.json'), JSON.stringify({ extends: country, name: 'Pseudo', case_prefix, languages: [...languages, { code: 'qps', name: 'Pseudo' }] }));
	const compass = (...words) => spawnSync(path.join(root, process.env.BUILD || 'build', 'compass'), words, { env: { ...process.env, COMPASS_HOME: work }, encoding: 'utf8' });
	compass('remove', instance, '--yes');       // of an earlier run, if any
	const made = compass('new', instance, '--bundle', instance, '--demo');
	assert.equal(made.status, 0, made.stderr);
}

// English words that the program knows: those of all sources to translate.
function vocabulary() {
	const words = new Set();
	for (const place of ['staff', 'portal', 'fcgi'])
		for (const match of fs.readFileSync(path.join(root, place, 'languages/ar.po'), 'utf8').matchAll(/^msgid(?:_plural)? "(.*)"$/gm))
			for (const word of match[1].toLowerCase().match(/[a-z]{3,}/g) || [])
				words.add(word);
	return words;
}

const known = vocabulary();
// The product's name, names of languages, people and tools, and what is data: user names, keys, addresses.
const allowed = /^(case|compass|english|pseudo|sms|email|example|org|check|natural|earth|public|domain)$/;

// Texts of the page outside of brackets: what is shown, what is read aloud, what a field says of itself.
async function bare_texts(page) {
	return await page.evaluate(() => {
		const texts = [], skip = 'script,style,code,pre,textarea,input,option[value],bdi,.native,[lang]:not(html)';
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node; node = walker.nextNode())
			if (node.data.trim() && !node.parentElement.closest(skip))
				texts.push(node.data);
		for (const element of document.querySelectorAll('[aria-label],[title],[placeholder],[alt]'))
			for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
				if (element.getAttribute(name) && !element.closest('bdi,[lang]:not(html)'))
					texts.push(element.getAttribute(name));
		texts.push(document.title);
		return texts;
	});
}

// Brackets may stand in brackets: a filled-in text inside of a sentence.
function outside(text) {
	let depth = 0, out = '';
	for (const c of text) {
		depth += c === '[' ? 1 : 0;
		out += depth ? ' ' : c;
		depth -= c === ']' && depth ? 1 : 0;
	}
	return out.replace(/\S+ family\b/g, ' ');     // titles of cases are data, in Latin letters for who does not read theirs
}

async function look(page, url, names, found) {
	for (const text of await bare_texts(page)) {
		const bare = outside(text), words = (bare.match(/[A-Za-z]{3,}/g) || []).filter((word) => known.has(word.toLowerCase()) && !allowed.test(word.toLowerCase()) && !names.has(word));
		if (words.length)
			found.set(text.trim().slice(0, 120), `${url.replace(base, '')}: ${words.join(' ')}`);
	}
}

make_instance();
const personas = JSON.parse(fs.readFileSync(path.join(root, 'country-configs', country, 'personas.json'), 'utf8')).personas;
const names = new Set(personas.flatMap((p) => p.name.split(' ')));
for (const persona of personas)
	await story(`no word of the ${persona.site} pages of the ${persona.key} is out of a translator's reach`, async (page) => {
		const found = new Map();
		await visit(page, instance, persona.key, '?lang=qps', persona.site);
		await crawl(page, instance, persona.site, (url) => look(page, url, names, found), { most: persona.key === 'worker' ? 60 : 20 });
		assert.deepEqual([...found].map(([text, where]) => `${where} in “${text}”`), []);
	}, { expect: [/404/] });

await done();
