<?cs include!"layout.cs" ?>
<?cs # A table whose first column keeps to one line: what each role may. ?>
<?cs def:matrix(t) ?><div class="scroll" tabindex="0" role="region" aria-label="<?cs var:t.Caption ?>"><table class="tb"><caption class="vh"><?cs var:t.Caption ?></caption><thead><tr><?cs each:column = t.Columns ?><?cs call:column(column) ?><?cs /each ?></tr></thead><tbody><?cs each:row = t.Rows ?><tr><?cs each:cell = row.Cells ?><?cs if:first(cell) ?><th scope="row" class="nowrap"><?cs var:cell.Text ?></th><?cs else ?><td><?cs var:cell.Text ?></td><?cs /if ?><?cs /each ?></tr><?cs /each ?></tbody></table></div><?cs /def ?>
<?cs call:page_head("config") ?>
<?cs call:phead(Head) ?>
<?cs if:UpgradeUrl ?><?cs call:note_link("now", t("The bundle's folder has changed."), UpgradeUrl, t("See what will change")) ?><?cs /if ?>
<?cs if:RollbackUrl ?><?cs call:note_link("info", Upgraded, RollbackUrl, t("Go back to before it")) ?><?cs /if ?>
<section class="card" aria-labelledby="bundle"><div class="hd"><h2 id="bundle"><?cs var:t("Bundle") ?></h2></div><div class="bd"><?cs call:facts(Facts) ?></div></section>
<?cs each:s = Sections ?><div class="card"><div class="hd"><h2 id="<?cs var:s.Id ?>"><?cs var:s.Title ?></h2></div><?cs if:s.Table.Matrix ?><?cs call:matrix(s.Table) ?><?cs else ?><?cs call:datatable(s.Table) ?><?cs /if ?></div>
<?cs /each ?><?cs call:page_foot() ?>
