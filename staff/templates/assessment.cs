<?cs include!"layout.cs" ?>
<?cs call:page_head("assessment") ?>
<?cs call:phead(Head) ?>
<?cs call:errsum(Problems) ?>
<div class="xf cols as2"><div class="g2">
<?cs if:Draft ?><section class="card bd" aria-labelledby="check"><h2 id="check"><?cs var:t("Check the answers") ?></h2><?cs call:form_nav(Form) ?><?cs if:Missing ?><?cs call:note("now", Missing) ?><?cs else ?><?cs call:note("good", t("Everything is answered.")) ?><?cs /if ?><form method="post" action="<?cs var:url(FormUrl) ?>"><?cs call:csrf() ?><input type="hidden" name="revision" value="<?cs var:Revision ?>"><button class="btn pri" name="do" value="submit"><?cs var:t("Finish") ?></button> <a class="btn qt" href="<?cs var:url(Case.Url) ?>"><?cs var:t("Leave it as a draft") ?></a></form></section><?cs /if ?>
<section class="card bd" aria-label="<?cs var:t("Answers") ?>"><?cs call:form_answers(Form) ?></section></div>
<?cs if:HasScore ?><?cs call:form_score(Score) ?><?cs /if ?></div>
<p class="row"><a href="<?cs var:url(Case.Url) ?>"><?cs var:t("Back to the case") ?></a></p>
<?cs call:page_foot() ?>
