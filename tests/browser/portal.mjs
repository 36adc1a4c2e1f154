// SPDX-License-Identifier: Apache-2.0
//
// A family on its phone: 360 pixels, without JavaScript, every page, every language, light and dark,
// large text, right to left; axe, targets of 48 pixels, nothing wider than the screen.
import { assert, axe, done, fits, story, visit, weigh } from './browser.mjs';

const phone = { viewport: { width: 360, height: 800 }, isMobile: true, hasTouch: true, javaScriptEnabled: false };
const pages = ['', 'plan', 'access', 'consents'];
const portal = (page, to = '') => page.goto(`${new URL(page.url()).origin}/armenia/portal/${to}`);
const choose = async (page, base, language) => page.goto(`${base}/armenia/portal/login?lang=${language}`);

// Everything that is touched is at least 48 pixels high; a link inside a sentence is not.
async function targets(page) {
	const small = await page.locator('a:visible, button:visible, input:visible').evaluateAll((all) => all
		.filter((e) => e.className !== 'skip' && e.getBoundingClientRect().height < 47.5).map((e) => e.outerHTML.slice(0, 90)));
	assert.deepEqual(small, [], `small targets at ${page.url()}`);
}

// axe needs a script engine of its own page: the pages are the same with JavaScript on, for they have none.
for (const language of ['en', 'hy', 'ru'])
	for (const colorScheme of ['light', 'dark'])
		await story(`the portal is accessible: ${language}, ${colorScheme}`, async (page, base) => {
			await choose(page, base, language);
			await axe(page);
			await visit(page, 'armenia', 'mother', '', 'portal');
			for (const to of pages) {
				await portal(page, to);
				await axe(page);
				await fits(page);
				await targets(page);
			}
		}, { ...phone, colorScheme, javaScriptEnabled: true });

await story('a mother finds her visit, her steps, her helper and her readers, without JavaScript', async (page, base) => {
	await choose(page, base, 'en');
	await visit(page, 'armenia', 'mother', '', 'portal');
	await page.getByRole('heading', { level: 1, name: 'Good morning, Mariam' }).waitFor();
	await page.getByRole('region', { name: 'Your next visit' }).getByText('Today, 17 November').waitFor();
	assert.match(await page.getByRole('link', { name: /Call us to change it/ }).getAttribute('href'), /^tel:/);
	await page.getByRole('link', { name: 'See all 15 steps' }).click();
	await page.getByRole('heading', { name: 'The children’s room is warm and dry.' }).waitFor();
	await page.goBack();
	await page.getByRole('link', { name: /Who has read my file/ }).click();
	await page.getByText('Social worker, Gyumri').waitFor();
	await page.getByRole('contentinfo').getByRole('link', { name: 'Русский' }).click();
	await page.getByRole('heading', { level: 1, name: 'Кто читал' }).waitFor();
	await page.getByRole('button', { name: 'Выйти' }).click();
	await portal(page, 'plan');
	assert.match(page.url(), /\/login\?next=/);
}, phone);

await story('larger text for a pensioner, also at 200 % and 320 pixels', async (page, base) => {
	await choose(page, base, 'hy');
	await visit(page, 'armenia', 'older', '', 'portal');
	await page.locator('footer a[href*="large=1"]').click();
	const size = await page.locator('main .m').first().evaluate((e) => parseFloat(getComputedStyle(e).fontSize));
	assert.ok(size >= 20, `${size} px`);
	for (const width of [360, 320, 180]) {
		await page.setViewportSize({ width, height: 800 });
		for (const to of pages) {
			await portal(page, to);
			await fits(page);
		}
	}
}, { ...phone, isMobile: false });

await story('right to left: plain values, the line of the steps on the right', async (page, base) => {
	await choose(page, base, 'en');
	await visit(page, 'armenia', 'mother', '', 'portal');
	await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
	await fits(page);
	const [mark, words] = await page.locator('.tr li').first().evaluate((li) => [li.querySelector('i'), li.querySelector('b')].map((e) => e.getBoundingClientRect().right));
	assert.ok(mark > words, `${mark} ${words}`);
	await axe(page);
}, { ...phone, javaScriptEnabled: true });

await story('a wrong birth date is said at the field, and the keyboard is there', async (page, base) => {
	await choose(page, base, 'en');
	await page.getByLabel('Case number').fill('ARM-2026-000001');
	await page.getByLabel('Day').fill('31');
	await page.getByLabel('Month').fill('2');
	await page.getByLabel('Year').fill('1990');
	await page.getByRole('button', { name: 'Send me a code' }).click();
	await page.getByRole('alert').getByRole('link').click();
	assert.equal(await page.evaluate(() => document.activeElement.name), 'date_of_birth.d');
	assert.equal(await page.getByLabel('Case number').inputValue(), 'ARM-2026-000001');
	await axe(page);
}, { ...phone, javaScriptEnabled: true, expect: [/422/] });

await story('the first visit is three requests and at most 15 KB', async (page, base) => {
	const requests = [];
	page.on('request', (request) => requests.push(request.url()));
	const weight = await weigh(page, `${base}/armenia/portal/login`);
	assert.ok(requests.length <= 3, requests.join(' '));
	assert.ok(weight.total <= 15 * 1024, `${weight.total} bytes`);
	console.log(`# first visit ${weight.total} bytes in ${requests.length} requests`);
	await page.locator('button[name=persona][value="mother"]').click();
	for (const to of pages) {
		const later = await weigh(page, `${base}/armenia/portal/${to}`);
		assert.ok(later.total <= 4096, `${to}: ${later.total} bytes`);
	}
}, { ...phone, javaScriptEnabled: true });

await done();
