<?cs include!"layout.cs" ?>
<?cs call:page_head("assessment") ?>
<?cs call:phead(Head) ?>
<?cs call:errsum(Problems) ?>
<div class="xf cols as2"><section class="card bd" aria-label="<?cs var:t("Answers") ?>"><?cs call:form_answers(Form) ?></section>
<div class="g2"><?cs call:duplicates(Duplicates) ?><section class="card bd" aria-labelledby="finish"><h2 id="finish"><?cs var:t("Open the case") ?></h2><?cs call:form_nav(Form) ?><?cs if:Missing ?><?cs call:note("now", Missing) ?><?cs /if ?><form method="post" action="<?cs var:url(FormUrl) ?>"><?cs call:csrf() ?><?cs if:Duplicates ?><label class="opn"><input id="confirmed" type="checkbox" name="confirmed" value="1"><span><?cs var:t("It is none of these people") ?></span></label><?cs /if ?><p class="row"><button class="btn pri" name="do" value="submit"><?cs var:t("Finish the intake") ?></button><button class="btn qt" name="do" value="discard"><?cs var:t("Throw the draft away") ?></button></p></form></section></div></div>
<?cs call:page_foot() ?>
