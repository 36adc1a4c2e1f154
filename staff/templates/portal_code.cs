<?cs # A sign-in code for the family, shown once: Code, Facts, BackUrl. ?>
<?cs include!"layout.cs" ?>
<?cs call:page_head("portal_code") ?>
<?cs call:phead(Head) ?>
<section class="card bd narrow" aria-labelledby="code"><h2 id="code"><?cs var:t1("The code is %1", Code) ?></h2><?cs call:facts(Facts) ?><p><?cs var:t("Tell it to the contact person only. It works once, for 15 minutes, with the case number and the person's date of birth.") ?></p><p><a class="btn" href="<?cs var:url(BackUrl) ?>"><?cs var:t("Back to consent") ?></a></p></section>
<?cs call:page_foot() ?>
