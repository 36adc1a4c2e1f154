<?cs # A single-use link: choose a password. Facts, Fields, SendUrl. ?>
<?cs include!"layout.cs" ?>
<?cs call:page_head("link") ?>
<?cs call:phead(Head) ?>
<?cs call:errsum(Problems) ?>
<section class="card" aria-labelledby="choose"><div class="hd"><h2 id="choose"><?cs var:t("Your password") ?></h2></div><div class="bd"><?cs call:facts(Facts) ?>
<form method="post" action="<?cs var:url(SendUrl) ?>"><?cs each:f = Fields ?><?cs call:field(f) ?><?cs /each ?><button class="btn pri"><?cs var:t("Set the password and sign in") ?></button></form></div></section>
<?cs call:page_foot() ?>
