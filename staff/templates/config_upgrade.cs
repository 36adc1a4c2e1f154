<?cs include!"layout.cs" ?>
<?cs call:page_head("config") ?>
<?cs call:phead(Head) ?>
<?cs if:Broken ?><?cs call:note("bad", Broken) ?><?cs /if ?><?cs if:Empty.Text ?><section class="card bd" aria-labelledby="state"><h2 class="vh" id="state"><?cs var:t("What will change") ?></h2><?cs call:empty(Empty) ?></section><?cs /if ?>
<?cs each:s = Sections ?><div class="card"><div class="hd"><h2 id="<?cs var:s.Id ?>"><?cs var:s.Title ?></h2></div><?cs call:datatable(s.Table) ?></div>
<?cs /each ?><?cs if:Digest ?><form class="card bd" method="post" action="<?cs var:url(SaveUrl) ?>"><?cs call:csrf() ?><input type="hidden" name="to" value="<?cs var:Digest ?>"><?cs if:CanApply ?><p><?cs var:t("It is taken over whole or not at all. The state before is kept, and you can go back to it.") ?></p><p class="row wrap"><button class="btn pri"><?cs var:t("Take the changes over") ?></button><a class="btn qt" href="<?cs var:url(BackUrl) ?>"><?cs var:t("Leave it as it is") ?></a></p><?cs else ?><?cs call:note("bad", t("It cannot be taken over before each of the changes that cannot be carried over has its mapping.")) ?><p><a class="btn" href="<?cs var:url(BackUrl) ?>"><?cs var:t("Leave it as it is") ?></a></p><?cs /if ?></form><?cs /if ?>
<?cs call:page_foot() ?>
