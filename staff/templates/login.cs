<?cs # Ended: what happened to the sign-in before; Personas (demo mode): Key Name Title Teaser Initials Tint; Fields, Next, SendUrl, PersonaUrl. ?>
<?cs include!"layout.cs" ?>
<?cs call:page_head("login") ?>
<?cs call:phead(Head) ?>
<?cs if:Ended ?><?cs call:note("now", Ended) ?><?cs /if ?>
<?cs call:errsum(Problems) ?>
<?cs if:Personas ?><section class="card" aria-labelledby="people"><div class="hd"><h2 id="people"><?cs var:t("Sign in as one of these people") ?></h2></div><div class="bd">
<form method="post" action="<?cs var:url(PersonaUrl) ?>" class="personas"><input type="hidden" name="next" value="<?cs var:Next ?>">
<?cs each:person = Personas ?><button class="persona" name="persona" value="<?cs var:person.Key ?>"><?cs call:avatar(person.Initials, person.Tint) ?><span><b><bdi><?cs var:person.Name ?></bdi></b><small><?cs var:person.Title ?></small><?cs if:person.Teaser ?><small><?cs var:person.Teaser ?></small><?cs /if ?></span></button>
<?cs /each ?></form></div></section><?cs /if ?>
<section class="card" aria-labelledby="password-way"><div class="hd"><h2 id="password-way"><?cs if:Personas ?><?cs var:t("Or with a user name and password") ?><?cs else ?><?cs var:t("Your user name and password") ?><?cs /if ?></h2></div><div class="bd">
<form method="post" action="<?cs var:url(SendUrl) ?>"><input type="hidden" name="next" value="<?cs var:Next ?>"><?cs each:f = Fields ?><?cs call:field(f) ?><?cs /each ?><button class="btn pri"><?cs var:t("Sign in") ?></button></form></div></section>
<?cs call:page_foot() ?>
