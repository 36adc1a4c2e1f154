// SPDX-License-Identifier: Apache-2.0
//
// The landing page: the gallery of all instances, the people of the chosen one, and what is said
// about the prototype. Uses the demo and armenia bundles.
import { assert, instance, sql, test, Visitor } from './web.mjs';

instance('demo');
instance('armenia');
const anyone = () => new Visitor('');

test('every instance has its card, with its words and live counts', () => {
	const page = anyone().get('/');
	assert.equal(page.status, 200);
	for (const words of ['Armenia', 'Unified Social Service', 'Demo', 'Family Support Programme', 'members of staff'])
		assert.ok(page.text.includes(words), words);
	const open = Number(sql('armenia', "SELECT count(*) FROM casefile WHERE closed_on IS NULL"));
	assert.ok(page.text.replace(/,/g, '').includes(`${open} open case`), `${open} open cases`);
});

test('a country has its shape, in its own colour, without a style attribute', () => {
	const page = anyone().get('/?country=armenia');
	assert.ok((page.body.match(/<path class="k\d"/g) || []).length >= 11);
	assert.match(page.body, /<rect width="1" height="1" fill="#[0-9a-f]{6}"\/>/);
	assert.doesNotMatch(page.body, /\sstyle=/);
});

test('the chosen country shows its people, each a form of one click', () => {
	const page = anyone().get('/?country=demo');
	assert.match(page.text, /Enter Demo as/);
	const forms = [...page.body.matchAll(/<form method="post" action="(\/demo\/(?:staff|portal)\/persona)"><button class="persona" name="persona" value="([^"]+)"/g)];
	assert.ok(forms.length >= 5, `${forms.length} people`);
	for (const [, action, key] of forms.filter((form) => form[1].includes('/staff/'))) {
		const reply = new Visitor('/demo/staff').post(action, { persona: key, csrf: '' });
		assert.equal(reply.status, 303, key);
		assert.ok(reply.location.startsWith('/demo/staff/'), reply.location);
	}
});

test('an unknown country chooses the first demonstration, and is not echoed', () => {
	const page = anyone().get('/?country=%3Cscript%3Ealert(1)%3C/script%3E');
	assert.equal(page.status, 200);
	assert.match(page.text, /Enter Armenia as/);
	assert.ok(!page.body.includes('alert(1)<'));
});

test('it says what it is, what it is not, and that borders mean nothing', () => {
	const page = anyone().get('/');
	for (const words of ['What this is', 'What this is not', 'CORE-MIS', 'do not imply any judgement on the legal status of any territory', 'is invented'])
		assert.ok(page.text.includes(words), words);
});

test('language and theme are links that work without a script', () => {
	const visitor = anyone();
	const reply = visitor.get('/?country=armenia&lang=hy');
	assert.equal(reply.status, 303);
	assert.equal(reply.location, '/?country=armenia');
	const page = visitor.get(reply.location);
	assert.match(page.body, /<html lang="hy"/);
	assert.ok(page.text.includes('Հայաստան'));
	visitor.get('/?theme=dark');
	assert.match(visitor.get('/').body, /data-theme="dark"/);
});

test('a trial instance shows no people and no clock, but its sign-in', () => {
	sql('demo', "UPDATE instance SET value = 'trial' WHERE key = 'mode'");
	try {
		const page = anyone().get('/?country=demo');
		assert.match(page.text, /Demo is on trial/);
		assert.ok(!page.body.includes('/demo/staff/persona'));
		assert.ok(!page.text.includes('Demonstration clock of Demo'));
		assert.ok(page.links.includes('/demo/staff/login'));
	} finally {
		sql('demo', "UPDATE instance SET value = 'demo' WHERE key = 'mode'");
	}
});
