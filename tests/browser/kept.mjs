// SPDX-License-Identifier: Apache-2.0
//
// Nothing typed is lost: a session that ended, a second window, killed workers, the back
// button, a slow answer of the server; and the keyboard's way through a refused form.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { story, visit, assert, done, base } from './browser.mjs';
import { answer, button, choose, goTo, next, settled } from './hands.mjs';

const home = process.env.COMPASS_VAR;
const one = 'cases/ARM-2026-000412';
const text = (page) => page.locator('[name="q/housing/housing_situation"]');

async function draft_page(page, name) {
	await visit(page, 'armenia', 'worker', `${one}/assessments?lang=en`);
	await page.locator('table.tb a.t').first().click();
	await page.waitForLoadState();
	await page.goto(`${page.url()}/${name}`);
}

await story('a session that ends in the middle of a page', async (page) => {
	await draft_page(page, 'housing');
	await text(page).fill('Typed before the session ended.');
	execFileSync('sqlite3', [path.join(home, 'instances/armenia/case.db'), '.timeout 5000', 'DELETE FROM session']);
	await page.locator('.sv button.pri').click();
	await page.waitForURL(/\/login/);
	assert.match(await page.locator('main').innerText(), /What you typed is kept/);
	await page.locator('button[name=persona][value=worker]').click();
	await page.waitForURL(/\/housing/);
	assert.equal(await text(page).inputValue(), 'Typed before the session ended.');
	await button(page, 'Save draft');
	await page.reload();
	assert.equal(await text(page).inputValue(), 'Typed before the session ended.');
}, { expect: [/401|403/] });

await story('a second window on the same page is told, with both answers', async (page) => {
	await draft_page(page, 'housing');
	const other = await page.context().newPage();
	await other.goto(page.url());
	await text(other).fill('From the other window.');
	await other.locator('.sv button:not(.pri)').first().click();
	await other.waitForLoadState();
	await text(page).fill('From this window.');
	await button(page, 'Save draft');
	const conflict = await page.locator('.conflict').innerText();
	assert.match(conflict, /From the other window\./);
	assert.match(conflict, /From this window\./);
	assert.equal(await text(page).inputValue(), 'From this window.');
	await button(page, 'Save draft');
	await page.reload();
	assert.equal(await text(page).inputValue(), 'From this window.');
}, { expect: [/409/] });

// What answers the requests: the processes of the staff program whose parent is one too, below the started server.
function workers() {
	const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n').map((row) => row.trim().match(/^(\d+)\s+(\d+)\s+(.*)$/).slice(1));
	const server = fs.readFileSync(path.join(home, 'run/serve.pid'), 'utf8').split(/\s/)[0];
	const parent = new Map(rows.map(([pid, ppid]) => [pid, ppid])), staff = new Set(rows.filter((row) => /\/staff( |$)/.test(row[2])).map((row) => row[0]));
	const below = (pid) => { for (; pid && pid !== '1'; pid = parent.get(pid)) if (pid === server) return true; return false; };
	const found = [...staff].filter((pid) => staff.has(parent.get(pid)) && below(pid));
	assert.ok(found.length, 'no worker found');
	return found.map(Number);
}

await story('killed workers between two pages', async (page) => {
	await draft_page(page, 'housing');
	await text(page).fill('Saved before the kill.');
	await button(page, 'Save draft');
	await text(page).fill('Typed before the kill, sent after it.');
	for (const pid of workers())
		process.kill(pid, 'SIGKILL');
	await page.waitForTimeout(1500);
	await button(page, 'Save draft');
	await page.reload();
	assert.equal(await text(page).inputValue(), 'Typed before the kill, sent after it.');
}, { expect: [/502/] });

await story('what is typed while the server answers stays, and the focus with it', async (page) => {
	await draft_page(page, 'housing');
	await page.route('**/housing', async (route) => {
		if (route.request().method() === 'POST')
			await new Promise((resolve) => setTimeout(resolve, 700));
		await route.continue();
	});
	await choose(page, 'housing/housing_severity', '3');
	await page.waitForTimeout(350);
	await text(page).click();
	await text(page).fill('Typed while it was on its way');
	await settled(page);
	await page.waitForTimeout(900);
	assert.equal(await text(page).inputValue(), 'Typed while it was on its way');
	assert.equal(await page.evaluate(() => document.activeElement.name), 'q/housing/housing_situation');
	await page.unrouteAll({ behavior: 'wait' });
	await button(page, 'Save draft');
});

await story('the way back shows what was saved', async (page) => {
	await draft_page(page, 'housing');
	await text(page).fill('Saved, then back.');
	await next(page);
	await page.goBack();
	await page.waitForURL(/\/housing/);
	await page.reload();
	assert.equal(await text(page).inputValue(), 'Saved, then back.');
});

await story('by keyboard: skip link, visible focus, the summary of what is wrong', async (page) => {
	await visit(page, 'armenia', 'worker', `${one}/notes/new?lang=en`);
	await page.keyboard.press('Tab');
	assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
	await page.keyboard.press('Enter');
	await page.keyboard.press('Tab');
	for (let i = 0; i < 12; i++) {
		const seen = await page.evaluate(() => {
			const e = document.activeElement, style = getComputedStyle(e), round = e.closest('.lo') ? getComputedStyle(e.closest('.lo')) : style;
			return [e.outerHTML.slice(0, 100), parseFloat(style.outlineWidth) || parseFloat(round.outlineWidth)];
		});
		assert.ok(seen[1] >= 2, `no visible focus: ${seen[0]}`);
		await page.keyboard.press('Tab');
	}
	await button(page, 'Save the note');
	assert.match(await page.title(), /^Error:/);
	assert.equal(await page.evaluate(() => document.activeElement.className), 'errsum');
	await page.locator('.errsum a').first().click();
	assert.match(await page.evaluate(() => document.activeElement.tagName), /TEXTAREA|INPUT|FIELDSET|BODY/);
}, { expect: [/422/] });

await done();
