// SPDX-License-Identifier: Apache-2.0
//
// What a first and a later visit cost on the wire, as nginx sends it (brotli), and no layout
// shift: the budgets of the staff pages and of the portal.
import { story, visit, weigh, assert, done, base } from './browser.mjs';

const KB = 1024;
const one = 'cases/ARM-2026-000412';

function within(bytes, limits, where) {
	for (const [type, limit] of Object.entries(limits))
		assert.ok((bytes[type] || 0) <= limit * KB, `${where}: ${type} ${bytes[type]} bytes of ${limit} KB (${JSON.stringify(bytes)})`);
}

for (const path of ['', 'cases', one, `${one}/plan`, `${one}/assessments`, `${one}/timeline`])
	await story(`staff page /${path}: first visit within 130 KB, later ones within 12 KB`, async (page) => {
		await visit(page, 'armenia', 'worker', '?lang=en');
		const state = await page.context().storageState();
		const fresh = await page.context().browser().newContext({ storageState: state, viewport: { width: 1440, height: 900 } });
		const first = await fresh.newPage();
		within(await weigh(first, `${base}/armenia/staff/${path}`), { total: 130, Document: 10, Stylesheet: 12, Script: 25, Font: 75 }, 'first');
		const shift = await first.evaluate(() => new Promise((resolve) => {
			let sum = 0;
			new PerformanceObserver((list) => list.getEntries().forEach((e) => { sum += e.value; })).observe({ type: 'layout-shift', buffered: true });
			setTimeout(() => resolve(sum), 300);
		}));
		assert.ok(shift < 0.1, `layout shift ${shift}`);
		within(await weigh(first, `${base}/armenia/staff/${path}`), { total: 12 }, 'later');
		await fresh.close();
	});

await story('the portal: first visit within 15 KB and 3 requests, later ones within 4 KB', async (page) => {
	await visit(page, 'armenia', 'mother', '?lang=hy', 'portal');
	const fresh = await page.context().browser().newContext({ storageState: await page.context().storageState(), viewport: { width: 360, height: 640 } });
	const first = await fresh.newPage();
	let requests = 0;
	first.on('request', () => requests++);
	within(await weigh(first, `${base}/armenia/portal/`), { total: 15 }, 'first');
	assert.ok(requests <= 3, `${requests} requests`);
	for (const path of ['', 'plan', 'access'])
		within(await weigh(first, `${base}/armenia/portal/${path}`), { total: 4 }, `later /${path}`);
	await fresh.close();
});

await done();
