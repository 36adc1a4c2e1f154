// SPDX-License-Identifier: Apache-2.0
//
// The timeline tells what has happened: a step of the workflow in the words of its being done, not by its button.
import { bundleFile } from './bundles.mjs';
import { assert, instance, sql, test, Visitor } from './web.mjs';

instance('timeline', 'armenia');
const transitions = bundleFile('armenia', 'workflow.json').transitions;
const [id, number] = sql('timeline', `SELECT f.id, f.number FROM casefile f JOIN user u ON u.id = f.owner_id WHERE u.username = 'anahit' AND f.stage = 'implementation'
	AND EXISTS (SELECT 1 FROM event e WHERE e.casefile_id = f.id AND e.kind = 'transition') LIMIT 1`).split('|');
const entries = (language, kind = 'transition') => new Visitor('/timeline/staff', { as: 'anahit', headers: { 'Accept-Language': language } }).get(`cases/${number}/timeline?kind=${kind}`);

test('steps are told as done', () => {
	const page = entries('en');
	assert.equal(page.status, 200);
	assert.match(page.text, /Assessment finished/);
	assert.doesNotMatch(page.text, /Rank the needs with the family|Step:/);
	for (const message of sql('timeline', `SELECT DISTINCT message FROM event WHERE casefile_id = ${id} AND kind = 'transition'`).split('\n')) {
		const done = transitions.find((one) => one.label === message).done.split('. ')[0].replace(/\.$/, '');
		assert.ok(page.text.includes(done), done);
		assert.ok(!page.text.replaceAll(done, '').includes(message), message);
	}
});

test('in every language of the country, without its full stop', () => {
	assert.match(entries('hy').text, /Գնահատումն ավարտված է [^։]/);
	assert.doesNotMatch(entries('hy').text, /դասակարգեք կարիքները/);
	assert.match(entries('ru').text, /Оценка завершена [^.]/);
});

test('a step that the country no longer has is named as it was stored', () => {
	sql('timeline', `UPDATE event SET message = 'A step of old' WHERE casefile_id = ${id} AND kind = 'transition' AND seq = (SELECT max(seq) FROM event WHERE casefile_id = ${id} AND kind = 'transition')`);
	assert.match(entries('en').text, /Step: A step of old/);
});
