<?cs include!"layout.cs" ?>
<?cs call:page_head("cases") ?>
<?cs call:phead(Head) ?>
<section class="card" aria-labelledby="list-title"><h2 class="vh" id="list-title"><?cs var:t("Cases") ?></h2>
<form class="bd flt" method="get" action="<?cs var:url(Url) ?>" role="search" aria-label="<?cs var:t("Search the cases") ?>">
<div class="fld wide"><label for="list-q"><?cs var:t("Name, number, phone or address") ?></label><input type="search" id="list-q" name="q" value="<?cs var:Q ?>" autocomplete="off"></div>
<?cs each:f = Filters ?><?cs call:field(f) ?><?cs /each ?>
<?cs if:Flag ?><input type="hidden" name="flag" value="<?cs var:Flag ?>"><?cs /if ?><?cs if:Sort ?><input type="hidden" name="sort" value="<?cs var:Sort ?>"><?cs /if ?>
<button class="btn"><?cs call:icon("search") ?><?cs var:t("Search") ?></button></form>
<div class="bd tight"><?cs call:chips(Chips, t("Show")) ?></div>
<?cs if:Rows ?><?cs call:case_table(Table, Rows, ShowWorker, t("Cases, those due first unless you sort them")) ?>
<?cs call:pager(Pager) ?><?cs else ?><?cs call:empty(Empty) ?><?cs /if ?></section>
<?cs call:page_foot() ?>
