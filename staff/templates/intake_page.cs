<?cs include!"layout.cs" ?>
<?cs call:page_head("assessment") ?>
<?cs call:phead(Head) ?>
<?cs call:errsum(Problems) ?>
<?cs call:filling_intake(Form, Duplicates) ?>
<p class="row"><a href="<?cs var:url(FormUrl) ?>"><?cs var:t("Check all answers") ?></a><?cs if:Saved ?><span class="sp sm mut" role="status"><?cs call:icon("check") ?> <?cs var:Saved ?></span><?cs /if ?></p>
<?cs call:page_foot() ?>
