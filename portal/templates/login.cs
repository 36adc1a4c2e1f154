<?cs # Ended: what happened before; Personas (demo mode): Key Name Title; Fields, Next, SendUrl, PersonaUrl; Sends: a code will be sent. ?>
<?cs include!"layout.cs" ?>
<?cs call:page_head() ?>
<?cs call:note("info", Ended) ?>
<?cs call:errsum(Problems) ?>
<?cs if:Personas ?><section class="c" aria-labelledby="people"><h2 id="people"><?cs var:t("Sign in as one of these people") ?></h2>
<form method="post" action="<?cs var:url(PersonaUrl) ?>"><input type="hidden" name="next" value="<?cs var:Next ?>"><?cs each:person = Personas ?><p><button class="b" name="persona" value="<?cs var:person.Key ?>"><bdi><?cs var:person.Name ?></bdi><span class="m"><?cs var:person.Title ?></span></button></p><?cs /each ?></form></section><?cs /if ?>
<section class="c" aria-labelledby="way"><h2 id="way"><?cs if:Personas ?><?cs var:t("Or as a family does") ?><?cs else ?><?cs var:t("Who are you?") ?><?cs /if ?></h2>
<form method="post" action="<?cs var:url(SendUrl) ?>"><input type="hidden" name="next" value="<?cs var:Next ?>"><?cs each:f = Fields ?><?cs call:field(f) ?><?cs /each ?><p><button class="b p"><?cs if:Sends ?><?cs var:t("Send me a code") ?><?cs else ?><?cs var:t("Next") ?><?cs /if ?></button></p></form></section>
<?cs call:page_foot() ?>
