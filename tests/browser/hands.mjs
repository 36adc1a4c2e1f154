// SPDX-License-Identifier: Apache-2.0
//
// What a worker's hands do on the pages: answer questions of a bundle's form by their path,
// press a button by its words, go to a page of the instance one is in.
import { base } from './browser.mjs';

const field = (path, prefix) => `[name="${prefix}${path}"]`;

// One question. value: true ticks, a number takes that option of a choice, text is written or chosen.
export async function choose(page, path, value, prefix = 'q/') {
	const all = page.locator(`${field(path, prefix)}:not([type=hidden])`);
	// without a script a question that follows from another comes when it is asked for
	const ask = page.locator('.sv button.noscript');
	if (!(await all.count()) && await ask.isVisible())
		await Promise.all([page.waitForEvent('framenavigated'), ask.click()]);
	await all.first().waitFor({ state: 'attached' });
	const kind = await all.first().evaluate((e) => e.tagName === 'SELECT' ? 'select' : e.type);
	if (kind === 'select')
		await all.first().selectOption(typeof value === 'number' ? { index: value } : value);
	else if (kind !== 'radio' && kind !== 'checkbox')
		await all.first().fill(String(value)).then(() => all.first().blur());       // leaving the field is what sends it
	else if (value === true || typeof value === 'number')
		await all.nth(value === true ? 0 : value - 1).check();
	else
		await page.locator(`${field(path, prefix)}[value="${value}"]`).check();
}

// As typed by hand, without leaving the field.
export async function write(page, path, text) {
	await page.locator(field(path, 'q/')).fill(text);
}

export async function answer(page, answers) {
	for (const [path, value] of Object.entries(answers))
		await choose(page, path, value);
}

// Everything on the page that is still open: no to yes-or-no, else the first choice, some words, a 1.
answer.rest = async (page, follow = async () => {}) => {
	let asked = -1;
	for (let turn = 0; turn < 90; turn++) {
		const open = await page.evaluate(() => {
			const main = document.querySelector('#live');
			for (const e of main.querySelectorAll('input[name^="q/"]:not([type=hidden]),select[name^="q/"],textarea[name^="q/"]')) {
				const box = e.closest('fieldset.fld,.fld,tr');
				if (box && box.querySelector('.opt'))
					continue;
				if (e.type === 'radio' || e.type === 'checkbox') {
					if (!main.querySelector(`[name="${CSS.escape(e.name)}"]:checked`))
						return { name: e.name.slice(2), value: main.querySelector(`[name="${CSS.escape(e.name)}"][value=no]`) ? 'no' : 1 };
				} else if (!e.value) {
					return { name: e.name.slice(2), value: e.tagName === 'SELECT' ? 1 : e.tagName === 'TEXTAREA' ? 'As seen today.' : '1' };
				}
			}
			return null;
		});
		if (!open) {
			// without a script new questions come only when they are asked for
			if (asked === turn)
				return true;
			await follow('Work out the score');
			asked = turn + 1;
			continue;
		}
		await choose(page, open.name, open.value);
		await settled(page);
	}
	throw new Error(`questions do not end at ${page.url()}`);
};

// The answer of the server to what was typed has come and is shown.
export async function settled(page) {
	if (!(await page.evaluate(() => Boolean(window.htmx))))
		return;
	await page.waitForTimeout(280);
	await page.waitForFunction(() => !document.querySelector('.htmx-request'));
}

export async function button(page, name) {
	const found = page.locator('main').getByRole('button', { name, exact: typeof name === 'string' }).or(page.locator('main').getByRole('link', { name, exact: typeof name === 'string' }));
	await Promise.all([page.waitForEvent('framenavigated'), found.first().click()]);
	await page.waitForLoadState();
}

// A step of the workflow: its link on the page of the case, then the button of the page that says what will happen.
export async function step(page, name) {
	await button(page, name);
	await button(page, name);
}

export async function next(page) {
	await settled(page).catch(() => {});
	await button(page, 'Save and continue');
	const problems = page.locator('.errsum');
	if (await problems.count())
		throw new Error(`refused at ${page.url()}: ${await problems.innerText()}`);
}

export const heading = (page) => page.locator('h1').innerText();

export async function goTo(page, path) {
	const [, instance, site] = new URL(page.url()).pathname.split('/');
	return page.goto(`${base}/${instance}/${site}/${path}`);
}
