<?cs include!"layout.cs" ?>
<?cs call:page_head("profile") ?>
<?cs call:phead(Head) ?>
<?cs call:tabs(Tabs) ?>
<?cs call:errsum(Problems) ?>
<div class="xf cols c2"><section class="card bd" aria-labelledby="answers"><h2 id="answers"><?cs var:t("How the family lives") ?></h2><?cs if:Empty.Text ?><?cs call:empty(Empty) ?><?cs else ?><p class="sm mut"><?cs var:On ?></p><?cs call:form_answers(Form) ?><?cs /if ?>
<?cs if:DraftUrl ?><p><a class="btn pri" href="<?cs var:url(DraftUrl) ?>"><?cs var:t("Go on with the profile") ?></a></p><?cs elif:CanStart ?><form method="post" action="<?cs var:url(StartUrl) ?>"><?cs call:csrf() ?><button class="btn<?cs if:Empty.Text ?> pri<?cs /if ?>" name="do" value="start"><?cs if:Empty.Text ?><?cs var:t("Fill the profile") ?><?cs else ?><?cs var:t("Fill it again") ?><?cs /if ?></button></form><?cs /if ?></section>
<?cs if:Segment ?><div class="g2"><section class="card bd" aria-labelledby="segment"><h2 id="segment"><?cs var:t("Segment") ?></h2><p class="big"><b><?cs var:Segment ?></b></p><?cs if:Computed ?><p class="sm mut"><?cs var:Computed ?></p><p><?cs var:Reason ?></p><?cs /if ?><p class="sm mut"><?cs var:t("A score supports the worker's professional judgement; it does not replace it.") ?></p></section>
<?cs if:CanOverride ?><section class="card bd" aria-labelledby="override"><h2 id="override"><?cs var:t("Judge otherwise") ?></h2><form method="post" action="<?cs var:url(StartUrl) ?>" data-dirty><?cs call:csrf() ?><?cs each:f = Fields ?><?cs call:field(f) ?><?cs /each ?><button class="btn" name="do" value="override"><?cs var:t("Change the segment") ?></button></form></section><?cs /if ?></div><?cs /if ?></div>
<?cs call:page_foot() ?>
