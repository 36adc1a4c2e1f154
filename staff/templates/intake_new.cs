<?cs include!"layout.cs" ?>
<?cs call:page_head("intake") ?>
<?cs call:phead(Head) ?>
<div class="cols c2"><section class="card bd" aria-labelledby="start"><h2 id="start"><?cs var:t("A new family or person") ?></h2><p class="mut"><?cs var:t("You will be asked about the person, the reason, and consent. People who may be known already are shown as you type.") ?></p><form method="post" action="<?cs var:url(StartUrl) ?>"><?cs call:csrf() ?><button class="btn pri"><?cs call:icon("plus") ?><?cs var:t("Start") ?></button></form></section>
<?cs if:Drafts ?><section class="card" aria-labelledby="drafts"><div class="hd"><h2 id="drafts"><?cs var:t("Begun, not finished") ?></h2></div><ul class="bd con"><?cs each:draft = Drafts ?><li><?cs call:icon("edit") ?><span><a href="<?cs var:url(draft.Url) ?>"><?cs var:draft.Text ?></a></span></li><?cs /each ?></ul></section><?cs /if ?></div>
<?cs call:page_foot() ?>
