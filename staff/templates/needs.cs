<?cs include!"layout.cs" ?>
<?cs call:page_head("needs") ?>
<?cs call:phead(Head) ?>
<?cs call:errsum(Problems) ?>
<div class="cols c2">
<section class="card" aria-labelledby="order"><div class="hd"><h2 id="order"><?cs var:t("The family's own order") ?></h2></div><div class="bd"><?cs if:Ranks ?><p class="mut"><?cs var:t("Ask the family what should come first. 1 is first; leave a place empty when they do not choose it.") ?></p>
<form method="post" action="<?cs var:url(SaveUrl) ?>" data-dirty><?cs call:csrf() ?><ul class="ranks"><?cs each:need = Ranks ?><li><label class="vh" for="<?cs var:need.Name ?>"><?cs var:need.Label ?></label><input class="short" type="text" inputmode="numeric" id="<?cs var:need.Name ?>" name="rank" value="<?cs var:need.Rank ?>"<?cs call:described(need) ?>><input type="hidden" name="number" value="<?cs var:need.Number ?>"> <?cs call:sign("need", need.Sign) ?> <span><?cs var:need.Statement ?> <small class="mut3"><?cs var:need.Dimension ?></small><?cs call:problem(need.Name, need.Problem) ?></span></li><?cs /each ?></ul><button class="btn pri" name="do" value="rank"><?cs var:t("Save the order") ?></button></form>
<?cs else ?><p class="mut"><?cs var:t("No need is open.") ?></p><?cs /if ?></div></section>
<div class="g2"><section class="card" aria-labelledby="add"><div class="hd"><h2 id="add"><?cs var:t("Add by hand") ?></h2></div><form class="bd" method="post" action="<?cs var:url(SaveUrl) ?>" data-dirty><?cs call:csrf() ?><?cs each:f = Add ?><?cs call:field(f) ?><?cs /each ?><button class="btn" name="do" value="add"><?cs var:t("Add it") ?></button></form></section>
<?cs if:Settle ?><section class="card" aria-labelledby="settle"><div class="hd"><h2 id="settle"><?cs var:t("Set aside or settle") ?></h2></div><form class="bd" method="post" action="<?cs var:url(SaveUrl) ?>" data-dirty><?cs call:csrf() ?><?cs each:f = Settle ?><?cs call:field(f) ?><?cs /each ?><button class="btn" name="do" value="settle"><?cs var:t("Save") ?></button></form></section><?cs /if ?></div>
</div>
<?cs call:page_foot() ?>
