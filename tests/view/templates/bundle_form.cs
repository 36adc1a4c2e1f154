<?cs include!"parts/all.cs" ?>
<?cs call:errsum(Problems) ?>
<form method="post"><div class="xf cols as"><?cs call:form_nav(Form) ?><div class="card q"><?cs call:form_questions(Form) ?><?cs call:form_answers(Form) ?></div><?cs call:form_score(Score) ?></div></form>
