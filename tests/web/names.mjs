// SPDX-License-Identifier: Apache-2.0
//
// Names as the reader writes them: in the country's script for its first language, by the bundle's rules in a
// language that has some, in Latin letters else; on lists, on the case, on the timeline and on the portal.
import { assert, instance, sql, test, Visitor } from './web.mjs';

instance('armenia');
const story = sql('armenia', "SELECT value FROM instance WHERE key = 'persona:mother'").split('/')[0];
const number = sql('armenia', `SELECT number FROM casefile WHERE id = ${story}`);
// a family of the generator, whose names no translation has
const other = sql('armenia', "SELECT number FROM casefile WHERE id > 20 AND status = 'active' AND title LIKE '% ընտանիք' AND owner_id = (SELECT id FROM user WHERE username = 'anahit') LIMIT 1");
const main = (page) => page.body.replace(/^.*<main/s, '').replace(/<bdi class="native".*?<\/bdi>|<[^>]*class="native"[^>]*>.*?<\/\w+>/gs, '').replace(/<[^>]*>/g, ' ');
const expect = {
	hy: { title: /\S+ ընտանիք/u, not: /Семья|[a-z]{3,} family/u },
	ru: { title: /Семья [А-Я][а-я]+/u, not: /[A-Z][a-z]+ family|[A-Z][a-z]+yan\b/u },
	en: { title: /[A-Z][a-z]+ family/u, not: /Семья|[А-Я][а-я]+ян/u },
};
for (const [language, { title, not }] of Object.entries(expect))
	test(`names in ${language}`, () => {
		const worker = new Visitor('/armenia/staff', { headers: { 'Accept-Language': language } }).persona('worker');
		worker.get(`?lang=${language}`);
		for (const page of ['', 'cases', `cases/${number}`, `cases/${other}`, `cases/${other}/timeline`, `cases/${other}/family`, `cases/${other}/plan`]) {
			const reply = worker.get(page);
			assert.equal(reply.status, 200, page);
			assert.equal(reply.headers['content-language'], language);
			assert.match(reply.title + main(reply), title, page);
			assert.doesNotMatch(main(reply).replace(/@\S+/g, ''), not, page);
		}
		const mother = new Visitor('/armenia/portal', { headers: { 'Accept-Language': language } }).persona('mother');
		mother.get(`?lang=${language}`);
		for (const page of ['', 'plan', 'access'])
			assert.doesNotMatch(main(mother.get(page)), not, `portal ${page}`);
	});
