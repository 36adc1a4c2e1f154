<?cs # What every portal page shares: call:page_head(), the cards, call:page_foot(). Head.Title and Head.Lead are the page's greeting;
       the window's title says nothing about the family, because the phone is shared. ?>
<?cs include!"parts/all.cs" ?>
<?cs def:page_head() ?><!doctype html>
<html lang="<?cs var:Layout.Lang ?>" dir="<?cs var:Layout.Dir ?>">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title><?cs if:Layout.Refused ?><?cs var:t("Error:") ?> <?cs /if ?><?cs if:Layout.Title ?><?cs var:Layout.Title ?><?cs else ?><?cs var:t("My page") ?><?cs /if ?></title>
<meta name="theme-color" content="#062b2b"><link rel="icon" href="<?cs var:asset("mark.svg") ?>" type="image/svg+xml"><link rel="stylesheet" href="<?cs var:asset("portal.css") ?>"></head>
<body<?cs if:Layout.Large ?> class="lg"<?cs /if ?>>
<a class="skip" href="#main"><?cs var:t("Skip to the page") ?></a>
<header><div class="w">
<div class="t"><b><?cs var:Layout.Program ?></b><?cs if:Layout.Languages ?><span><?cs each:language = Layout.Languages ?><?cs if:!language.Current ?> <a href="<?cs var:url(language.Url) ?>" lang="<?cs var:language.Code ?>" hreflang="<?cs var:language.Code ?>"><?cs var:language.Name ?></a><?cs /if ?><?cs /each ?></span><?cs /if ?></div>
<h1><?cs var:Head.Title ?></h1>
<?cs if:Head.Lead ?><p><?cs var:Head.Lead ?></p><?cs /if ?>
</div></header>
<main id="main" class="w" tabindex="-1">
<?cs call:note(Layout.Notice.Kind, Layout.Notice.Text) ?>
<?cs /def ?>
<?cs def:page_foot() ?>
<?cs if:Layout.Call.Url ?><p><a class="b p" href="<?cs var:url(Layout.Call.Url) ?>"><?cs var:Layout.Call.Label ?></a></p><?cs /if ?>
</main>
<footer class="w"><p><?cs if:Layout.HomeUrl ?><a href="<?cs var:url(Layout.HomeUrl) ?>"><?cs var:t("My page") ?></a> <?cs /if ?><?cs each:language = Layout.Languages ?><a href="<?cs var:url(language.Url) ?>" lang="<?cs var:language.Code ?>" hreflang="<?cs var:language.Code ?>"<?cs if:language.Current ?> aria-current="true"<?cs /if ?>><?cs var:language.Name ?></a> <?cs /each ?><a href="<?cs var:url(Layout.LargeUrl) ?>"><?cs if:Layout.Large ?><?cs var:t("Normal text") ?><?cs else ?><?cs var:t("Larger text") ?><?cs /if ?></a></p>
<?cs if:Layout.SignOutUrl ?><form method="post" action="<?cs var:url(Layout.SignOutUrl) ?>"><?cs call:csrf() ?><button class="q"><?cs var:t("Sign out") ?></button></form><?cs /if ?>
<?cs if:Layout.Demo.Instance ?><p><?cs var:t("Demonstration. All people are invented.") ?> <a href="<?cs var:url(Layout.Demo.PersonaUrl) ?>"><?cs var:t("Change person") ?></a></p><?cs /if ?></footer>
</body></html>
<?cs /def ?>
