// SPDX-License-Identifier: Apache-2.0
//
// The way in: landing page, one click to a person, signing in and out, errors; with and without
// JavaScript, in both themes, on a projector and on a phone.
import { assert, axe, base, done, fits, story } from './browser.mjs';

const phone = { viewport: { width: 390, height: 844 } };
for (const [how, options] of [['', {}], [' in the dark', { colorScheme: 'dark' }], [' on a phone', phone], [' without JavaScript', { javaScriptEnabled: false }]]) {
	// axe itself is a script
	const check = options.javaScriptEnabled === false ? async () => {} : axe;
	await story(`the landing page shows the countries${how}`, async (page) => {
		await page.goto(`${base}/`);
		assert.equal(await page.locator('h1').count(), 1);
		await page.getByText('Armenia').first().waitFor();
		await check(page);
		await fits(page);
	}, options);
	await story(`one click makes one a social worker, and back out${how}`, async (page) => {
		await page.goto(`${base}/?country=armenia`);
		await page.locator('form[action="/armenia/staff/persona"] button[value=worker]').click();
		assert.match(page.url(), /\/armenia\/staff\/$/);
		assert.equal((await page.request.get(`${base}/armenia/staff/`)).status(), 200);
		await check(page);
		await page.locator('form[action="/armenia/staff/logout"] button').click();
		assert.match(page.url(), /\/login/);
		await check(page);
		await fits(page);
	}, options);
	await story(`a wrong password is said at the top and at the field${how}`, async (page) => {
		await page.goto(`${base}/demo/staff/login`);
		await page.locator('#username').fill('worker');
		await page.locator('#password').fill('wrong');
		await page.locator('form[action="/demo/staff/login"] button').click();
		assert.match(await page.title(), /^Error:/);
		await page.locator('.errsum a').first().waitFor();
		await check(page);
	}, { ...options, expect: [/422/] });
	await story(`an address without a page helps on${how}`, async (page) => {
		await page.goto(`${base}/armenia/staff/nowhere`);
		await page.locator('h1').waitFor();
		await check(page);
		await fits(page);
	}, { ...options, expect: [/404/] });
	await story(`the portal's door${how}`, async (page) => {
		await page.goto(`${base}/armenia/portal/login?lang=ru`);
		assert.equal(await page.locator('html').getAttribute('lang'), 'ru');
		await check(page);
		await fits(page);
		await page.locator('#number').fill('ARM-2026-999999');
		for (const [part, value] of [['d', '2'], ['m', '1'], ['y', '1990']])
			await page.locator(`[name="date_of_birth.${part}"]`).fill(value);
		await page.locator('form[action="/armenia/portal/login"] button').click();
		await page.locator('#code').waitFor();
		await check(page);
	}, options);
}
await story('languages change and stay', async (page) => {
	await page.goto(`${base}/armenia/staff/login`);
	await page.locator('a[hreflang=ru]').first().click();
	assert.equal(await page.locator('html').getAttribute('lang'), 'ru');
	await page.goto(`${base}/armenia/staff/login`);
	assert.equal(await page.locator('html').getAttribute('lang'), 'ru');
	await page.locator('a[hreflang=hy]').first().click();
	assert.equal(await page.locator('html').getAttribute('lang'), 'hy');
	await axe(page);
});
await done();
