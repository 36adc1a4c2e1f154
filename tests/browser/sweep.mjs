// SPDX-License-Identifier: Apache-2.0
//
// Every page as the people of the story see it: in three languages, on a projector and on a
// phone, in both themes. Nothing that axe finds, nothing that scrolls sideways, one h1, the
// language asked for.
import { story, visit, inspect, fits, assert, done, base } from './browser.mjs';

const one = 'cases/ARM-2026-000412', waiting = 'cases/ARM-2026-000429';
const pages = {
	worker: ['', 'cases', 'cases?q=grig', one, `${one}/timeline`, `${one}/notes/new`, `${one}/consents`, `${one}/family`, `${one}/needs`, `${one}/profile`,
		`${one}/assessments`, 'DRAFT', 'DRAFT/housing', 'DRAFT/visit', `${one}/plan`, `${one}/plan/goals/1.1`, `${one}/plan/goals/1.1/actions/1`,
		`${one}/plan/goals/new?need=1`, `${one}/steps/start_review`],
	supervisor: ['', 'approvals', `${waiting}/plan`, `${waiting}/assign`],
	registrar: ['', 'cases/new'],
	admin: ['users', 'users/anahit', 'audit'],
};
const big = { width: 1440, height: 900 }, phone = { width: 390, height: 844 };

// A page is loaded once, seen whole on a projector, then in the other looks for what looks change.
async function look(page, url, lang) {
	// a colour on its way to another is none of the two
	await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
	await page.setViewportSize(big);
	const response = await page.goto(url);
	assert.equal(response.status(), 200, url);
	assert.equal(await page.locator('html').getAttribute('lang'), lang);
	assert.equal(await page.locator('h1').count(), 1, `${url}: one h1`);
	await inspect(page, 'on a projector', true);
	await fits(page);
	await page.emulateMedia({ colorScheme: 'dark' });
	await inspect(page, 'on a projector, dark');
	await page.setViewportSize(phone);
	await fits(page);
	await inspect(page, 'on a phone, dark');
	await page.emulateMedia({ colorScheme: 'light' });
	await inspect(page, 'on a phone');
}

for (const lang of ['en', 'hy', 'ru']) {
	for (const persona of Object.keys(pages))
		await story(`pages of the ${persona} in ${lang}: projector and phone, light and dark`, async (page) => {
			await visit(page, 'armenia', persona, `?lang=${lang}`);
			let draft = '';
			if (persona === 'worker') {
				await page.goto(`${base}/armenia/staff/${one}/assessments`);
				draft = (await page.locator('table.tb a.t').first().getAttribute('href')).replace('/armenia/staff/', '');
			}
			for (const path of pages[persona])
				await look(page, `${base}/armenia/staff/${path.replace('DRAFT', draft)}`, lang);
		});
	await story(`the family's pages in ${lang}: projector and phone, light and dark`, async (page) => {
		await visit(page, 'armenia', 'mother', `?lang=${lang}`, 'portal');
		for (const path of ['', 'plan', 'access', 'consents'])
			await look(page, `${base}/armenia/portal/${path}`, lang);
	});
}

await done();
