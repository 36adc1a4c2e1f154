// SPDX-License-Identifier: Apache-2.0
//
// A newcomer who knows no country: takes a family in, follows what the case page says comes next,
// as whichever persona may, fills whatever is asked, and stops when the plan is signed. It goes by
// addresses and structure, never by words, so it walks in every bundle and every language. It reads
// pages with linkedom, without a script: a hundred pages in seconds.
import { parseHTML } from 'linkedom';
import { strict as assert } from 'node:assert';

// Values that lead onwards, wherever a form has them; the rest is chosen by position.
const onwards = [/^(open|open_case|open_casework|casework|enrol|enroll|accept|admit|register|case)$/, /^(to_work_on|to_reach|not_met|partly)$/, /^(self|walk_in|office)$/];

// Fields as they stand in the markup: what is in them, and putting something there.
const optionsOf = (e) => [...e.querySelectorAll('option')].filter((o) => o.getAttribute('value'));
const isChecked = (e) => e.hasAttribute('checked');
function valueOf(e) {
	if (e.tagName === 'SELECT')
		return ([...e.querySelectorAll('option')].find((o) => o.hasAttribute('selected')) || e.querySelector('option'))?.getAttribute('value') || '';
	return e.tagName === 'TEXTAREA' ? e.textContent.replace(/^\n/, '') : e.getAttribute('value') || '';
}
function put(e, value) {
	if (e.tagName === 'SELECT')
		for (const o of e.querySelectorAll('option'))
			o.toggleAttribute('selected', o.getAttribute('value') === value);
	else if (e.tagName === 'TEXTAREA')
		e.textContent = value;
	else
		e.setAttribute('value', value);
}
function check(e) {
	for (const other of e.getAttribute('type') === 'radio' ? e.closest('form').querySelectorAll(`input[type=radio]`) : [])
		if (other.getAttribute('name') === e.getAttribute('name'))
			other.removeAttribute('checked');
	e.setAttribute('checked', '');
}
// What a browser would send of a field.
function sent(e) {
	const type = e.getAttribute('type');
	if (e.hasAttribute('disabled') || e.tagName === 'BUTTON' || type === 'file')
		return [];
	if (type === 'radio' || type === 'checkbox')
		return isChecked(e) ? [e.getAttribute('value') || 'on'] : [];
	return [valueOf(e)];
}

export class Robot {
	// base: the server; look(robot) is called on each page that matters
	// samples: { phone, identifier } as the country writes them
	constructor(base, samples = {}, look = () => {}) {
		Object.assign(this, { base, samples, look, cookies: new Map() });
	}
	async send(url, options = {}) {
		const at = new URL(url, this.url || this.base);
		const cookie = [...this.cookies.values()].filter((c) => at.pathname.startsWith(c.path)).map((c) => c.pair).join('; ');
		const reply = await fetch(at, { redirect: 'manual', ...options, headers: { cookie, ...options.headers } });
		for (const line of reply.headers.getSetCookie()) {
			const [pair, ...rest] = line.split('; '), path = (rest.find((a) => a.startsWith('Path=')) || 'Path=/').slice(5);
			this.cookies.set(`${path} ${pair.split('=')[0]}`, { path, pair });
		}
		if (reply.status >= 300 && reply.status < 400)
			return this.send(new URL(reply.headers.get('location'), at));
		this.url = at.href;
		this.status = reply.status;
		this.document = parseHTML(await reply.text()).document;
		if (reply.status >= 500)
			throw new Error(`${reply.status} at ${at}`);
		return this;
	}
	async be(instance, persona, to = '', site = 'staff') {
		await this.send(`${this.base}/${instance}/${site}/persona`, { method: 'POST', body: new URLSearchParams({ persona }) });
		return this.send(`${this.base}/${instance}/${site}/${to}`);
	}
	$(selector) { return this.document.querySelector(selector); }
	all(selector) { return [...this.document.querySelectorAll(selector)]; }
	hrefs(selector) { return this.all(selector).map((a) => new URL(a.getAttribute('href'), this.url).href); }
	get problems() { return this.$('.errsum')?.textContent.trim().replace(/\s+/g, ' ') || ''; }
	get words() { return (this.$('main')?.textContent || '').replace(/\s+/g, ' '); }
	// A link is followed, a button sends its form.
	async press(selector) {
		const element = this.$(selector);
		if (!element)
			throw new Error(`no ${selector} at ${this.url}: ${this.words.slice(0, 300)}`);
		if (element.tagName === 'A')
			return this.send(element.getAttribute('href'));
		const form = element.closest('form'), data = new URLSearchParams();
		for (const field of form.querySelectorAll('[name]'))
			for (const value of sent(field))
				data.append(field.getAttribute('name'), value);
		if (element.hasAttribute('name'))
			data.append(element.getAttribute('name'), element.getAttribute('value'));
		const multipart = form.getAttribute('enctype') === 'multipart/form-data';
		const body = multipart ? [...data].reduce((all, [name, value]) => (all.append(name, value), all), new FormData()) : data;
		return this.send(form.getAttribute('action') || this.url, { method: 'POST', body });
	}
	write(selector, text) {
		const field = this.$(selector);
		if (!field)
			throw new Error(`no ${selector} at ${this.url}`);
		put(field, text);
	}

	// Fills what is open on the page in one go, as a person would without a script; from the second turn on also what was refused.
	fill(turn) {
		const form = this.$('main form[method=post] [name^="q/"]')?.closest('form'), seen = new Set();
		for (const e of form ? form.querySelectorAll('input[name^="q/"],select[name^="q/"],textarea[name^="q/"]') : []) {
			const type = e.getAttribute('type') || 'text', name = e.getAttribute('name');
			if (seen.has(name) || type === 'hidden' || type === 'file' || e.hasAttribute('disabled') || e.hasAttribute('readonly'))
				continue;
			seen.add(name);
			const wrong = turn > 0 && e.closest('.fld,fieldset,tr')?.querySelector('.emsg,.err,[aria-invalid=true]');
			if (type === 'radio' || type === 'checkbox')
				this.choose([...form.querySelectorAll(`input[type=${type}]`)].filter((o) => o.getAttribute('name') === name), e, wrong, turn);
			else if (valueOf(e) && !wrong)
				continue;
			else if (e.tagName === 'SELECT')
				this.choose(optionsOf(e), e, wrong, turn);
			else
				put(e, this.words_for(e, name, type, turn));
		}
	}
	words_for(e, name, type, turn) {
		const born = /birth|born/.test(name), fixed = { email: 'robot@example.org', time: '10:00', 'datetime-local': '2026-11-10T10:00' };
		if (type === 'date')
			return born ? '1988-05-04' : ['2026-11-10', '2026-12-10', '2026-11-17', '2020-03-02'][turn % 4];
		const part = name.match(/\.([dmy])$/)?.[1];
		if (part)
			return { d: '4', m: '5', y: born ? '1988' : '2026' }[part];
		const hint = e.getAttribute('placeholder'), number = type === 'number' || /numeric|decimal/.test(e.getAttribute('inputmode') || '');
		const sample = /phone|mobile|telephone|whatsapp/.test(name) ? this.samples.phone : /number|identi|document|id$/.test(name) ? this.samples.identifier : '';
		if (sample && turn % 2 === 0)
			return sample;
		const tries = number ? [e.getAttribute('min') || '1', '2', '30', '100', ''] : [hint && !/…/.test(hint) ? hint : 'Robotian', 'Seen today', '3', ''];
		return fixed[type] || tries[turn % tries.length];
	}
	// One of the options: what leads onwards, the second worst of a scale (so that there is something to plan for), no to yes or no.
	choose(options, e, refused, turn) {
		// what was only missing is answered as if it had been there at once
		const wrong = refused && (e.tagName === 'SELECT' ? valueOf(e) : options.some(isChecked));
		const value = (o) => o.getAttribute('value'), name = e.getAttribute('name');
		const wanted = /_(plan|need)$/.test(name) && options.find((o) => value(o) === 'yes');       // "no" may stand there from the start
		if (!options.length || (e.tagName !== 'SELECT' && options.some(isChecked) && !wrong && (!wanted || isChecked(wanted))))
			return;
		const meaning = (o) => Number(o.closest('.lo')?.className.match(/\bl(\d)/)?.[1] || 0);
		const places = e.closest('.pl') && [...e.closest('fieldset').querySelectorAll('.pl select')];       // an order: each place another
		let pick = options.find((o) => onwards.some((p) => p.test(value(o))));
		if (!pick && options.some(meaning))
			pick = options.find((o) => meaning(o) === 2) || [...options].sort((a, b) => meaning(a) - meaning(b))[0];
		if (!pick && options.some((o) => value(o) === 'yes'))
			pick = options.find((o) => value(o) === (/consent|agree|need|accept|able|read_aloud|informed|_plan$/.test(name) ? 'yes' : 'no'));
		if (places)
			pick = options[places.indexOf(e) % options.length];
		else if (!pick && e.getAttribute('type') === 'checkbox' && !wrong)
			pick = options[0];
		else if (!pick || wrong)
			pick = options[(Math.floor(options.length * 0.7) + turn) % options.length];
		if (e.tagName === 'SELECT')
			put(e, value(pick));
		else
			check(pick);
	}

	// Page by page to the end of a form; each page tried until the server takes it.
	async fillForm() {
		for (let pages = 0; pages < 80; pages++) {
			const here = this.url.split(/[?#]/)[0];
			await this.look(this);
			for (let turn = 0; turn < 6; turn++) {
				this.fill(turn);
				// without a script, what follows from the answers comes when it is asked for
				for (let i = 0; i < 2 && turn === 0 && this.$('main .sv button.noscript'); i++) {
					await this.press('main .sv button.noscript');
					this.fill(turn);
				}
				await this.press('main button[name=do][value=next]');
				if (!this.problems)
					break;
				if (turn === 5)
					throw new Error(`the form does not take it at ${this.url}: ${this.problems}`);
			}
			if (!this.$('main button[name=do][value=next]'))
				return;
			if (this.url.split(/[?#]/)[0] === here)
				throw new Error(`"next" stays at ${here}`);
		}
		throw new Error('a form without an end');
	}

	// What a form's overview offers: begin, go on with the page that is open, finish.
	async doForm() {
		const open = ['assessments', 'profile', 'cases/new'].map((part) => `main a.btn.pri[href*="/${part}/"]`).join(',');
		for (let i = 0; i < 14; i++) {
			const finish = this.$('main form button[name=do][value=submit]:not([disabled]):not([aria-disabled])');
			if (this.$('main button[name=do][value=next]')) {
				await this.fillForm();
			} else if (finish) {
				if (this.$('main #confirmed'))
					check(this.$('main #confirmed'));
				await this.look(this);
				await this.press('main form button[name=do][value=submit]');
				if (!this.problems)
					return;
				const missing = this.hrefs('.errsum a').find((href) => href.split('#')[0] !== this.url.split('#')[0]);
				if (missing)
					await this.send(missing);
			} else {
				await this.press(this.$(open) ? open : 'main form[method=post] button.pri');
			}
		}
		throw new Error(`the form does not finish at ${this.url}: ${this.problems}`);
	}

	// Yes to the case's own purpose, which the bundle calls case_management.
	async consent() {
		for (const field of this.all('main [name=given_by]'))
			put(field, 'Robotian');
		await this.press('main form:has([value=case_management]) button[value=give]');
		assert.equal(this.problems, '', `consents at ${this.url}`);
	}

	async rank() {
		const ranks = this.all('main [name=rank]');
		if (!ranks.length)
			throw new Error(`no need to put in order at ${this.url}`);
		ranks.forEach((field, i) => put(field, String(i + 1)));
		await this.press('main button[name=do][value=rank]');
	}

	async addGoals() {
		const plan = this.url;
		for (const href of [...new Set(this.hrefs('main a[href*="plan/goals/new?need="]'))]) {
			await this.send(href);
			await this.look(this);
			for (const [name, text] of [['statement', 'A goal'], ['plain', 'We reach it'], ['expected_change', 'Seen on two visits'], ['due_on', '2027-01-20']])
				this.write(`main [name=${name}]`, text);
			await this.press('main form:has([name=statement]) button.pri');
			assert.equal(this.problems, '', `goal at ${this.url}`);
		}
		await this.send(plan);
		for (const href of [...new Set(this.hrefs('main a[href*="/actions/new"]'))]) {
			await this.send(href);
			await this.look(this);
			this.write('main [name=what]', 'A step');
			const actor = this.$('main [name=actor][value=worker]');
			if (actor)
				check(actor);
			else
				this.write('main select[name=actor]', 'worker');
			this.write('main [name=actor_name]', 'Robotian');
			this.write('main [name=due_on]', '2026-12-20');
			await this.press('main form:has([name=what]) button.pri');
			assert.equal(this.problems, '', `action at ${this.url}`);
		}
		await this.send(plan);
	}

	async plan() {
		await this.look(this);
		await this.addGoals();
		if (this.$('main form:has([name=review_on]) button')) {
			for (const [name, value] of [['contact_schedule', 'A visit every two weeks'], ['review_on', '2027-01-25']])
				if (this.$(`main [name=${name}]`) && !valueOf(this.$(`main [name=${name}]`)))
					this.write(`main [name=${name}]`, value);
			await this.press('main form:has([name=review_on]) button');
		}
		await this.look(this);
	}

	// Both sign, the family first; gives how many did.
	async sign() {
		for (let n = 0; ; n++) {
			if (!this.$('main form button[name=do][value=sign]'))
				return n;
			if (this.$('main form [name=name]'))
				this.write('main form [name=name]', 'Robotian');
			await this.press('main form button[name=do][value=sign]');
			assert.equal(this.problems, '', `signing at ${this.url}`);
		}
	}

	// A step's own page: whatever it asks, then its button.
	async takeStep(href, worker) {
		await this.send(href);
		await this.look(this);
		for (const field of this.all('main form select'))
			put(field, (optionsOf(field).find((o) => o.getAttribute('value') === worker) || optionsOf(field).find((o) => o.hasAttribute('selected')) || optionsOf(field)[0])?.getAttribute('value') || '');
		for (const field of this.all('main form input[type=radio]'))
			if (field.getAttribute('value') === worker)
				check(field);
		for (const field of this.all('main form textarea'))
			put(field, valueOf(field) || 'As agreed.');
		if (!this.$('main form button.pri'))
			return false;
		await this.press('main form button.pri');
		return !this.problems;
	}

	// One thing that the case page says is missing; false when nothing was done, else how many signed or true.
	async mend(href, worker) {
		if (/\/assign$/.test(href))
			return this.takeStep(href, worker);
		await this.send(href);
		if (this.status !== 200)
			return false;
		const kind = new URL(this.url).pathname.split('/').slice(5).join('/');
		if (kind.startsWith('profile') || kind.startsWith('assessments'))
			await this.doForm();
		else if (kind.startsWith('consents'))
			await this.consent();
		else if (kind.startsWith('needs'))
			await this.rank();
		else if (kind.startsWith('plan'))
			return await this.plan(), await this.sign() || true;
		else
			return false;
		return true;
	}

	// From the door to the signed plan. people: { registrar, supervisor, worker } are keys of personas, workerName its user name.
	// avoid: steps that lead away from a plan. Gives the number of the case.
	async mainJob(instance, people, avoid = /^$/) {
		await this.be(instance, people.registrar, 'cases/new');
		await this.look(this);
		await this.press('main form[method=post] button.pri, main form[method=post] button');
		await this.doForm();
		const number = this.url.match(/cases\/([A-Z]+-\d+-\d+)/)?.[1];
		assert.ok(number, `the intake ends at ${this.url}: ${this.words.slice(0, 400)}`);
		const order = [...new Set([people.worker, people.supervisor, people.registrar])], seen = [], taken = new Set();
		let idle = 0, signatures = 0;
		for (let turn = 0; turn < 60 && idle < order.length; turn++) {
			await this.be(instance, order[0], `cases/${number}`);
			if (this.status === 200)
				await this.look(this);
			const fresh = (href) => !avoid.test(href) && !taken.has(`${order[0]} ${href}`);
			const forward = this.hrefs('.gate a.btn.pri[href*="/steps/"]').filter(fresh), unmet = this.hrefs('#gate-needs li.down a');
			const aside = avoid.source === '^$' ? [] : this.hrefs('.gate a.btn[href*="/steps/"]:not(.pri)').filter(fresh);
			seen.push(`${order[0]}: ${[...this.all('.gate b'), ...this.all('#gate-needs li')].map((e) => `${e.className === 'down' ? '✗ ' : ''}${e.textContent.trim()}`).join('; ') || this.status} → ${[...forward, ...unmet, ...aside].map((h) => h.split('/').slice(6).join('/'))}`);
			const step = async (href) => taken.add(`${order[0]} ${href}`) && this.takeStep(href, people.workerName);
			let done = forward.length ? await step(forward[0]) : false;
			for (const href of done ? [] : unmet)
				done = done || await this.mend(href, people.workerName).catch((e) => { throw new Error(`${order[0]}: ${href}: ${e.message}`); });
			done = done || (aside.length ? await step(aside[0]) : false);
			signatures += typeof done === 'number' ? done : 0;
			if (signatures > 1)
				return number;
			idle = done ? 0 : idle + 1;
			if (!done)
				order.push(order.shift());
		}
		throw new Error(`stuck with ${number}:\n${seen.slice(0, 9).join('\n')}`);
	}
}
