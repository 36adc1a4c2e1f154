// SPDX-License-Identifier: Apache-2.0
//
// What a page may ask of the database, by its line in the log: so many statements, and so many steps of SQLite's
// machine, which must not grow with the number of cases. Counted, not timed: it fails when the page changes, never
// because the machine is busy. To see the statements of a page: COMPASS_TRACE=1 build/staff --once --as worker GET …
import fs from 'node:fs';
import path from 'node:path';
import { assert, home, program, sql, test, variable, Visitor } from './web.mjs';

// the programs that run, not the sanitizers' build: both instances are larger than their bundle
function scaled(name, households) {
	if (fs.existsSync(path.join(variable, 'instances', name, 'case.db')))
		return;
	const made = program('compass', ['new', name, '--bundle', 'demo', '--demo', '--scale', String(households)], { dir: path.join(home, 'build') });
	assert.equal(made.status, 0, made.log);
}
const FEW = 600, MANY = 3000;
scaled('few', FEW);
scaled('many', MANY);

// site, who, page below the site ({case}: each of eight cases of the worker), the most statements it may run;
// 'longer': the page itself is longer where there are more cases, up to its limit
const pages = [
	['staff', 'worker', '', 22], ['staff', 'worker', 'cases', 14], ['staff', 'worker', 'cases/{case}', 26], ['staff', 'worker', 'cases/{case}/plan', 23],
	['staff', 'worker', 'cases/{case}/timeline', 15], ['staff', 'worker', 'cases/{case}/assessments', 27], ['staff', 'supervisor', '', 24],
	['staff', 'supervisor', 'cases', 14], ['staff', 'supervisor', 'approvals', 14, 'longer'], ['staff', 'auditor', 'cases', 14], ['staff', 'auditor', 'cases?sort=name', 14],
	['staff', 'auditor', 'cases?stage=active', 14], ['staff', 'auditor', 'cases?flag=closed', 14], ['staff', 'auditor', 'audit', 12], ['staff', 'auditor', 'cases?q=lopes', 14, 'longer'],
	['portal', 'client', '', 20], ['portal', 'client', 'plan', 17], ['portal', 'client', 'access', 14],
];

function cost(instance, site, who, page) {
	const visitor = new Visitor(`/${instance}/${site}`, { as: who });
	const cases = page.includes('{case}') ? sql(instance, "SELECT number FROM casefile WHERE owner_id = (SELECT id FROM user WHERE username = 'worker')"
		+ " AND status = 'active' ORDER BY id LIMIT 8").split('\n') : [''];
	const sum = { statements: 0, steps: 0 };
	for (const number of cases) {
		const reply = visitor.get(page.replace('{case}', number));
		assert.equal(reply.status, 200, page);
		const line = reply.log.split('\n').filter(Boolean).map((one) => JSON.parse(one)).find((one) => one.event === 'request');
		sum.statements = Math.max(sum.statements, Number(line.statements));
		sum.steps += Number(line.steps) / cases.length;
	}
	return sum;
}

for (const [site, who, page, most, longer] of pages)
	test(`${site} /${page} for ${who}: at most ${most} statements${longer ? '' : `, and no more work at ${MANY} households than at ${FEW}`}`, () => {
		const few = cost('few', site, who, page), many = cost('many', site, who, page);
		assert.ok(few.statements <= most && many.statements <= most, `${few.statements} and ${many.statements} statements`);
		assert.ok(few.steps > 50, 'nothing was counted');
		assert.ok(longer || many.steps <= few.steps * 1.3 + 500, `${many.steps.toFixed(0)} steps, ${few.steps.toFixed(0)} with fewer cases`);
	});
