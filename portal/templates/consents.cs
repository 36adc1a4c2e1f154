<?cs # Consents: Label, Text, Kind and Word (yes or no), State. ?>
<?cs include!"layout.cs" ?>
<?cs call:page_head() ?>
<section class="c" aria-labelledby="list"><h2 id="list"><?cs var:t("Your answers") ?></h2>
<?cs if:Consents ?><?cs each:consent = Consents ?><div class="r"><?cs call:tag(consent.Kind, consent.Word) ?><p><b><?cs var:consent.Label ?></b></p><p class="m"><?cs var:consent.Text ?></p><p class="m"><?cs var:consent.State ?></p></div><?cs /each ?><?cs else ?><p class="m"><?cs var:t("We have not asked you yet.") ?></p><?cs /if ?></section>
<section class="c" aria-labelledby="change"><h2 id="change"><?cs var:t("You want to change something?") ?></h2><p class="m"><?cs var:t("Call us, or tell your worker. It holds from that moment.") ?></p></section>
<?cs call:page_foot() ?>
