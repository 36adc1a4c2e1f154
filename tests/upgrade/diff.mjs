// SPDX-License-Identifier: Apache-2.0
//
// compass diff: two bundles, and an instance's copy against its folder; every kind of file in words and as JSON.
import fs from 'node:fs';
import { assert, test } from '../web/web.mjs';
import { Home } from './home.mjs';

const h = new Home('diff');
h.instance('d', '--empty');
const json = (...args) => JSON.parse(h.compass('diff', ...args, '--json').text);

test('usage', () => {
	for (const args of [[], ['a', 'b', 'c'], ['--yaml', 'demo']])
		assert.equal(h.compass('diff', ...args).status, 2);
	assert.match(h.compass('diff', '--help').text, /compass diff NAME/);
	assert.equal(h.compass('diff', 'nobody').status, 1);
	assert.match(h.compass('diff', 'nobody').log, /there is no instance "nobody"/);
});

test('the instance and its folder are the same at first', () => {
	assert.match(h.compass('diff', 'd').text, /^no differences/);
	assert.deepEqual(json('d'), []);
});

test('every kind of file', () => {
	fs.mkdirSync(h.path('demo/media'), { recursive: true });
	fs.mkdirSync(h.path('demo/manuals'), { recursive: true });
	h.edit('template/workflow.json', (w) => { w.stages[0].deadline.days = 9; });
	h.edit('template/roles.json', (r) => { r.roles[0].label = 'Receptionist'; });
	h.edit('demo/forms/intake.json', (f) => { f.version = '7'; });
	h.write('demo/languages/qps.po', 'msgid "Housing"\nmsgstr "Ħ"\n');
	h.write('demo/media/x.png', 'no picture');
	h.write('demo/manuals/visit.md', '---\ntitle: Visit\nkind: manual\nphase: planning\n---\nGo.\n');
	for (const [file, list] of [['reminders.json', 'reminders'], ['indicators.json', 'indicators'], ['goals.json', 'goals']]) {
		const before = fs.existsSync(h.path(`demo/${file}`)) ? h.read(`demo/${file}`) : {};
		h.write(`demo/${file}`, { ...before, [list]: [...(before[list] || []), { key: 'one_more', label: 'One more', text: 'One more', statement: 'One more' }] });
	}
	h.write('demo/card.json', { ...(fs.existsSync(h.path('demo/card.json')) ? h.read('demo/card.json') : {}), status: 'changed' });
	const words = h.compass('diff', 'd').text, list = json('d');
	for (const one of ['workflow.json', 'stages › draft › deadline › days: 5 → 9', 'label: "Front-desk clerk" → "Receptionist"', 'forms/intake.json', '→ "7"', 'One more',
		'languages/qps.po\n  added    "Housing": "Ħ"', 'media/x.png\n  added', 'manuals/visit.md\n  added', 'reminders.json', 'indicators.json', 'goals.json', 'card.json', '"One more"'])
		assert.ok(words.includes(one), `${one} is not in\n${words}`);
	assert.match(words, /\d+ differences in \d+ files/);
	assert.deepEqual(list.find((one) => one.path === 'stages/draft/deadline/days'), { file: 'workflow.json', path: 'stages/draft/deadline/days', change: 'changed', before: '5', after: '9' });
	assert.deepEqual([...new Set(list.map((one) => one.change))].sort().includes('added'), true);
	assert.equal(list.filter((one) => one.file === 'media/x.png').length, 1);
});
