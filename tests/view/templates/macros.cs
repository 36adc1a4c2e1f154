<?cs # Each macro of parts/ once, for the golden test (tests/unit/test_macros.c). ?>
<?cs include!"layout.cs" ?>
<?cs call:page_head("macros") ?>
<?cs call:phead(Head) ?>
<?cs call:errsum(Problems) ?>
<section class="card" aria-label="Stage"><div class="tbx"><?cs call:trail(Trail) ?></div><?cs call:gate(Gate) ?></section>
<?cs call:tabs(Tabs) ?>
<div class="cols c2"><div class="g2">
<section class="card" aria-labelledby="marks"><div class="hd"><h2 id="marks">Marks</h2></div><div class="bd stack">
<p><?cs call:tag("good", Tag) ?> <?cs call:tag("bad", Tag) ?> <?cs call:tag("now", Tag) ?> <?cs call:tag("info", Tag) ?> <?cs call:tag("brand", Tag) ?> <?cs call:tag("", Tag) ?> <?cs call:tag_icon("now", "clock", Tag) ?></p>
<p><?cs each:l = Levels ?><?cs call:level(l.Meaning, l.Number, l.Word) ?> <?cs /each ?></p>
<p><?cs call:sign("need", "N1") ?> <?cs call:sign_link("need", "N2", "/n2") ?> <?cs call:sign_link("strength", "S1", "/s1") ?> <?cs call:gnum("1.1") ?> <?cs call:gnum_link("1.2", "/g12") ?></p>
<p><?cs call:mini(Steps) ?> Assessment</p>
<?cs call:bar("60", "c1") ?><?cs call:bar("20", "bad") ?>
<?cs call:note("info", Note) ?><?cs call:note("now", Note) ?><?cs call:note("bad", Note) ?><?cs call:note("good", Note) ?>
<?cs call:note_link("now", Note, "/chase", "Chase it") ?>
<?cs call:chips(Chips, "Show") ?>
</div></section>
<section class="card" aria-labelledby="table"><div class="hd"><h2 id="table">Cases</h2></div><?cs call:datatable(Table) ?><?cs call:pager(Pager) ?></section>
<section class="card" aria-labelledby="none"><div class="hd"><h2 id="none">Referrals</h2></div><?cs call:empty(Empty) ?></section>
<section class="card" aria-labelledby="fields"><div class="hd"><h2 id="fields">Fields</h2></div><form class="bd" method="post" action="/save" data-dirty><?cs call:csrf() ?><?cs each:f = Fields ?><?cs call:field(f) ?><?cs /each ?><div class="acts-end"><button class="btn pri">Save</button></div></form></section>
</div><div class="g2">
<section class="card" aria-labelledby="family"><div class="hd"><h2 id="family">Family</h2></div><div class="bd tight"><?cs call:people(People) ?></div></section>
<section class="card" aria-labelledby="facts"><div class="hd"><h2 id="facts">Key facts</h2></div><div class="bd"><?cs call:facts(Facts) ?></div></section>
<section class="card" aria-labelledby="timeline"><div class="hd"><h2 id="timeline">Timeline</h2></div><div class="bd"><?cs call:timeline(Entries) ?></div></section>
<section class="card" aria-labelledby="radar"><div class="hd"><h2 id="radar">Profile</h2></div><div class="bd"><?cs call:chart(Radar) ?><?cs call:levelbars(Radar.Bars, "Levels by dimension") ?></div></section>
<section class="card" aria-labelledby="bars"><div class="hd"><h2 id="bars">Goals over time</h2></div><div class="bd"><?cs call:chart(Bars) ?></div></section>
</div></div>
<?cs call:page_foot() ?>
