// SPDX-License-Identifier: Apache-2.0
//
// What a step of the workflow asks for besides its comment, by the bundle's "asks": a worker, an
// office, a date, the outcome. Each is refused without, and does what it says.
import { test, assert, instance, sql, Visitor } from './web.mjs';

instance('demo');
const supervisor = new Visitor('/demo/staff', { headers: { 'Accept-Language': 'en' } }).persona('supervisor');
const caseOf = (number, columns) => sql('demo', `SELECT ${columns} FROM casefile WHERE number = '${number}'`);
const office = sql('demo', "SELECT office FROM user WHERE username = (SELECT username FROM user WHERE role = 'supervisor' LIMIT 1)");
const inOffice = (stage, more = '') => sql('demo', `SELECT number FROM casefile WHERE stage = '${stage}' AND office = '${office}' ${more} LIMIT 1`);

test('a case page offers the way on first, never the end', () => {
	const number = inOffice('registered');
	const gate = supervisor.get(`cases/${number}`).body.match(/<div class="gate">.*?<\/div>/s)[0];
	assert.match(gate, /class="btn sm pri" href="[^"]*\/steps\/assign"/);
	assert.match(gate, /class="btn sm" href="[^"]*\/steps\/answer_and_end"/);
});
test('naming the worker asks who, and that one has the case', () => {
	const number = inOffice('registered');
	const page = supervisor.get(`cases/${number}/steps/assign`);
	const worker = page.body.match(/name="worker" value="([^"]+)"/)[1];
	assert.equal(supervisor.post(`cases/${number}/steps/assign`, { comment: '' }).status, 422);
	assert.equal(supervisor.post(`cases/${number}/steps/assign`, { worker: 'nobody' }).status, 422);
	assert.equal(caseOf(number, 'stage'), 'registered');
	assert.equal(supervisor.post(`cases/${number}/steps/assign`, { worker }).status, 303);
	assert.equal(sql('demo', `SELECT u.username || ' ' || c.stage FROM casefile c JOIN user u ON u.id = c.owner_id WHERE c.number = '${number}'`), `${worker} assigned`);
});
test('suspending asks until when: that is the new deadline', () => {
	const number = inOffice('active');
	supervisor.get(`cases/${number}/steps/suspend`);
	const refused = supervisor.post(`cases/${number}/steps/suspend`, { comment: 'Away to harvest', date: '2020-01-01' });
	assert.equal(refused.status, 422);
	assert.match(refused.text, /still to come/);
	assert.match(refused.body, /Away to harvest/);
	assert.equal(supervisor.post(`cases/${number}/steps/suspend`, { comment: 'Away to harvest', date: '2027-03-01' }).status, 303);
	assert.equal(caseOf(number, "stage || ' ' || stage_due_on"), 'suspended 2027-03-01');
});
test('a transfer asks for the office; its worker is still to be named', () => {
	const number = inOffice('active');
	const page = supervisor.get(`cases/${number}/steps/transfer`);
	const other = page.body.match(/<select[^>]*name="office".*?<option value="([a-z_]+)"/s)[1];
	assert.notEqual(other, office);
	assert.equal(supervisor.post(`cases/${number}/steps/transfer`, { comment: 'Moved house', office: 'nowhere' }).status, 422);
	assert.equal(supervisor.post(`cases/${number}/steps/transfer`, { comment: 'Moved house', office }).status, 422, 'its own office is none to move to');
	const moved = supervisor.post(`cases/${number}/steps/transfer`, { comment: 'Moved house', office: other });
	assert.equal(moved.status, 303);
	assert.match(moved.location, /\/cases$/);
	assert.equal(caseOf(number, "office || ' ' || coalesce(owner_id, 'nobody') || ' ' || stage"), `${other} nobody registered`);
});
