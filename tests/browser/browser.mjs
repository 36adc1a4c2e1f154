// SPDX-License-Identifier: Apache-2.0
//
// The browser tests' hands: a started Case Compass, Debian's Chromium, axe. Prints TAP.
//
//   import { story, visit, axe, assert } from './browser.mjs';
//   await story('a worker opens her week', async (page, base) => {
//           await visit(page, base, 'worker');
//           await axe(page);
//   });
//   await story('the same without JavaScript', async (page, base) => { … }, { javaScriptEnabled: false });
//
// BASE is the server's address (tests/browser/run starts one with all instances).
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { strict as assert } from 'node:assert';
import { chromium } from 'playwright-core';
import { AxeBuilder } from '@axe-core/playwright';

export { assert };
export const base = process.env.BASE || 'http://127.0.0.1:8080';
const shots = process.env.SHOTS;    // a folder: each story leaves a picture of its last page there
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((p) => fs.existsSync(p));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
let count = 0;
let failed = 0;

// Each story has its own context (cookies); options as for newContext: viewport, locale, colorScheme, javaScriptEnabled.
// A message on the console, a refused resource (CSP) or an uncaught error fails it, unless it is expected by options.expect.
export async function story(title, run, options = {}) {
	const { expect = [], ...context_options } = options;
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en', ...context_options });
	const page = await context.newPage();
	const wrong = [];
	page.on('pageerror', (error) => wrong.push(`script: ${error.message}`));
	page.on('console', (message) => ['error', 'warning'].includes(message.type()) && wrong.push(`console: ${message.text()}`));
	page.on('response', (response) => response.status() >= 500 && wrong.push(`${response.status()} ${response.url()}`));
	page.setDefaultTimeout(10000);
	count++;
	try {
		await run(page, base);
		const unexpected = wrong.filter((text) => !expect.some((pattern) => pattern.test(text)));
		assert.deepEqual(unexpected, []);
		console.log(`ok ${count} - ${title}`);
	} catch (error) {
		failed++;
		console.log(`not ok ${count} - ${title}`);
		console.log(`# at ${page.url()}`);
		for (const line of String(error.stack || error).split('\n').slice(0, 40))
			console.log(`# ${line.slice(0, 500)}`);
	}
	if (shots)
		await page.screenshot({ path: path.join(shots, `${title.replace(/\W+/g, '-').slice(0, 80)}.png`), fullPage: true }).catch(() => {});
	await context.close();
}

// Signs in as a persona by the form of the login page and goes to a page below the site.
export async function visit(page, instance, persona, to = '', site = 'staff') {
	await page.goto(`${base}/${instance}/${site}/login`);
	await page.locator(`button[name=persona][value="${persona}"]`).click();
	await page.waitForLoadState();
	if (to)
		await page.goto(`${base}/${instance}/${site}/${to}`);
}

// Follows the links of a site from its first page, one of each shape (numbers and keys in an address aside), and hands
// every page to `look`. Links that change something by themselves do not exist: those are buttons.
export async function crawl(page, instance, site, look, { most = 70 } = {}) {
	const root = `${base}/${instance}/${site}/`;
	const shape = (url) => url.replace(/[A-Z]{2,5}-\d{4}-\d+/g, 'CASE').replace(/\d{4}-\d{2}-\d{2}/g, 'DAY').replace(/=[^&]*/g, '=').replace(/\/\d+(\.\d+)*/g, '/N').replace(/\/users\/[a-z][^/?]*/, '/users/U');
	const seen = new Set([shape(root)]), waiting = [root];
	let looked = 0;
	while (waiting.length && looked < most) {
		const url = waiting.shift(), response = await page.goto(url);
		if (!response || !(response.headers()['content-type'] || '').includes('html'))
			continue;
		looked++;
		await look(url, response);
		for (const link of await page.locator('a[href]').evaluateAll((all) => all.map((a) => a.href.split('#')[0])))
			if (link.startsWith(root) && !/[?&](lang|theme|large)=|logout|\.(ics|csv|xlsx|pdf|zip|json|svg)$/.test(link) && !seen.has(shape(link))) {
				seen.add(shape(link));
				waiting.push(link);
			}
	}
	return looked;
}

// Zero violations of WCAG 2.2 AA, and no sideways scrolling.
export async function axe(page, { except = [] } = {}) {
	const result = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).disableRules(except).analyze();
	const found = result.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ')}`);
	assert.deepEqual(found, [], `axe at ${page.url()}`);
}
// The same of what depends on colours and sizes alone, for a page that has been seen whole in another look.
const LOOKS = ['color-contrast', 'target-size', 'scrollable-region-focusable', 'link-in-text-block'];
const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// Both in one injection: `whole` looks at everything, else at LOOKS. The page stays as it is.
export async function inspect(page, where, whole) {
	if (!await page.evaluate(() => 'axe' in window))
		await page.evaluate(axeSource);
	const found = await page.evaluate(async ([tags, rules]) => {
		const result = await window.axe.run(document, { runOnly: rules ? { type: 'rule', values: rules } : { type: 'tag', values: tags }, resultTypes: ['violations'] });
		return result.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ')}`);
	}, [['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], whole ? null : LOOKS]);
	assert.deepEqual(found, [], `axe at ${page.url()} ${where}`);
}
export async function fits(page) {
	const [inner, full] = await page.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
	assert.ok(full <= inner, `${page.url()} scrolls sideways: ${full} > ${inner}`);
}

// Bytes on the wire of a first visit, compressed as sent, by type.
export async function weigh(page, url) {
	const session = await page.context().newCDPSession(page);
	await session.send('Network.enable');
	const types = new Map(), bytes = {};
	let total = 0;
	session.on('Network.responseReceived', (e) => types.set(e.requestId, e.type));
	session.on('Network.loadingFinished', (e) => {
		const type = types.get(e.requestId) || 'Other';
		bytes[type] = (bytes[type] || 0) + e.encodedDataLength;
		total += e.encodedDataLength;
	});
	await page.goto(url, { waitUntil: 'networkidle' });
	return { total, ...bytes };
}

export async function done() {
	console.log(`1..${count}`);
	await browser.close();
	process.exitCode = failed ? 1 : 0;
}
