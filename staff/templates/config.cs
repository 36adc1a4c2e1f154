<?cs include!"layout.cs" ?>
<?cs call:page_head("config") ?>
<?cs call:phead(Head) ?>
<?cs if:UpgradeUrl ?><?cs call:note_link("now", t("The bundle's folder has changed."), UpgradeUrl, t("See what will change")) ?><?cs /if ?>
<?cs if:RollbackUrl ?><?cs call:note_link("info", Upgraded, RollbackUrl, t("Go back to before it")) ?><?cs /if ?>
<section class="card" aria-labelledby="bundle"><div class="hd"><h2 id="bundle"><?cs var:t("Bundle") ?></h2></div><div class="bd"><?cs call:facts(Facts) ?></div></section>
<?cs each:s = Sections ?><div class="card"><div class="hd"><h2 id="<?cs var:s.Id ?>"><?cs var:s.Title ?></h2></div><?cs call:datatable(s.Table) ?></div>
<?cs /each ?><?cs call:page_foot() ?>
