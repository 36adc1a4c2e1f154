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

	var summary = document.querySelector('.errsum');
	if (summary)
		summary.focus();
}());
