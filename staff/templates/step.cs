<?cs include!"layout.cs" ?>
<?cs call:page_head("step") ?>
<?cs call:phead(Head) ?>
<?cs call:errsum(Problems) ?>
<section class="card bd narrow" aria-labelledby="what"><h2 id="what"><?cs var:t("What will happen") ?></h2>
<p><?cs var:t2("The case moves from “%1” to “%2”.", From, To) ?><?cs if:Due ?> <?cs var:t1("The next step is due on %1.", Due) ?><?cs /if ?></p>
<?cs if:Guards ?><ul class="con"><?cs each:guard = Guards ?><li class="<?cs if:guard.Met ?>y<?cs else ?>n<?cs /if ?>"><?cs if:guard.Met ?><?cs call:icon("check") ?><?cs else ?><?cs call:icon("x") ?><?cs /if ?><span><?cs var:guard.Text ?><span class="vh">: <?cs if:guard.Met ?><?cs var:t("done") ?><?cs else ?><?cs var:t("not done yet") ?><?cs /if ?></span></span></li><?cs /each ?></ul><?cs /if ?>
<?cs if:Open ?><form method="post" action="<?cs var:url(SaveUrl) ?>" data-dirty><?cs call:csrf() ?><?cs each:f = Fields ?><?cs call:field(f) ?><?cs /each ?><p class="row"><button class="btn pri"><?cs var:Label ?></button><a class="btn qt" href="<?cs var:url(BackUrl) ?>"><?cs var:t("Back to the case") ?></a></p></form>
<?cs else ?><?cs call:note_link("now", t("This step opens when everything above is done."), BackUrl, t("Back to the case")) ?><?cs /if ?></section>
<?cs call:page_foot() ?>
