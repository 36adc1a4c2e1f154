<?cs # What every staff page shares. A page is:
       include!"layout.cs", call:page_head("name"), its cards, call:page_foot(). README.md lists the macros.
       The tree under Layout is filled by staff/pages/layout.c. ?>
<?cs include!"parts/all.cs" ?>
<?cs def:head_links() ?><meta name="color-scheme" content="light dark"><?cs if:asset("mark.svg") ?><link rel="icon" href="<?cs var:asset("mark.svg") ?>" type="image/svg+xml"><?cs /if ?><?cs if:asset("source-sans-3-latin.woff2") ?><link rel="preload" href="<?cs var:asset("source-sans-3-latin.woff2") ?>" as="font" type="font/woff2" crossorigin><?cs /if ?><?cs if:asset("app.css") ?><link rel="stylesheet" href="<?cs var:asset("app.css") ?>"><?cs /if ?><?cs /def ?>
<?cs def:boundaries() ?><?cs var:t("The boundaries, colours and names shown on this map do not imply any judgement on the legal status of any territory, or the endorsement or acceptance of such boundaries.") ?><?cs /def ?>
<?cs def:demo_bar() ?><header class="demo" aria-label="<?cs var:t("Demonstration controls") ?>"><div class="demo-in">
<a class="logo" href="/"><?cs call:mark() ?>Case Compass<small><?cs var:Layout.Demo.Instance ?></small></a>
<div class="clock"><?cs call:icon("clock") ?><span class="vh"><?cs var:t("Demonstration clock:") ?></span><time datetime="<?cs var:Layout.Demo.ClockStamp ?>"><?cs var:Layout.Demo.Clock ?></time><?cs if:Layout.Demo.ClockUrl ?><form action="<?cs var:url(Layout.Demo.ClockUrl) ?>" method="post"><?cs call:csrf() ?><button class="dbtn" name="step" value="1d"><?cs var:t("+1 day") ?></button><button class="dbtn" name="step" value="1w"><?cs var:t("+1 week") ?></button></form><?cs /if ?></div>
<a class="who sp" href="<?cs var:url(Layout.Demo.PersonaUrl) ?>"><?cs if:Layout.Who.Name ?><?cs call:avatar(Layout.Who.Initials, Layout.Who.Tint) ?><span><span class="vh"><?cs var:t("You are:") ?> </span><b><bdi><?cs var:Layout.Who.Name ?></bdi></b> <span class="role"><?cs var:Layout.Who.Role ?></span></span><?cs else ?><?cs var:t("Choose a person") ?><?cs /if ?><?cs call:icon("switch-horizontal") ?><span class="vh"><?cs var:t("Change person") ?></span></a>
<?cs if:Layout.Demo.ResetUrl ?><form action="<?cs var:url(Layout.Demo.ResetUrl) ?>" method="post"><?cs call:csrf() ?><button class="dbtn"><?cs call:icon("refresh") ?><?cs var:t("Reset") ?></button></form><?cs /if ?>
</div></header><?cs call:accent(Layout.Accent) ?><?cs /def ?>
<?cs def:languages() ?><?cs if:Layout.Languages ?><nav class="langs" aria-label="<?cs var:t("Language") ?>"><?cs call:icon("language") ?><ul><?cs each:language = Layout.Languages ?><li><a href="<?cs var:url(language.Url) ?>" lang="<?cs var:language.Code ?>" hreflang="<?cs var:language.Code ?>"<?cs if:language.Current ?> aria-current="true"<?cs /if ?>><?cs var:language.Name ?></a></li><?cs /each ?></ul></nav><?cs /if ?><?cs /def ?>
<?cs def:rail() ?><aside class="rail" aria-label="<?cs var:t("Workspace") ?>">
<div class="inst"><b><?cs var:Layout.Program ?></b><span><?cs var:Layout.Office ?></span></div>
<?cs if:Layout.FindUrl ?><form class="find" role="search" action="<?cs var:url(Layout.FindUrl) ?>"><?cs call:icon("search") ?><label class="vh" for="q"><?cs var:t("Find a person or a case") ?></label><input type="search" id="q" name="q" placeholder="<?cs var:t("Find a family") ?>" autocomplete="off" data-find><kbd aria-hidden="true">/</kbd></form><?cs /if ?>
<?cs if:Layout.Nav ?><nav class="nav" aria-label="<?cs var:t("Main menu") ?>"><ul><?cs each:entry = Layout.Nav ?><li><a href="<?cs var:url(entry.Url) ?>"<?cs if:entry.Current ?> aria-current="<?cs var:entry.Current ?>"<?cs /if ?>><?cs call:icon(entry.Icon) ?><?cs var:entry.Label ?><?cs if:entry.Count ?><span class="ct<?cs if:entry.Hot ?> hot<?cs /if ?>"><?cs var:entry.Count ?></span><?cs /if ?></a></li><?cs /each ?></ul></nav><?cs /if ?>
<?cs if:Layout.Recent ?><nav class="recent" aria-label="<?cs var:t("Recently opened") ?>"><h2><?cs var:t("Recently opened") ?></h2><?cs each:entry = Layout.Recent ?><a href="<?cs var:url(entry.Url) ?>"><bdi><?cs var:entry.Label ?></bdi><small><?cs var:entry.Text ?></small></a><?cs /each ?></nav><?cs /if ?>
<div class="rail-foot"><?cs if:Layout.Demo.Instance ?><?cs elif:Layout.Who.Name ?><p class="me"><?cs call:avatar(Layout.Who.Initials, Layout.Who.Tint) ?><span><b><bdi><?cs var:Layout.Who.Name ?></bdi></b><small><?cs var:Layout.Who.Role ?></small></span></p><?cs /if ?><?cs call:languages() ?><?cs if:Layout.ThemeUrl ?><a href="<?cs var:url(Layout.ThemeUrl) ?>"><?cs call:icon(Layout.ThemeIcon) ?><?cs var:Layout.ThemeLabel ?></a><?cs /if ?><?cs if:Layout.SignOutUrl ?><form method="post" action="<?cs var:url(Layout.SignOutUrl) ?>"><?cs call:csrf() ?><button class="rlk"><?cs call:icon("logout") ?><?cs var:t("Sign out") ?></button></form><?cs /if ?></div>
</aside><?cs /def ?>
<?cs def:crumbs() ?><?cs if:Layout.Crumbs || Layout.Aside.Text ?><div class="bar"><?cs if:Layout.Crumbs ?><nav class="crumbs" aria-label="<?cs var:t("You are here") ?>"><ol><?cs each:crumb = Layout.Crumbs ?><li><?cs if:crumb.Url ?><a href="<?cs var:url(crumb.Url) ?>"><bdi><?cs var:crumb.Label ?></bdi></a><?cs else ?><span aria-current="page"><bdi><?cs var:crumb.Label ?></bdi></span><?cs /if ?></li><?cs /each ?></ol></nav><?cs /if ?><?cs if:Layout.Aside.Text ?><span class="sp row xs mut" role="status"><?cs call:icon(Layout.Aside.Icon) ?><?cs var:Layout.Aside.Text ?><?cs if:Layout.Aside.Url ?> <a href="<?cs var:url(Layout.Aside.Url) ?>"><?cs var:Layout.Aside.Link ?></a><?cs /if ?></span><?cs /if ?></div><?cs else ?><div class="bar0"></div><?cs /if ?><?cs /def ?>
<?cs # name: the page's class is p-name, so that its own rules in static/css reach nothing else. ?>
<?cs def:page_head(name) ?><!doctype html>
<html lang="<?cs var:Layout.Lang ?>" dir="<?cs var:Layout.Dir ?>"<?cs if:Layout.Theme ?> data-theme="<?cs var:Layout.Theme ?>"<?cs /if ?>>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title><?cs if:Layout.Refused ?><?cs var:t("Error:") ?> <?cs /if ?><?cs if:Layout.Title ?><?cs var:Layout.Title ?> · <?cs /if ?><?cs if:Layout.Instance ?><?cs var:Layout.Instance ?> · <?cs /if ?>Case Compass</title>
<?cs call:head_links() ?>
<?cs if:asset("htmx.js") ?><meta name="htmx-config" content="{&quot;includeIndicatorStyles&quot;:false,&quot;allowEval&quot;:false,&quot;selfRequestsOnly&quot;:true,&quot;responseHandling&quot;:[{&quot;code&quot;:&quot;204&quot;,&quot;swap&quot;:false},{&quot;code&quot;:&quot;[23]..&quot;,&quot;swap&quot;:true},{&quot;code&quot;:&quot;409|422&quot;,&quot;swap&quot;:true},{&quot;code&quot;:&quot;[45]..&quot;,&quot;swap&quot;:false,&quot;error&quot;:true}]}"><script src="<?cs var:asset("htmx.js") ?>" defer></script><?cs /if ?><?cs if:asset("enhance.js") ?><script src="<?cs var:asset("enhance.js") ?>" defer></script><?cs /if ?>
</head>
<body class="p-<?cs var:name ?>" hx-indicator="#wait">
<a class="skip" href="#main"><?cs var:t("Skip to main content") ?></a>
<?cs if:Layout.Demo.Instance ?><?cs call:demo_bar() ?><?cs elif:Layout.Instance ?><?cs call:accent(Layout.Accent) ?><?cs else ?><header class="demo"><div class="demo-in"><a class="logo" href="/"><?cs call:mark() ?>Case Compass</a></div></header><?cs /if ?>
<?cs if:Layout.Instance ?><div class="frame"><?cs call:rail() ?><?cs else ?><div class="frame one"><?cs /if ?>
<main id="main" tabindex="-1">
<?cs call:crumbs() ?><div id="wait" class="wait" aria-hidden="true"></div>
<p id="lost" class="note now" role="status" hidden><?cs var:t("The connection is lost. What you typed stays here and is sent again as soon as possible.") ?></p>
<?cs if:Layout.Notice.Text ?><div role="status" class="told"><?cs call:note(Layout.Notice.Kind, Layout.Notice.Text) ?></div><?cs /if ?>
<?cs /def ?>
<?cs def:page_foot() ?>
</main></div>
<footer class="legal"><?cs if:Layout.Demo.Instance ?><p><?cs var:t("Demonstration data. Every person, address and event shown here is invented.") ?></p><?cs /if ?><?cs if:Layout.HasMap ?><p><?cs call:boundaries() ?></p><?cs /if ?></footer>
</body></html>
<?cs /def ?>
