// SPDX-License-Identifier: Apache-2.0
//
// A page's forms read as a browser reads them, filled, and sent by each of their buttons; and a walk along all links.
// No test of its own.
import { unescape } from './web.mjs';

const attribute = (tag, name) => {
	const found = tag.match(new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s>])`));
	return found ? unescape(found[1] ?? '') : undefined;
};

// All forms that post: { action, fields: [{ kind, name, value, checked, options }], buttons: [[name, value], …] }
export function formsOf(reply) {
	return [...reply.body.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].filter(([, head]) => /method="post"/.test(head)).map(([, head, inner]) => {
		const form = { action: attribute(` ${head}>`, 'action'), fields: [], buttons: [] };
		for (const [tag, kind] of inner.matchAll(/<(input|textarea|select|button)\b[^>]*>/g)) {
			const name = attribute(tag, 'name'), value = attribute(tag, 'value') ?? '';
			if (kind === 'button')
				form.buttons.push(name ? [name, value] : ['', '']);
			else if (name && kind === 'select')
				form.fields.push({ kind, name, options: [...inner.slice(inner.indexOf(tag)).split('</select>')[0].matchAll(/<option[^>]* value="([^"]*)"[^>]*>/g)].map((m) => unescape(m[1])) });
			else if (name)
				form.fields.push({ kind: kind === 'textarea' ? 'textarea' : attribute(tag, 'type') || 'text', name, value, checked: attribute(tag, 'checked') !== undefined, mode: attribute(tag, 'inputmode') });
		}
		return form;
	});
}

// What is sent for a form: text(field) gives the words for a field one writes in; of choices the first that says something.
export function fill(form, button, text) {
	const data = new URLSearchParams();
	for (const field of form.fields) {
		const { kind, name, value } = field;
		if (kind === 'hidden')
			data.append(name, value);
		else if (kind === 'select')
			data.append(name, field.options.find(Boolean) || '');
		else if (kind === 'radio' || kind === 'checkbox') {
			const group = form.fields.filter((one) => one.name === name && one.kind === kind);
			if (field === (group.find((one) => one.checked) || group[0]))
				data.append(name, value);
		} else if (kind === 'date')
			data.append(name, value || (/birth/.test(name) ? '1990-02-03' : '2026-12-01'));
		else if (kind === 'number' || ['numeric', 'decimal'].includes(field.mode))
			data.append(name, value || '2');
		else if (kind === 'time')
			data.append(name, value || '10:00');
		else if (!['file', 'submit', 'password'].includes(kind))
			data.append(name, text(field));
	}
	if (button[0])
		data.append(button[0], button[1]);
	return data.toString();
}

// Follows every link below `within` from the start pages; look(reply, target) sees each page once. Families of
// addresses that differ only in a case's number beyond `cases` are left out.
export async function walk(visitor, starts, within, look, { most = 400, skip = /[?&](lang|theme|large)=/ } = {}) {
	const seen = new Set(), queue = [...starts];
	while (queue.length && seen.size < most) {
		const target = queue.shift().split('#')[0];
		if (seen.has(target) || skip.test(target))
			continue;
		seen.add(target);
		const reply = await visitor.get(target);
		await look(reply, target);
		if (reply.location)
			queue.push(reply.location);
		for (const link of reply.links)
			if (within.test(link))
				queue.push(link);
	}
	return seen;
}
