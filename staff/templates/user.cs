<?cs include!"layout.cs" ?>
<?cs call:page_head("users") ?>
<?cs call:phead(Head) ?>
<?cs call:errsum(Problems) ?>
<?cs if:Link ?><section class="card bd narrow" aria-labelledby="link"><h2 id="link"><?cs var:t("Sign-in link") ?></h2><p><?cs var:LinkText ?></p><p class="lnk"><bdi dir="ltr"><?cs var:Link ?></bdi></p><p><a class="btn" href="<?cs var:url(BackUrl) ?>"><?cs var:t("Back to the users") ?></a></p></section>
<?cs else ?><form class="card bd narrow" method="post" action="<?cs var:url(SaveUrl) ?>" data-dirty><?cs call:csrf() ?><?cs each:f = Fields ?><?cs call:field(f) ?><?cs /each ?><p class="row wrap"><button class="btn pri" name="do" value="save"><?cs var:t("Save") ?></button><button class="btn" name="do" value="link"><?cs var:t("Make a sign-in link") ?></button><?cs if:Self ?><?cs elif:Active ?><button class="btn" name="do" value="stop"><?cs var:t("Stop the access") ?></button><?cs else ?><button class="btn" name="do" value="start"><?cs var:t("Give access again") ?></button><?cs /if ?><a class="btn qt" href="<?cs var:url(BackUrl) ?>"><?cs var:t("Back to the users") ?></a></p></form><?cs /if ?>
<?cs call:page_foot() ?>
