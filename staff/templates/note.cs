<?cs include!"layout.cs" ?>
<?cs call:page_head("note") ?>
<?cs call:phead(Head) ?>
<?cs call:errsum(Problems) ?>
<form class="card bd narrow" method="post" action="<?cs var:url(SaveUrl) ?>" data-dirty><?cs call:csrf() ?><?cs each:f = Fields ?><?cs call:field(f) ?><?cs /each ?><p class="row"><button class="btn pri"><?cs var:t("Save the note") ?></button><a class="btn qt" href="<?cs var:url(BackUrl) ?>"><?cs var:t("Back to the case") ?></a></p></form>
<?cs call:page_foot() ?>
