// SPDX-License-Identifier: Apache-2.0
//
// My week for those without cases of their own: who leads a team sees its load, what is late and what waits for a decision;
// who takes families in, those of today and what is half typed.
import { assert, instance, sql, test, Visitor } from './web.mjs';

instance('desk', 'demo');
const someone = (as) => new Visitor('/desk/staff', { as, headers: { 'Accept-Language': 'en' }, now: '2026-11-17T06:00:00Z' });
const supervisor = someone('supervisor'), registrar = someone('registrar');
const office = sql('desk', "SELECT office FROM user WHERE username = 'supervisor'");

test('a supervisor sees the load of each worker, who is behind most first, and the overdue cases of all', () => {
	sql('desk', `UPDATE casefile SET stage_due_on = '2026-11-01' WHERE id IN (SELECT id FROM casefile WHERE office = '${office}' AND closed_on IS NULL AND owner_id IS NOT NULL LIMIT 3)`);
	const page = supervisor.get('');
	assert.equal(page.status, 200);
	const rows = [...page.body.matchAll(/<a class="t" href="\/desk\/staff\/cases\?worker=([^"]+)">.*?<td class="r">(.*?)<\/td><td class="r">(.*?)<\/td>/gs)].map((match) => [match[1], ...match.slice(2).map((cell) => Number(cell.replace(/<[^>]*>/g, '')))]);
	const expected = sql('desk', `SELECT u.username, (SELECT count(*) FROM casefile f WHERE f.owner_id = u.id AND f.closed_on IS NULL),
		(SELECT count(*) FROM casefile f WHERE f.owner_id = u.id AND f.closed_on IS NULL AND f.stage_due_on < '2026-11-17') AS late
		FROM user u WHERE u.office = '${office}' AND u.role = 'case_worker' AND u.is_active = 1`).split('\n').map((line) => line.split('|')).map(([name, ...n]) => [name, ...n.map(Number)]);
	assert.deepEqual([...rows].sort(), expected.sort());
	assert.deepEqual(rows.map((row) => row[2]), rows.map((row) => row[2]).sort((a, b) => b - a));
	const late = sql('desk', `SELECT count(*) FROM casefile WHERE office = '${office}' AND closed_on IS NULL AND stage_due_on < '2026-11-17'`);
	assert.match(page.text, new RegExp(`Overdue in the team ${late} cases? All cases`));
	assert.ok(page.links.includes('/desk/staff/cases?flag=overdue'));
	assert.doesNotMatch(page.text, /You carry no open case|No appointment today/);
	assert.equal(supervisor.get(`cases?worker=${rows[0][0]}`).status, 200);
});

test('plans that wait for a decision are among what needs the supervisor', () => {
	const plan = sql('desk', `SELECT p.casefile_id, f.number FROM plan p JOIN casefile f ON f.id = p.casefile_id WHERE f.office = '${office}' AND p.status = 'proposed' LIMIT 1`) ||
		sql('desk', `SELECT p.casefile_id, f.number FROM plan p JOIN casefile f ON f.id = p.casefile_id WHERE f.office = '${office}' AND p.status = 'active' LIMIT 1`);
	const [id, number] = plan.split('|');
	sql('desk', `UPDATE plan SET status = 'proposed', proposed_at = 1000 WHERE casefile_id = ${id}`);
	const page = supervisor.get('');
	assert.match(page.text, /A plan waits for your decision/);
	assert.ok(page.links.some((link) => link.startsWith(`/desk/staff/cases/${number}`)));
});

test('a registrar sees the families taken in today, and the intakes that are half typed', () => {
	assert.match(registrar.get('').text, /Taken in today.*No family was taken in today/);
	const [first, other] = sql('desk', `SELECT number FROM casefile WHERE office = '${office}' AND closed_on IS NULL LIMIT 2`).split('\n');
	sql('desk', `UPDATE casefile SET opened_on = '2026-11-17' WHERE number = '${first}'; UPDATE casefile SET opened_on = '2026-11-16' WHERE number = '${other}'`);
	const draft = registrar.post('cases/new').location.match(/new\/(\d+)/)[1];
	const page = registrar.get('');
	const taken = page.body.slice(page.body.indexOf('id="caseload"'));
	assert.ok(taken.includes(`/desk/staff/cases/${first}"`));
	assert.ok(!taken.includes(`/desk/staff/cases/${other}"`));
	assert.match(page.text, /Intake begun on/);
	assert.ok(page.links.includes(`/desk/staff/cases/new/${draft}`));
	assert.doesNotMatch(page.text, /No appointment today|My caseload/);
});

test('who works with cases has their agenda and caseload as before', () => {
	const page = someone('worker').get('');
	assert.match(page.text, /My week.*Needs you.*My caseload/);
	assert.doesNotMatch(page.text, /The team/);
	assert.match(someone('supervisor').get('?week=2026-11-17').text, /The team.*My week/);
});
