// SPDX-License-Identifier: Apache-2.0
//
// A country that reads from right to left: every page that its people can reach, on a projector and on phones.
// The page runs that way, nothing scrolls sideways, axe finds nothing, and what is written from left to right
// anywhere (telephones, case numbers, addresses of the net) keeps its order.
import { story, visit, crawl, axe, fits, assert, done } from './browser.mjs';

const instance = 'jordan', lang = 'ar';
const staff = ['worker', 'supervisor', 'registrar', 'network', 'fund_officer', 'manager', 'admin'];
const families = ['mother', 'father'];
const widths = [[1440, true], [360, false]];

// Where the first and the last sign of each number stand: the first is left of the last on its line.
async function turned_numbers(page) {
	return await page.evaluate(() => {
		const found = [], pattern = /\+\d{3}\b|\+\d[\d \u00a0]{6,}\d|\b[A-Z]{3}-\d{4}-\d{6}\b|[a-z.]+@[a-z.]+/g;
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		const left = (node, at) => { const range = document.createRange(); range.setStart(node, at); range.setEnd(node, at + 1); return range.getBoundingClientRect(); };
		for (let node = walker.nextNode(); node; node = walker.nextNode())
			for (const match of node.data.matchAll(pattern)) {
				const first = left(node, match.index), last = left(node, match.index + match[0].length - 1);
				if (first.width && last.width && Math.abs(first.top - last.top) < 4 && first.left > last.left)
					found.push(match[0]);
			}
		return found;
	});
}

async function look(page, url, response, with_axe) {
	if (response.status() === 404)      // a link to what another role has
		return;
	assert.equal(response.status(), 200, url);
	assert.equal(await page.locator('html').getAttribute('dir'), 'rtl', url);
	assert.equal(await page.locator('html').getAttribute('lang'), lang, url);
	await fits(page);
	assert.deepEqual(await turned_numbers(page), [], `${url}: numbers turned round`);
	if (with_axe)
		await axe(page);
}

for (const [width, with_axe] of widths) {
	const options = { viewport: { width, height: 900 }, expect: [/404/] };
	for (const persona of staff)
		await story(`the pages of the ${persona}, from right to left, ${width} wide`, async (page) => {
			await visit(page, instance, persona, `?lang=${lang}`);
			const n = await crawl(page, instance, 'staff', (url, response) => look(page, url, response, with_axe && persona !== 'fund_officer'), { most: persona === 'worker' ? 40 : 12 });
			assert.ok(n >= 1, `${n} pages`);
		}, options);
	for (const persona of families)
		await story(`the pages of the ${persona}, from right to left, ${width} wide`, async (page) => {
			await visit(page, instance, persona, `?lang=${lang}`, 'portal');
			await crawl(page, instance, 'portal', (url, response) => look(page, url, response, with_axe), { most: 20 });
		}, options);
}

await done();
