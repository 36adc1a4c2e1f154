// SPDX-License-Identifier: Apache-2.0
//
// The portal: what a family sees on its phone, how it signs in, and what the pages weigh.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { assert, compass, home, instance, program, sql, test, variable, Visitor } from './web.mjs';

instance('armenia');
instance('demo');
const pages = ['', 'plan', 'access', 'consents'];
const languages = ['hy', 'ru', 'en'];
const visitor = (name = 'armenia') => new Visitor(`/${name}/portal`);
const inLanguage = (v, language) => (v.get(`login?lang=${language}`), v);
const mother = (language = 'en') => inLanguage(visitor().persona('mother'), language);
const theCase = sql('armenia', "SELECT value FROM instance WHERE key = 'persona:mother'").split('/')[0];
const number = sql('armenia', `SELECT number FROM casefile WHERE id = ${theCase}`);
const born = sql('armenia', `SELECT p.date_of_birth FROM membership m JOIN person p ON p.id = m.person_id WHERE m.casefile_id = ${theCase} AND m.is_contact`);
const [year, month, day] = born.split('-');
const birth = { 'date_of_birth.d': day, 'date_of_birth.m': month, 'date_of_birth.y': year };
const messages = path.join(variable, 'instances/armenia/messages.log');
const lastCode = () => fs.readFileSync(messages, 'utf8').trim().split('\n').at(-1).match(/\d{6}/g).at(-1);
const forgetTries = () => sql('armenia', 'DELETE FROM sign_in_failure');

// The persona "older" becomes the contact of another case while `run` looks at it.
function asFamilyOf(where, run) {
	const before = sql('armenia', "SELECT value FROM instance WHERE key = 'persona:older'");
	const other = sql('armenia', `SELECT f.id || '/' || m.person_id FROM casefile f JOIN membership m ON m.casefile_id = f.id AND m.is_contact WHERE ${where} LIMIT 1`);
	assert.ok(other, `a case where ${where}`);
	sql('armenia', `UPDATE instance SET value = '${other}' WHERE key = 'persona:older'`);
	// the family that is looked at has agreed to these pages
	sql('armenia', `INSERT INTO consent (casefile_id, seq, purpose, is_given, method, given_by, given_on, language, text_shown)
		SELECT ${other.split('/')[0]}, ifnull(max(seq), 0) + 1, 'portal', 1, 'written', 'x', '2026-11-01', 'en', 'x' FROM consent WHERE casefile_id = ${other.split('/')[0]}`);
	try {
		run(inLanguage(visitor().persona('older'), 'en'), other.split('/')[0]);
	} finally {
		sql('armenia', `UPDATE instance SET value = '${before}' WHERE key = 'persona:older'`);
	}
}

test('every page of the family asks to sign in, and comes back to it', () => {
	for (const page of pages) {
		const asked = visitor().get(page);
		assert.equal(asked.status, 303, page);
		assert.match(asked.location, /\/armenia\/portal\/login\?next=/);
		assert.equal(visitor().post('persona', { persona: 'mother', next: `/armenia/portal/${page}`, csrf: '' }).location, `/armenia/portal/${page}`);
	}
});

test('one click signs in as a person of the demonstration, never as staff', () => {
	const door = visitor().get('login?lang=en');
	assert.equal(door.status, 303);
	const page = mother().get('');
	assert.equal(page.status, 200);
	assert.match(page.text, /Good morning, Mariam/);
	for (const persona of ['worker', 'supervisor', 'nobody', ''])
		assert.equal(visitor().post('persona', { persona, csrf: '' }).status, 404, persona);
});

test('in a trial there is no persona on the portal', () => {
	sql('armenia', "UPDATE instance SET value = 'trial' WHERE key = 'mode'");
	try {
		assert.equal(visitor().post('persona', { persona: 'mother', csrf: '' }).status, 404);
		assert.doesNotMatch(visitor().get('login').body, /name="persona"/);
	} finally {
		sql('armenia', "UPDATE instance SET value = 'demo' WHERE key = 'mode'");
	}
});

test('home: the next visit, the plan as steps, who helps, who has read', () => {
	const page = mother().get('');
	assert.match(page.text, /Your next visit Today, 17 November at 14:00 Anahit Sargsyan will come to your home: Ani district\. It takes about 90 minutes\./);
	assert.match(page.text, /4 of 15 steps done/);
	assert.match(page.body, /<li class="ok">.*Install the stove and pipe<\/b><span class="m">Done on 12 November/);
	assert.match(page.body, /<li class="go">.*Mend the roof, emergency fund<\/b><span class="m">Gyumri municipality, by 19 November/);
	assert.match(page.text, /See all 15 steps/);
	assert.match(page.text, /Your worker Anahit Sargsyan The office Gyumri territorial centre/);
	assert.match(page.body, /<a class="ph" href="tel:\+37400000101">/);
	assert.match(page.body, /<a class="b p" href="tel:\+37400000101">Call the office/);
	assert.match(page.text, /Who has read my file \d+ p\w+ in the last 90 days/);
});

test('the same in Armenian and Russian, names and stored texts too', () => {
	const hy = mother('hy').get(''), ru = mother('ru').get('');
	assert.match(hy.text, /Բարի լույս, Մարիամ/);
	assert.match(hy.text, /Այսօր, նոյեմբերի 17 ժամը 14:00 .*Անահիտ Սարգսյան/);
	assert.match(hy.text, /Տեղադրել վառարանն ու խողովակը/);
	assert.match(ru.text, /Доброе утро, Мариам/);
	assert.match(ru.text, /Анаит Саргсян/);
	assert.match(ru.text, /Установить печь и трубу Сделано 12 ноября/);
	for (const [reply, others] of [[hy, /[а-яё]{4}|[a-z]{4}/i], [ru, /[ա-և]{4}|[a-z]{4}/i]])
		for (const page of [reply])
			assert.doesNotMatch(page.body.replace(/[\s\S]*<main/, '<main').replace(/<footer[\s\S]*/, '').replace(/<[^>]*>/g, ' '), others);
});

test('every page is of the language chosen, and offers the others by their own names', () => {
	for (const language of languages) {
		const v = mother(language);
		for (const page of [...pages, 'login']) {
			const reply = v.get(page);
			assert.equal(reply.status, 200);
			assert.match(reply.body, new RegExp(`<html lang="${language}" dir="ltr">`));
			for (const [code, name] of [['hy', 'Հայերեն'], ['ru', 'Русский'], ['en', 'English']])
				assert.match(reply.body, new RegExp(`<a href="\\?lang=${code}" lang="${code}" hreflang="${code}"[^>]*>${name}</a>`), `${page} ${language}`);
		}
	}
});

test('what people typed stays as it is, marked with its language', () => {
	const before = sql('armenia', `SELECT body FROM plan WHERE casefile_id = ${theCase}`);
	sql('armenia', `UPDATE plan SET body = replace(body, 'Տեղադրել վառարանն ու խողովակը', 'Գնել վառելափայտ') WHERE casefile_id = ${theCase}`);
	try {
		assert.match(mother('en').get('').body, /<b lang="hy">Գնել վառելափայտ<\/b>/);
		assert.doesNotMatch(mother('hy').get('').body, /<b lang="hy">/);
	} finally {
		sql('armenia', `UPDATE plan SET body = '${before.replaceAll("'", "''")}' WHERE casefile_id = ${theCase}`);
	}
});

test('large text is one link away and stays', () => {
	const v = mother();
	assert.doesNotMatch(v.get('').body, /class="lg"/);
	v.get(v.get('').links.find((link) => link.includes('large=')));
	for (const page of pages)
		assert.match(v.get(page).body, /<body class="lg">/);
	v.get('?large=0');
	assert.doesNotMatch(v.get('').body, /class="lg"/);
});

test('the whole plan: every goal in plain words, who does what by when, who signed', () => {
	const page = mother().get('plan');
	assert.match(page.text, /You and Anahit Sargsyan signed it on 23 October\./);
	assert.match(page.text, /The children’s room is warm and dry\. We want this by 15 December\./);
	assert.match(page.text, /Collect the three missing papers You, by 28 November/);
	assert.match(page.text, /On 18 January we look together at what has changed\./);
	assert.equal(page.body.match(/<li class=/g).length, 15);
	assert.doesNotMatch(page.body, /name="name"/);
});

test('a goal of a need that is kept from the portal is nowhere', () => {
	assert.match(mother().get('plan').text, /Mend the roof/);
	sql('armenia', `UPDATE need SET sensitivity = 'violence' WHERE casefile_id = ${theCase} AND kind = 'need' AND number = 1`);
	try {
		for (const page of ['', 'plan'])
			assert.doesNotMatch(mother().get(page).text, /Mend the roof|warm and dry|list for our own home/);
		assert.match(mother().get('').text, /of 10 steps done/);
	} finally {
		sql('armenia', `UPDATE need SET sensitivity = NULL WHERE casefile_id = ${theCase}`);
	}
});

test('a plan that waits for the family is signed there', () => {
	const keep = sql('armenia', `SELECT quote(name) || ',' || quote(person_id) || ',' || quote(method) || ',' || signed_at FROM signature WHERE casefile_id = ${theCase} AND party = 'client'`);
	sql('armenia', `DELETE FROM signature WHERE casefile_id = ${theCase} AND party = 'client'; UPDATE plan SET status = 'approved', active_on = NULL WHERE casefile_id = ${theCase}`);
	const v = mother();
	assert.match(v.get('').text, /Your plan is ready Read it\. If it is right, sign it\. Read and sign/);
	const plan = v.get('plan');
	assert.match(plan.text, /Anahit Sargsyan signed it on 23 October\. Now it is your turn\./);
	assert.equal(plan.field('version'), '1');
	assert.equal(v.post('plan', { name: 'Mariam', version: 1, csrf: 'forged' }).status, 403);
	const blank = v.post('plan', { name: ' ', version: 1 });
	assert.equal(blank.status, 422);
	assert.match(blank.title, /^Error:/);
	assert.match(blank.text, /There is 1 problem Write your name\./);
	const stale = v.post('plan', { name: 'Mariam Grigoryan', version: 7 });
	assert.match(v.follow(stale).text, /Your plan has changed in the meantime/);
	assert.equal(sql('armenia', `SELECT count(*) FROM signature WHERE casefile_id = ${theCase} AND party = 'client'`), '0');
	const done = v.post('plan', { name: ' Mariam Grigoryan ', version: 1 });
	assert.match(v.follow(done).text, /Your plan is signed\. It starts today\. .*|You and Anahit Sargsyan signed it on 17 November/);
	assert.equal(sql('armenia', `SELECT name || ' ' || method FROM signature WHERE casefile_id = ${theCase} AND party = 'client'`), 'Mariam Grigoryan portal');
	assert.equal(sql('armenia', `SELECT status FROM plan WHERE casefile_id = ${theCase}`), 'active');
	assert.equal(sql('armenia', `SELECT count(*) FROM audit WHERE casefile_id = ${theCase} AND action = 'sign' AND actor = 'beneficiary'`), '1');
	assert.ok(Number(sql('armenia', `SELECT count(*) FROM activity WHERE casefile_id = ${theCase} AND from_schedule = 1 AND outcome IS NULL`)) > 5);
	assert.match(v.follow(v.post('plan', { name: 'Again', version: 1 })).text, /Your plan has changed in the meantime/);
	sql('armenia', `UPDATE signature SET (name, person_id, method, signed_at) = (SELECT ${keep}) WHERE casefile_id = ${theCase} AND party = 'client'`);
});

test('a name typed after the sign-in ended is kept', () => {
	sql('armenia', `DELETE FROM signature WHERE casefile_id = ${theCase} AND party = 'client'; UPDATE plan SET status = 'approved' WHERE casefile_id = ${theCase}`);
	const v = mother();
	v.get('plan');
	sql('armenia', "DELETE FROM session WHERE site = 'portal'");
	const door = v.follow(v.send('POST', 'plan', { data: `csrf=${v.csrf}&version=1&name=Mariam+typed`, headers: { Referer: 'http://localhost/armenia/portal/plan' } }));
	assert.match(door.text, /What you wrote is kept/);
	const back = v.follow(v.post('persona', { persona: 'mother', next: door.field('next'), csrf: '' }));
	assert.equal(back.field('name'), 'Mariam typed');
	assert.equal(sql('armenia', `SELECT count(*) FROM signature WHERE casefile_id = ${theCase} AND party = 'client'`), '0');
	v.post('plan', { name: back.field('name'), version: 1 });
	assert.equal(sql('armenia', `SELECT status FROM plan WHERE casefile_id = ${theCase}`), 'active');
});

test('who has read my file: staff by name and times, the family as "You"', () => {
	const times = () => Number((mother().get('access').text.match(/Division head, Gyumri (\d+) times?\./) || [0, 0])[1]);
	const before = times();
	new Visitor('/armenia/staff', { as: 'supervisor' }).get(`cases/${number}`);
	const v = mother();
	v.get('');
	new Visitor('/armenia/staff', { as: 'admin' }).get('audit');
	const page = v.get('access');
	assert.match(page.text, /You On these pages, with your code/);
	assert.match(page.text, /Gayane Petrosyan Division head, Gyumri/);
	assert.equal(times(), before + 1);
	assert.match(page.text, /Anahit Sargsyan Social worker, Gyumri 1\d times/);
	assert.doesNotMatch(page.body, /gayane|anahit\b/);
	assert.match(mother('hy').get('access').text, /Գայանե Պետրոսյան/);
});

test('what I agreed to, as it stands today', () => {
	assert.match(mother().get('consents').text, /Yes My page on the internet .* You said yes on 7 Oct 2026\./);
	sql('armenia', `UPDATE consent SET withdrawn_at = 1794800000, withdrawn_by = 'x' WHERE casefile_id = ${theCase} AND purpose = 'reporting'`);
	assert.match(mother().get('consents').text, /No Numbers without names .* You took it back on/);
	sql('armenia', `UPDATE consent SET withdrawn_at = NULL, withdrawn_by = NULL WHERE casefile_id = ${theCase} AND purpose = 'reporting'`);
});

test('a case at every stage has its page, also without plan, visit or worker', () => {
	for (const stage of sql('armenia', 'SELECT DISTINCT stage FROM casefile').split('\n'))
		asFamilyOf(`f.stage = '${stage}'`, (v) => pages.forEach((page) => assert.equal(v.get(page).status, 200, `${stage} ${page}`)));
	asFamilyOf("f.stage = 'assessment'", (v, id) => {
		sql('armenia', `DELETE FROM activity WHERE casefile_id = ${id} AND outcome IS NULL`);
		assert.match(v.get('').text, /What happens next First we talk about what your family needs\. .* will call you and agree on a day\./);
		assert.match(v.get('').text, /There is no plan yet\. We write it together\./);
		assert.match(v.get('plan').text, /There is no plan yet\. You write it together with/);
	});
	asFamilyOf('f.closed_on IS NOT NULL', (v) => assert.match(v.get('').text, /Our work together has ended/));
	asFamilyOf("f.stage = 'programme_approval'", (v) => assert.match(v.get('').text, /There is no plan yet/));
});

test('titles and addresses say nothing, links name no case', () => {
	const v = mother();
	for (const page of pages) {
		const reply = v.get(page);
		assert.match(reply.title, /^(My page|Steps|Readers|Agreements)$/);
		for (const link of reply.links)
			assert.doesNotMatch(link, /ARM-|mariam|grigoryan/i);
	}
});

test('plain markup: one h1, landmarks, no script, no style, no picture', () => {
	const v = mother();
	for (const page of [...pages, 'login', 'nowhere']) {
		const { body } = v.get(page);
		assert.equal(body.match(/<h1>/g).length, 1, page);
		for (const landmark of ['<header>', '<main id="main"', '<footer'])
			assert.ok(body.includes(landmark), `${page} ${landmark}`);
		assert.doesNotMatch(body, /<script|<style|\sstyle=|<img|<svg|\son\w+=|<table|<iframe/, page);
	}
});

// ---- signing in

const ask = (v, fields) => v.post('login', { number, ...birth, ...fields, csrf: '' });
const enter = (v, code, fields) => v.post('login/code', { number, date_of_birth: born, code, ...fields, csrf: '' });

test('number, birth date and code sign in; the code works once', () => {
	forgetTries();
	const v = inLanguage(visitor(), 'en');
	const asked = ask(v, { number: ` ${number.toLowerCase().replaceAll('-', ' ')} ` });
	assert.equal(asked.status, 200);
	assert.match(asked.text, /If both are right, we have just sent you a code/);
	assert.match(asked.text, /instances\/armenia\/messages\.log/);
	assert.equal(asked.field('number'), number);
	assert.equal(fs.statSync(messages).mode & 0o777, 0o600);
	assert.doesNotMatch(asked.body + asked.log, new RegExp(lastCode()));
	assert.equal(sql('armenia', "SELECT occasion FROM message ORDER BY id DESC LIMIT 1"), 'portal_code');
	const code = lastCode();
	assert.equal(v.follow(enter(v, code)).status, 200);
	assert.match(v.get('').text, /Mariam/);
	assert.equal(enter(visitor(), code).status, 422);
	v.get('');
	v.post('logout');
	assert.equal(v.get('').status, 303);
});

test('whether a case exists is never told', () => {
	forgetTries();
	const real = ask(inLanguage(visitor(), 'en')), none = ask(inLanguage(visitor(), 'en'), { number: 'ARM-2026-999999' });
	const wrong = ask(inLanguage(visitor(), 'en'), { 'date_of_birth.y': '1950' });
	const bare = (reply) => reply.body.replace(/name="(number|date_of_birth)" value="[^"]*"/g, '');
	assert.equal(bare(real), bare(none));
	assert.equal(bare(real), bare(wrong));
	forgetTries();
	const [a, b] = [enter(inLanguage(visitor(), 'en'), '000000'), enter(inLanguage(visitor(), 'en'), '000000', { number: 'ARM-2026-999999' })];
	assert.equal(a.status, 422);
	assert.equal(bare(a), bare(b));
	assert.match(a.text, /This code does not fit, or it is too old/);
});

test('asking and guessing wait after a few tries, said the same for every number', () => {
	for (const tried of [number, 'ARM-2026-999998']) {
		forgetTries();
		let last;
		for (let i = 0; i < 7; i++)
			last = enter(inLanguage(visitor(), 'en'), '000000', { number: tried });
		assert.equal(last.status, 429);
		assert.match(last.text, /There were too many tries\. Wait 15 minutes, or call the office\./);
		assert.equal(ask(visitor(), { number: tried }).status, 429);
	}
	forgetTries();
});

test('what is missing or no date is said at its field, and what was typed stays', () => {
	const empty = inLanguage(visitor(), 'en').post('login', { number: '', csrf: '' });
	assert.equal(empty.status, 422);
	assert.match(empty.text, /There are 2 problems Write your case number\. Write your date of birth\./);
	const wrong = ask(inLanguage(visitor(), 'en'), { 'date_of_birth.d': '31', 'date_of_birth.m': '2' });
	assert.equal(wrong.status, 422);
	assert.match(wrong.text, /There is 1 problem Write a date that exists/);
	assert.equal(wrong.field('number'), number);
	assert.equal(wrong.field('date_of_birth.d'), '31');
});

test('in a trial nothing is sent: the office tells the code, the page says so', () => {
	forgetTries();
	sql('armenia', "UPDATE instance SET value = 'trial' WHERE key = 'mode'");
	try {
		const before = sql('armenia', 'SELECT count(*) FROM portal_code');
		const asked = ask(inLanguage(visitor(), 'en'));
		assert.match(asked.text, /Your office tells you the code\. Call them, or ask your worker\./);
		assert.equal(sql('armenia', 'SELECT count(*) FROM portal_code'), before);
		const given = new Visitor('/armenia/staff', { as: 'anahit', headers: { 'Accept-Language': 'en' } }).post(`cases/${number}/portal-code`);
		assert.equal(given.status, 200);
		const v = inLanguage(visitor(), 'en');
		assert.match(v.follow(enter(v, given.text.match(/The code is (\d{6})/)[1])).text, /Mariam/);
		assert.equal(sql('armenia', `SELECT count(*) FROM audit WHERE action = 'give_code' AND casefile_id = ${theCase}`), '1');
	} finally {
		sql('armenia', "UPDATE instance SET value = 'demo' WHERE key = 'mode'");
	}
});

test('without consent to the portal there is neither code nor door', () => {
	forgetTries();
	sql('armenia', `UPDATE consent SET withdrawn_at = 1, withdrawn_by = 'x' WHERE casefile_id = ${theCase} AND purpose = 'portal'`);
	try {
		const size = fs.statSync(messages).size;
		ask(visitor());
		assert.equal(fs.statSync(messages).size, size);
		const staff = new Visitor('/armenia/staff', { as: 'anahit' });
		assert.equal(staff.post(`cases/${number}/portal-code`).status, 303);
	} finally {
		sql('armenia', `UPDATE consent SET withdrawn_at = NULL, withdrawn_by = NULL WHERE casefile_id = ${theCase} AND purpose = 'portal'`);
	}
});

test('a code told by the office and one the form asked for hold beside each other', () => {
	forgetTries();
	const told = new Visitor('/armenia/staff', { as: 'anahit', headers: { 'Accept-Language': 'en' } }).post(`cases/${number}/portal-code`).text.match(/The code is (\d{6})/)[1];
	const v = inLanguage(visitor(), 'en');
	ask(v);
	const asked = lastCode();
	assert.match(v.follow(enter(v, told)).text, /Mariam/);
	const second = inLanguage(visitor(), 'en');
	assert.match(second.follow(enter(second, asked)).text, /Mariam/);
	assert.equal(enter(inLanguage(visitor(), 'en'), told).status, 422, 'each works once');
	assert.doesNotMatch(sql('armenia', "SELECT group_concat(body, ' ') FROM message WHERE occasion = 'portal_code'"), /\d{6}/);
});

test('when the agreement has run out the pages are shut, in words, and open again with a new one', () => {
	forgetTries();
	const v = mother(), set = (day) => sql('armenia', `UPDATE consent SET expires_on = '${day}' WHERE casefile_id = ${theCase} AND purpose = 'portal'`);
	const before = sql('armenia', `SELECT expires_on FROM consent WHERE casefile_id = ${theCase} AND purpose = 'portal'`);
	set('2026-11-16');
	try {
		for (const page of pages) {
			const shut = v.get(page);
			assert.equal(shut.status, 303, page);
			assert.match(v.follow(shut).text, /Your agreement to these pages has ended\. To open them again, call the office\./);
		}
		assert.equal(v.post('plan', { name: 'Mariam', version: 1 }).status, 303);
		assert.match(ask(inLanguage(visitor(), 'en')).text, /No code\? Your agreement to these pages may have ended\. Call the office\./);
		set('2026-11-17');
		assert.equal(v.get('').status, 200, 'its last day counts');
	} finally {
		set(before);
	}
	sql('armenia', `UPDATE consent SET withdrawn_at = 1, withdrawn_by = 'x' WHERE casefile_id = ${theCase} AND purpose = 'portal'`);
	assert.equal(v.get('').status, 303, 'a withdrawal shuts an open session too');
	sql('armenia', `UPDATE consent SET withdrawn_at = NULL, withdrawn_by = NULL WHERE casefile_id = ${theCase} AND purpose = 'portal'`);
	assert.equal(v.get('').status, 200);
});

// ---- weight and words

const onTheWire = (reply) => Object.entries(reply.headers).reduce((n, [name, value]) => n + name.length + value.length + 4, 60) + zlib.gzipSync(reply.bytes, { level: 5 }).length;
const staticBytes = (address) => {
	const file = path.join(home, 'build', address);
	return 350 + fs.statSync(fs.existsSync(`${file}.gz`) ? `${file}.gz` : file).size;
};

test('a page is at most 4 KB on the wire, a first visit 15 KB in three requests', () => {
	let most = 0, first = 0;
	for (const language of languages) {
		const v = mother(language);
		for (const page of [...pages, 'login']) {
			const reply = v.get(page);
			const loaded = [...reply.body.matchAll(/<(?:link|script|img)[^>]* (?:href|src)="([^"]+)"/g)].map((m) => m[1]);
			assert.ok(loaded.length <= 2, `${page} loads ${loaded}`);
			most = Math.max(most, onTheWire(reply));
			assert.ok(onTheWire(reply) <= 4096, `${page} in ${language}: ${onTheWire(reply)} bytes`);
			first = Math.max(first, onTheWire(reply) + loaded.reduce((n, address) => n + staticBytes(address), 0));
		}
	}
	console.log(`# heaviest page ${most} bytes, heaviest first visit ${first} bytes`);
	assert.ok(first <= 15 * 1024, `first visit: ${first} bytes`);
});

test('the style is for old and proxy browsers', () => {
	const css = fs.readFileSync(path.join(home, 'portal/static/portal.css'), 'utf8');
	assert.doesNotMatch(css, /var\(|--[a-z]|:has\(|display:\s*grid|@font-face|@import|url\(/);
	for (const [, rule] of css.matchAll(/\{([^{}]*-inline(?:-start|-end)?:[^{}]*)\}/g))
		assert.match(rule, /padding:|margin:/, `no plain twin: ${rule}`);
});

test('sentences have at most twelve words', () => {
	const words = new Set([...fs.readFileSync(path.join(home, 'portal/languages/ru.po'), 'utf8').matchAll(/^msgid(?:_plural)? "(.+)"$/gm)].map((m) => m[1]));
	const inForms = /question|answers|form|Kept|Restricted/;
	for (const text of words)
		for (const sentence of text.split(/[.?:]\s/))
			if (!inForms.test(text))
				assert.ok(sentence.split(/\s+/).length <= 12, `${sentence.split(/\s+/).length} words: ${sentence}`);
});

test('another country in another language has the same pages', () => {
	const v = visitor('demo').persona('client');
	for (const page of pages)
		assert.equal(v.get(page).status, 200);
	assert.match(v.get('').text, /My plan \d+ of \d+ steps done/);
});

test('the audit chain holds after all this', () => {
	assert.equal(compass('verify-audit', 'armenia').status, 0);
});

test('without the module there is no portal', () => {
	assert.match(program('portal', ['--routes']).text, /plan/);
	for (const line of program('portal', ['--routes']).text.trim().split('\n'))
		assert.match(line, /\t(portal|core)\t/);
});
