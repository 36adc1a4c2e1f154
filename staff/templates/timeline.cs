<?cs include!"layout.cs" ?>
<?cs call:page_head("timeline") ?>
<?cs call:phead(Head) ?>
<?cs call:tabs(Tabs) ?>
<section class="card" aria-labelledby="timeline"><h2 class="vh" id="timeline"><?cs var:t("Timeline") ?></h2><div class="bd"><?cs call:chips(Chips, t("Show")) ?></div><div class="bd"><?cs if:Entries ?><?cs call:timeline(Entries) ?><?cs call:pager(Pager) ?><?cs else ?><?cs call:empty(Empty) ?><?cs /if ?></div></section>
<?cs call:page_foot() ?>
