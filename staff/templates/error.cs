<?cs # Any refusal: Error.Title, Error.Text, Error.Reference (the log has it), Error.Url and Error.Label (the way out), Error.BackUrl (to the case, when it is closed), Error.Find on 404;
       Error.Kept lists what was typed (Id, Label, Value), so that nothing is lost. ?>
<?cs include!"layout.cs" ?>
<?cs call:page_head("error") ?>
<div class="phead"><div><h1><?cs var:Error.Title ?></h1><p class="lead"><?cs var:Error.Text ?></p></div></div>
<section class="card" aria-label="<?cs var:t("What you can do") ?>"><div class="bd stack">
<?cs if:Error.Url ?><p><a class="btn pri" href="<?cs var:url(Error.Url) ?>"><?cs var:Error.Label ?></a><?cs if:Error.BackUrl ?> <a class="btn" href="<?cs var:url(Error.BackUrl) ?>"><?cs var:t("Back to the case") ?></a><?cs /if ?></p><?cs /if ?>
<?cs if:Error.Kept ?><h2><?cs var:t("What you typed") ?></h2><p class="mut"><?cs var:t("Nothing was saved. Copy what you need from here.") ?></p><?cs each:kept = Error.Kept ?><div class="fld"><label for="kept-<?cs var:kept.Id ?>"><?cs var:kept.Label ?></label><textarea id="kept-<?cs var:kept.Id ?>" rows="3" readonly><?cs var:kept.Value ?></textarea></div><?cs /each ?><?cs /if ?>
<?cs if:Error.Reference ?><p class="sm mut"><?cs var:t1("If you tell your administrator about it, give this reference: %1", Error.Reference) ?></p><?cs /if ?>
</div></section>
<?cs call:page_foot() ?>
