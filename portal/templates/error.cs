<?cs # Any refusal: Error.Text, Error.Reference, Error.Url and Error.Label (the way out); Error.Kept lists what was typed (Id, Label, Value). ?>
<?cs include!"layout.cs" ?>
<?cs call:page_head() ?>
<section class="c n" aria-label="<?cs var:t("What you can do") ?>"><p class="m"><?cs var:Error.Text ?></p>
<?cs each:kept = Error.Kept ?><div class="fd"><label for="kept-<?cs var:kept.Id ?>"><?cs var:kept.Label ?></label><textarea id="kept-<?cs var:kept.Id ?>" rows="3" readonly><?cs var:kept.Value ?></textarea></div><?cs /each ?>
<?cs if:Error.Url ?><p class="two"><a class="b p" href="<?cs var:url(Error.Url) ?>"><?cs var:Error.Label ?></a></p><?cs /if ?>
<?cs if:Error.Reference ?><p class="m"><?cs var:t1("If you call the office about it, say this: %1", Error.Reference) ?></p><?cs /if ?></section>
<?cs call:page_foot() ?>
