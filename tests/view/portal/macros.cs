<?cs # Each macro of the portal once, for the golden test (tests/unit/test_macros.c). ?>
<?cs include!"layout.cs" ?>
<?cs call:page_head() ?>
<?cs call:errsum(Problems) ?>
<section class="c n" aria-labelledby="next"><h2 id="next">Your next visit</h2><p class="d">Thursday 19 November, 10:30</p><p class="m">With Anahit, at the office.</p><div class="two"><a class="b p" href="/yes">I will come</a><a class="b" href="/no">Change it</a></div></section>
<section class="c" aria-labelledby="plan"><h2 id="plan">My plan</h2><p class="m">1 of 3 steps done</p><?cs call:steps(Steps) ?><a class="b" href="/plan">See all 3 steps</a></section>
<section class="c" aria-labelledby="places"><h2 id="places">Who helps me</h2><div class="r"><?cs call:tag("g", "Place ready") ?><p><b>Home care</b></p><p class="m">Twice a week</p></div><div class="r"><?cs call:tag("", "Waiting for an answer") ?><p><b>Kindergarten</b></p></div><?cs call:facts(Facts) ?></section>
<nav class="c" aria-label="More"><?cs call:links(Links) ?></nav>
<section class="c" aria-labelledby="change"><h2 id="change">Tell us</h2><form method="post" action="/tell"><?cs call:csrf() ?><?cs each:f = Fields ?><?cs call:field(f) ?><?cs /each ?><p><button class="b p">Send</button></p></form></section>
<?cs call:page_foot() ?>
