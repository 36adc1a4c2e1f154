// SPDX-License-Identifier: Apache-2.0
// Conveniences on pages that work without them: "/" goes to the search field, a form that was
// changed warns before it is left, and a page that came back refused shows its summary.
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

	var summary = document.querySelector('.errsum');
	if (summary)
		summary.focus();
}());
