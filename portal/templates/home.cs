<?cs # The family's first page. Next.Date, Next.Time, Next.Text, Next.Minutes (Date missing: no visit is planned); Plan.Count, Plan.Url, Plan.All,
       Plan.ToSign (no Url: no plan yet); Steps; Facts; Phone.Url, Phone.Number; Links. ?>
<?cs include!"layout.cs" ?>
<?cs call:page_head() ?>
<section class="c n" aria-labelledby="next"><h2 id="next"><?cs if:Next.Date ?><?cs var:t("Your next visit") ?><?cs else ?><?cs var:t("What happens next") ?><?cs /if ?></h2>
<?cs if:Next.Date ?><p class="d"><?cs var:Next.Date ?> <span class="u"><?cs var:Next.Time ?></span></p><?cs /if ?><p class="m"><?cs var:Next.Text ?><?cs if:Next.Minutes ?> <?cs var:Next.Minutes ?><?cs /if ?></p>
<?cs if:Next.Date ?><?cs if:Layout.Call.Url ?><p class="two"><a class="b" href="<?cs var:url(Layout.Call.Url) ?>"><?cs var:t("Call us to change it") ?></a></p><?cs /if ?><?cs /if ?></section>
<?cs if:Plan.ToSign ?><section class="c n" aria-labelledby="sign"><h2 id="sign"><?cs var:t("Your plan is ready") ?></h2><p class="m"><?cs var:t("Read it. If it is right, sign it.") ?></p><p class="two"><a class="b p" href="<?cs var:url(Plan.Url) ?>"><?cs var:t("Read and sign") ?></a></p></section><?cs /if ?>
<section class="c" aria-labelledby="plan"><h2 id="plan"><?cs var:t("My plan") ?></h2>
<?cs if:Plan.Url ?><p class="m"><?cs var:Plan.Count ?></p><?cs call:steps(Steps) ?><a class="b" href="<?cs var:url(Plan.Url) ?>"><?cs var:Plan.All ?></a><?cs else ?><p class="m"><?cs var:t("There is no plan yet. We write it together. Then you see it here.") ?></p><?cs /if ?></section>
<section class="c" aria-labelledby="help"><h2 id="help"><?cs var:t("Who helps me") ?></h2><?cs call:facts(Facts) ?><?cs if:Phone.Url ?><p><a class="ph" href="<?cs var:url(Phone.Url) ?>"><bdi><?cs var:Phone.Number ?></bdi></a></p><?cs /if ?></section>
<nav class="c" aria-label="<?cs var:t("More") ?>"><?cs call:links(Links) ?></nav>
<?cs call:page_foot() ?>
