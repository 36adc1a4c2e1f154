<?cs include!"parts/all.cs" ?><?cs call:form_live(Form, Score, HasScore) ?>
