<?cs include!"layout.cs" ?>
<?cs def:purpose(p) ?><section class="card" aria-labelledby="purpose-<?cs var:p.Key ?>"><div class="hd"><h2 id="purpose-<?cs var:p.Key ?>"><?cs var:p.Label ?></h2><span class="sp"><?cs if:p.Valid ?><?cs call:tag_icon("good", "check", t("Given")) ?><?cs else ?><?cs call:tag_icon("hold", "lock", t("Not given")) ?><?cs /if ?></span></div>
<div class="bd"><blockquote class="said"><?cs var:p.Text ?></blockquote><p class="sm mut"><?cs var:p.State ?></p>
<?cs if:p.CanEdit ?><form class="row wrap end" method="post" action="<?cs var:url(SaveUrl) ?>" data-dirty><?cs call:csrf() ?><input type="hidden" name="purpose" value="<?cs var:p.Key ?>"><?cs if:p.Seq ?><input type="hidden" name="seq" value="<?cs var:p.Seq ?>"><?cs /if ?>
<div class="fld<?cs if:p.Problem ?> bad<?cs /if ?>"><label for="given_by-<?cs var:p.Key ?>"><?cs if:p.Valid ?><?cs var:t("Who withdraws it?") ?><?cs else ?><?cs var:t("Who answers?") ?><?cs /if ?></label><?cs if:p.Problem ?><p class="emsg" id="given_by-<?cs var:p.Key ?>-problem"><?cs call:icon("alert-triangle") ?><?cs var:p.Problem ?></p><?cs /if ?><input type="text" id="given_by-<?cs var:p.Key ?>" name="given_by" value="<?cs var:p.GivenBy ?>" autocomplete="off"<?cs if:p.Problem ?> aria-invalid="true" aria-describedby="given_by-<?cs var:p.Key ?>-problem"<?cs /if ?>></div>
<?cs if:p.Valid ?><button class="btn" name="do" value="withdraw"><?cs var:t("Withdraw") ?><span class="vh">: <?cs var:p.Label ?></span></button><?cs else ?><button class="btn pri" name="do" value="give"><?cs var:t("Yes, agreed") ?><span class="vh">: <?cs var:p.Label ?></span></button><button class="btn" name="do" value="refuse"><?cs var:t("No, refused") ?><span class="vh">: <?cs var:p.Label ?></span></button><?cs /if ?></form><?cs if:p.CodeUrl ?><form method="post" action="<?cs var:url(p.CodeUrl) ?>"><?cs call:csrf() ?><p><button class="btn"><?cs var:t("Give a code for the portal") ?></button></p></form><?cs /if ?><?cs /if ?></div></section><?cs /def ?>
<?cs call:page_head("consents") ?>
<?cs call:phead(Head) ?>
<?cs call:tabs(Tabs) ?>
<?cs call:errsum(Problems) ?>
<p class="lead"><?cs var:t("Read the words aloud when it helps. A person may say no, and may change their mind at any time.") ?></p>
<div class="g2"><?cs each:p = Purposes ?><?cs call:purpose(p) ?>
<?cs /each ?></div>
<?cs call:page_foot() ?>
