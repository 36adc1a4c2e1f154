<?cs # Icons. When they could not be built, nothing is printed, for every use has a word beside it; but yes and no keep a sign. ?>
<?cs def:icon(name) ?><?cs if:asset("icons.svg") ?><svg class="i" aria-hidden="true"><use href="<?cs var:asset("icons.svg") ?>#<?cs var:name ?>"/></svg><?cs elif:name == "check" ?><span class="i" aria-hidden="true">✓</span><?cs elif:name == "x" ?><span class="i" aria-hidden="true">×</span><?cs /if ?><?cs /def ?>
<?cs # For arrows and the like: mirrored on right-to-left pages. ?>
<?cs def:icon_flip(name) ?><?cs if:asset("icons.svg") ?><svg class="i i-flip" aria-hidden="true"><use href="<?cs var:asset("icons.svg") ?>#<?cs var:name ?>"/></svg><?cs /if ?><?cs /def ?>
<?cs # The product's mark. ?>
<?cs def:mark() ?><svg viewBox="0 0 32 32" aria-hidden="true"><rect x="16" y="2" width="19.8" height="19.8" rx="3.2" transform="rotate(45 16 2)" class="mk1"/><path d="M21.6 10.4l-3.1 8.1-8.1 3.1 3.1-8.1z" class="mk2"/><circle cx="16" cy="16" r="1.5" class="mk1"/></svg><?cs /def ?>
<?cs # A strip in the country's own colour; checked in C to be #rrggbb. ?>
<?cs def:accent(colour) ?><?cs if:colour ?><svg class="accent" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true"><rect width="1" height="1" fill="<?cs var:colour ?>"/></svg><?cs /if ?><?cs /def ?>
