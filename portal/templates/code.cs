<?cs # Second step: Fields, Number, DateOfBirth, Next, SendUrl, BackUrl. ?>
<?cs include!"layout.cs" ?>
<?cs call:page_head() ?>
<?cs call:errsum(Problems) ?>
<section class="c" aria-labelledby="way"><h2 id="way"><?cs var:t("Your code") ?></h2>
<form method="post" action="<?cs var:url(SendUrl) ?>"><input type="hidden" name="number" value="<?cs var:Number ?>"><input type="hidden" name="date_of_birth" value="<?cs var:DateOfBirth ?>"><input type="hidden" name="next" value="<?cs var:Next ?>"><?cs each:f = Fields ?><?cs call:field(f) ?><?cs /each ?><p><button class="b p"><?cs var:t("Sign in") ?></button></p></form>
<p><a href="<?cs var:url(BackUrl) ?>"><?cs var:t("Ask for a new code") ?></a></p></section>
<?cs call:page_foot() ?>
