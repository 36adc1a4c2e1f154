// SPDX-License-Identifier: Apache-2.0
// Conveniences on pages that work without them: "/" goes to the search field, a form that was
// changed warns before it is left, a page that came back refused shows its summary, and a lost
// connection is told.
(function () {
	'use strict';

	function typing(element) {
		return element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));
	}

	document.addEventListener('keydown', function (event) {
		var field = document.querySelector('[data-find]');
		if (event.key === '/' && field && !typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
			event.preventDefault();
			field.focus();
			field.select();
		}
	});

	var changed = false;
	document.addEventListener('input', function (event) {
		if (event.target.closest && event.target.closest('form[data-dirty]'))
			changed = true;
	});
	document.addEventListener('submit', function (event) {
		changed = false;
		var form = event.target;
		// a second press of the same button sends nothing twice
		if (form.dataset.sent)
			event.preventDefault();
		form.dataset.sent = '1';
		setTimeout(function () { delete form.dataset.sent; }, 4000);
	});
	window.addEventListener('pageshow', function () { changed = false; });
	window.addEventListener('beforeunload', function (event) {
		if (changed)
			event.preventDefault();
	});

	// a fragment that did not arrive: the page says so and the same request is tried again
	var lost = document.getElementById('lost');
	document.addEventListener('htmx:sendError', function (event) {
		var element = event.detail.elt;
		var cause = event.detail.requestConfig.triggeringEvent;
		lost.hidden = false;
		setTimeout(function () {
			if (document.contains(element))
				window.htmx.trigger(element, cause ? cause.type : 'change');
		}, 5000);
	});
	document.addEventListener('htmx:afterOnLoad', function () {
		lost.hidden = true;
	});

	// a fragment replaces the fields that asked for it: what was typed or chosen since then is put back,
	// files stay, the focus stays
	var asked, kept, files, focused;
	function each(form, act) {
		Array.prototype.forEach.call(form.elements, function (field) {
			if (field.name && field.type !== 'hidden' && field.type !== 'submit')
				act(field, /^(radio|checkbox)$/.test(field.type), field.name + '=' + (/^(radio|checkbox)$/.test(field.type) ? field.value : ''));
		});
	}
	function state(form) {
		var values = {};
		each(form, function (field, ticks, key) { values[key] = ticks ? field.checked : field.value; });
		return values;
	}
	document.addEventListener('htmx:beforeRequest', function (event) {
		if (event.target.matches('form[data-live]'))
			asked = state(event.target);
	});
	document.addEventListener('htmx:beforeSwap', function () {
		var form = document.querySelector('form[data-live]');
		if (!form)
			return;
		kept = state(form);
		files = [];
		focused = null;
		each(form, function (field, ticks, key) {
			if (field.type === 'file' && field.files.length)
				files.push(field);
			if (field === document.activeElement)
				focused = { key: key, at: /^(text|textarea|search|tel)$/.test(field.type) ? [field.selectionStart, field.selectionEnd] : null };
		});
	});
	document.addEventListener('htmx:afterSwap', function () {
		var form = document.querySelector('form[data-live]'), later = false;
		if (!form || !kept)
			return;
		each(form, function (field, ticks, key) {
			if (key in kept && field.type !== 'file' && kept[key] !== asked[key]) {
				field[ticks ? 'checked' : 'value'] = kept[key];
				later = true;
			}
			if (focused && focused.key === key) {
				field.focus({ preventScroll: true });
				if (focused.at)
					field.setSelectionRange(focused.at[0], focused.at[1]);
			}
		});
		files.forEach(function (file) {
			if (form.elements[file.name])
				form.elements[file.name].replaceWith(file);
		});
		kept = null;
		if (later)
			window.htmx.trigger(form, 'change');
	});

	var summary = document.querySelector('.errsum');
	if (summary)
		summary.focus();
}());
