// SPDX-License-Identifier: Apache-2.0
//
// The whole story of a family in one sitting: taken in, assigned, profiled, assessed, planned,
// returned once, approved, signed; read as one chain on the case page and in the family's words
// on the portal. Then the same forms without JavaScript.
import fs from 'node:fs';
import path from 'node:path';
import { story, visit, axe, fits, assert, done, base } from './browser.mjs';
import { answer, next, button, step, heading, choose, write, goTo } from './hands.mjs';

for (const [how, family, options] of [['', 'Testyan', {}], [', without JavaScript', 'Scriptian', { javaScriptEnabled: false }]])
await story(`a family is taken in, assessed, planned, approved and reads its plan${how}`, async (page) => {
	const js = options.javaScriptEnabled !== false;
	const check = js ? axe : async () => {};
	// what follows from the answers: by itself, or by the button that stands there without a script
	const follow = async (name) => js ? undefined : await button(page, name);

	// --- the front desk
	await visit(page, 'armenia', 'registrar', 'cases/new');
	await button(page, 'Start');
	await answer(page, { 'notice/intake_point': 1, 'notice/channel': 1, 'notice/source': 1, 'notice/urgent_response': 'no' });
	await next(page);
	// somebody known already: the warning comes while it is typed
	await write(page, 'person/given_name', 'Mariam');
	await write(page, 'person/family_name', 'Grigoryan');
	await choose(page, 'person/sex', 'female');
	await follow('Show what follows from the answers');
	await page.getByRole('heading', { name: /known/i }).waitFor();
	await check(page);
	await answer(page, { 'person/given_name': 'Astghik', 'person/family_name': family, 'person/sex': 'female', 'person/date_of_birth': '1991-03-08',
		'person/birth_estimated': 'no', 'person/phone': '+374 00 771 234', 'person/phone_safe': 'yes', 'person/language': 1 });
	await next(page);
	await answer(page, { 'home/subject_type': 'household', 'home/people_total': '3', 'home/locality': 'Gyumri', 'home/address': '14 Test street', 'home/displaced_from': 'no' });
	await next(page);
	await answer(page, { 'situation_group/situation': 1, 'situation_group/situation_words': 'The roof leaks and there is no work.' });
	await next(page);
	await answer(page, { 'decision_group/decision': 'open' });
	await next(page);
	await answer(page, { 'consent_group/consent_case': true, 'consent_group/consent_sharing': 'yes', 'consent_group/consent_messages': 'yes', 'consent_group/consent_portal': 'yes',
		'consent_group/consent_reporting': 'yes', 'consent_group/consent_method': 1, 'consent_group/consent_by': `Astghik ${family}` });
	await next(page);
	await check(page);
	// the second family resembles the first one's: the page says so before it is sent, and asks
	if (await page.locator('#confirmed').count())
		await page.locator('#confirmed').check();
	await button(page, 'Finish the intake');
	const number = page.url().match(/cases\/([A-Z]+-\d+-\d+)/)[1];
	assert.match(await heading(page), new RegExp(family));
	const at = `cases/${number}`;
	await step(page, 'Accept the notice');

	// --- the division head names the worker
	await visit(page, 'armenia', 'supervisor', `${at}/assign`);
	await choose(page, 'worker', 'anahit', '');
	await button(page, 'Name the worker');
	assert.match(await page.locator('main').innerText(), /Anahit Sargsyan/);

	// --- the worker opens the case and fills the profile
	await visit(page, 'armenia', 'worker', at);
	await step(page, 'Open the case');
	await goTo(page, `${at}/profile`);
	await button(page, /^(Start|Begin|Fill)/);
	await page.getByRole('button', { name: /Add another/ }).first().click();
	await page.locator('[name="q/household/members[2]/given_name"]').waitFor();
	await answer(page, { 'household/members[2]/given_name': 'Karen', 'household/members[2]/family_name': family, 'household/members[2]/sex': 'male',
		'household/members[2]/date_of_birth': '2019-05-01', 'household/members[2]/role': 'child' });
	await next(page);
	await answer(page, { 'living/dwelling': 1, 'living/rooms': '2', 'living/heating': 1, 'living/income_band': 'under_70', 'living/benefits_now': 'none' });
	await next(page);
	await answer(page, { 'resources/strengths': 'Astghik sews and has a machine.', 'resources/motivation': '8' });
	await next(page);
	await goTo(page, `${at}/profile`);
	await page.getByRole('link', { name: /Continue|Go on|Check/ }).first().click().catch(() => {});
	await button(page, 'Finish');
	assert.match(await page.locator('main').innerText(), /Profile finished/);
	await goTo(page, at);
	assert.match(await page.locator('section:has(#family)').innerText(), /Astghik[\s\S]*Karen/);

	// --- the comprehensive assessment, with live relevance and score
	await goTo(page, `${at}/assessments`);
	await button(page, 'Start');
	await answer(page, { 'visit/performed_on': '2026-11-17', 'visit/sources': 1, 'visit/rooms': '2' });
	await next(page);
	assert.equal(await page.locator('[name="q/housing/housing_need"]').count(), 0);
	await choose(page, 'housing/housing_severity', '4');
	await follow('Work out the score');
	await page.locator('[name="q/housing/housing_need"]').first().waitFor({ state: 'attached' });
	await page.locator('#score .lv2').first().waitFor();
	await check(page);
	await answer(page, { 'housing/housing_situation': 'The roof leaks over both beds.', 'housing/heating_works': 1, 'housing/damp': 'yes', 'housing/arrears': 'no',
		'housing/housing_danger': 'no', 'housing/housing_client_view': 'I want a dry bed for my son.', 'housing/housing_need': 'yes' });
	assert.equal(await page.locator('[name="q/housing/arrears_amount"]').count(), 0);
	await next(page);
	await answer(page, { 'income/income_situation': 'One pension for two people.', 'income/debt': 'no', 'income/income_severity': '3', 'income/income_need': 'yes',
		'income/income_strengths': 'Astghik sews and has a machine.' });
	for (let i = 0; i < 12 && !/assessments\/\d+$/.test(page.url()); i++)
		await answer.rest(page, follow) && await next(page);
	await check(page);
	await button(page, 'Finish');
	assert.match(await heading(page), new RegExp(family));
	const chain = () => page.locator('table.chain').innerText();
	assert.match(await chain(), /N1[\s\S]*roof leaks over both beds[\s\S]*N2/);
	await step(page, 'Finish the assessment');

	// --- what comes first for the family
	await goTo(page, `${at}/needs`);
	const ranks = page.locator('[name=rank]');
	for (let i = 0; i < await ranks.count(); i++)
		await ranks.nth(i).fill(String(i + 1));
	await button(page, 'Save the order');

	// --- the plan
	await goTo(page, `${at}/plan`);
	const needs = await page.getByRole('link', { name: /^Add a goal for N/ }).count();
	assert.ok(needs >= 2, `${needs} needs`);
	for (let i = 1; i <= needs; i++) {
		await page.getByRole('link', { name: `Add a goal for N${i}`, exact: true }).click();
		await page.locator('[name=statement]').fill(`Goal for need ${i}`);
		await page.locator('[name=plain]').fill(`You and we reach goal ${i}.`);
		await page.locator('[name=expected_change]').fill('Seen on two visits');
		await page.locator('[name=due_on]').fill('2027-02-01');
		await button(page, 'Save the goal');
		await page.getByRole('link', { name: `Add an action to goal ${i}.1`, exact: true }).click();
		await page.locator('[name=what]').fill(`Action for goal ${i}`);
		await choose(page, 'actor', 'worker', '');
		await page.locator('[name=actor_name]').fill('Anahit');
		await page.locator('[name=due_on]').fill('2026-12-20');
		await button(page, 'Save the action');
	}
	await page.locator('[name=contact_schedule]').fill('A home visit every two weeks.');
	await page.locator('[name=review_on]').fill('2027-02-10');
	await button(page, 'Save');
	await check(page);
	await fits(page);
	await step(page, 'Send the programme for approval');

	// --- returned once, with a comment; then approved
	await visit(page, 'armenia', 'supervisor', 'approvals');
	await page.getByRole('link', { name: new RegExp(`Read and decide.*${family}`) }).click();
	await button(page, 'Return the programme');
	await page.locator('[name=comment]').fill('Say who pays for the roof.');
	await button(page, 'Return the programme');
	await visit(page, 'armenia', 'worker', `${at}/plan`);
	assert.match(await page.locator('main').innerText(), /Say who pays for the roof/);
	await step(page, 'Send the programme for approval');
	await visit(page, 'armenia', 'supervisor', `${at}/plan`);
	await step(page, 'Approve the programme');

	// --- both sign
	await visit(page, 'armenia', 'worker', `${at}/plan`);
	await page.locator('[name=name]').fill(`Astghik ${family}`);
	await button(page, 'The family agrees and signs');
	await button(page, 'I sign as the worker');
	assert.match(await page.locator('section:has(#agreed)').innerText(), /Astghik[\s\S]*Anahit/);

	// --- one chain, and everything in order on the timeline
	await goTo(page, at);
	assert.match(await chain(), /N1[\s\S]*1\.1[\s\S]*Goal for need 1[\s\S]*N2[\s\S]*2\.1/);
	await check(page);
	await goTo(page, `${at}/timeline`);
	const told = await page.locator('ol.tl').innerText();
	for (const words of ['signed', 'Programme approved', 'Programme returned', 'Assessment finished', 'Notice accepted'])
		assert.ok(told.includes(words), `timeline: ${words}`);

	// --- the family signs in with the code it is sent, and reads the plan in its own words
	await page.goto(`${base}/armenia/portal/login?lang=en`);
	await page.locator('#number').fill(number);
	for (const [part, value] of [['d', '8'], ['m', '3'], ['y', '1991']])
		await page.locator(`[name="date_of_birth.${part}"]`).fill(value);
	await page.locator('form[action="/armenia/portal/login"] button').click();
	const sent = fs.readFileSync(path.join(process.env.COMPASS_VAR, 'instances/armenia/messages.log'), 'utf8').trim().split('\n').pop();
	await page.locator('#code').fill(sent.match(/\b\d{6}\b/g).pop());
	await page.locator('form[action="/armenia/portal/login/code"] button').click();
	await page.waitForURL(/\/portal\/$/);
	await page.goto(`${base}/armenia/portal/plan`);
	assert.match(await page.locator('main').innerText(), /Action for goal 1/);
	await check(page);
}, options);

await done();
