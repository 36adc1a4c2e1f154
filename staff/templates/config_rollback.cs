<?cs include!"layout.cs" ?>
<?cs call:page_head("config") ?>
<?cs call:phead(Head) ?>
<?cs call:errsum(Problems) ?>
<?cs each:s = Sections ?><div class="card"><div class="hd"><h2 id="<?cs var:s.Id ?>"><?cs var:s.Title ?></h2></div><?cs call:datatable(s.Table) ?></div>
<?cs /each ?><form class="card bd" method="post" action="<?cs var:url(SaveUrl) ?>"><?cs call:csrf() ?><input type="hidden" name="upgrade" value="<?cs var:Upgrade ?>"><p><?cs var:When ?></p><?cs each:f = Fields ?><?cs call:field(f) ?><?cs /each ?><p class="row wrap"><button class="btn pri"><?cs var:t("Go back") ?></button><a class="btn qt" href="<?cs var:url(BackUrl) ?>"><?cs var:t("Leave it as it is") ?></a></p></form>
<?cs call:page_foot() ?>
