<?cs # Openers: Name, Title, Text. ?>
<?cs include!"layout.cs" ?>
<?cs call:page_head() ?>
<section class="c" aria-labelledby="who"><h2 id="who"><?cs var:t("These people opened it") ?></h2>
<?cs if:Openers ?><?cs each:opener = Openers ?><div class="r"><p><b><bdi><?cs var:opener.Name ?></bdi></b></p><?cs if:opener.Title ?><p class="m"><?cs var:opener.Title ?></p><?cs /if ?><p class="m"><?cs var:opener.Text ?></p></div><?cs /each ?><?cs else ?><p class="m"><?cs var:t("Nobody has opened it.") ?></p><?cs /if ?></section>
<section class="c" aria-labelledby="why"><h2 id="why"><?cs var:t("Why they may read it") ?></h2><p class="m"><?cs var:t("They work for your family, or check the work. Every reading is written down. Is somebody here whom you do not know? Call us.") ?></p></section>
<?cs call:page_foot() ?>
