<?cs # Second step: Fields, Number, DateOfBirth, Next, SendUrl, BackUrl; Sends (a code is on its way: ask for another), DemoFile. ?>
<?cs include!"layout.cs" ?>
<?cs call:page_head() ?>
<?cs call:errsum(Problems) ?>
<?cs if:DemoFile ?><?cs call:note("info", t1("In this demonstration nothing is sent. The code stands in the file %1.", DemoFile)) ?><?cs /if ?>
<section class="c n" aria-labelledby="way"><h2 id="way"><?cs var:t("Your code") ?></h2>
<form method="post" action="<?cs var:url(SendUrl) ?>"><input type="hidden" name="number" value="<?cs var:Number ?>"><input type="hidden" name="date_of_birth" value="<?cs var:DateOfBirth ?>"><input type="hidden" name="next" value="<?cs var:Next ?>"><?cs each:f = Fields ?><?cs call:field(f) ?><?cs /each ?><p><button class="b p"><?cs var:t("Sign in") ?></button></p></form>
<p class="m"><?cs var:t("No code? Your agreement to these pages may have ended. Call the office.") ?></p>
<p><a class="k" href="<?cs var:url(BackUrl) ?>"><?cs if:Sends ?><?cs var:t("Ask for a new code") ?><?cs else ?><?cs var:t("Back") ?><?cs /if ?></a></p></section>
<?cs call:page_foot() ?>
