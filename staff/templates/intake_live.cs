<?cs include!"parts/all.cs" ?><?cs call:intake_live(Form, Duplicates) ?>
