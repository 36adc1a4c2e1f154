<?cs # The portal's macros. Plain markup for old and proxy browsers: no script, no icons, no custom properties. ?>
<?cs def:csrf() ?><?cs if:Layout.Csrf ?><input type="hidden" name="csrf" value="<?cs var:Layout.Csrf ?>"><?cs /if ?><?cs /def ?>
<?cs # kind "" (waiting) or "g" (ready, done). ?>
<?cs def:tag(kind, text) ?><?cs if:text ?><span class="tag <?cs var:kind ?>"><?cs var:text ?></span><?cs /if ?><?cs /def ?>
<?cs # kind "good", "bad" or "info". ?>
<?cs def:note(kind, text) ?><?cs if:text ?><p class="no <?cs var:kind ?>"><?cs var:text ?></p><?cs /if ?><?cs /def ?>
<?cs # Steps of the plan. Steps.N: State ("ok" done, "go" now, ""), Number, Title, Text, Lang (of both, when not the page's). ?>
<?cs def:steps(list) ?><ol class="tr"><?cs each:step = list ?><li class="<?cs var:step.State ?>"><i aria-hidden="true"><?cs if:step.State == "ok" ?>✓<?cs elif:step.State == "go" ?><?cs else ?><?cs var:step.Number ?><?cs /if ?></i><b<?cs if:step.Lang ?> lang="<?cs var:step.Lang ?>"<?cs /if ?>><?cs var:step.Title ?></b><span class="m"><?cs var:step.Text ?></span></li><?cs /each ?></ol><?cs /def ?>
<?cs # Links.N: Label, Text, Url. ?>
<?cs def:links(list) ?><ul class="l"><?cs each:link = list ?><li><a href="<?cs var:url(link.Url) ?>"><?cs var:link.Label ?><?cs if:link.Text ?><span><?cs var:link.Text ?></span><?cs /if ?></a></li><?cs /each ?></ul><?cs /def ?>
<?cs # Facts.N: Label, Value. ?>
<?cs def:facts(list) ?><dl class="f"><?cs each:fact = list ?><dt><?cs var:fact.Label ?></dt><dd><bdi><?cs var:fact.Value ?></bdi></dd><?cs /each ?></dl><?cs /def ?>
<?cs # Problems.N: Field, Message. ?>
<?cs def:errsum(problems) ?><?cs if:problems ?><div class="es" role="alert" tabindex="-1" autofocus><h2><?cs var:plural("There is %1 problem", "There are %1 problems", problems) ?></h2><ul><?cs each:problem = problems ?><li><?cs if:problem.Field ?><a href="#<?cs var:problem.Field ?>"><?cs var:problem.Message ?></a><?cs else ?><?cs var:problem.Message ?><?cs /if ?></li><?cs /each ?></ul></div><?cs /if ?><?cs /def ?>
<?cs def:described(f) ?><?cs if:f.Problem ?> aria-invalid="true" aria-describedby="<?cs if:f.Hint ?><?cs var:f.Name ?>-hint <?cs /if ?><?cs var:f.Name ?>-problem"<?cs elif:f.Hint ?> aria-describedby="<?cs var:f.Name ?>-hint"<?cs /if ?><?cs /def ?>
<?cs # F: Name, Kind (line text date tel flag), Label, Hint, Value, Problem, Autocomplete, Inputmode, Placeholder. ?>
<?cs def:field(f) ?><div class="fd<?cs if:f.Problem ?> bad<?cs /if ?>"><?cs if:f.Kind == "flag" ?><label class="ck"><input id="<?cs var:f.Name ?>" type="checkbox" name="<?cs var:f.Name ?>" value="1"<?cs if:f.Value ?> checked<?cs /if ?>><span><?cs var:f.Label ?></span></label><?cs else ?><label for="<?cs var:f.Name ?>"><?cs var:f.Label ?></label><?cs if:f.Hint ?><p class="m" id="<?cs var:f.Name ?>-hint"><?cs var:f.Hint ?></p><?cs /if ?><?cs if:f.Problem ?><p class="em" id="<?cs var:f.Name ?>-problem"><?cs var:f.Problem ?></p><?cs /if ?><?cs if:f.Kind == "text" ?><textarea id="<?cs var:f.Name ?>" name="<?cs var:f.Name ?>" rows="5"<?cs call:described(f) ?>><?cs var:f.Value ?></textarea><?cs else ?><input id="<?cs var:f.Name ?>" name="<?cs var:f.Name ?>" type="<?cs if:f.Kind == "line" ?>text<?cs else ?><?cs var:f.Kind ?><?cs /if ?>" value="<?cs var:f.Value ?>"<?cs if:f.Inputmode ?> inputmode="<?cs var:f.Inputmode ?>"<?cs /if ?><?cs if:f.Autocomplete ?> autocomplete="<?cs var:f.Autocomplete ?>"<?cs /if ?><?cs if:f.Placeholder ?> placeholder="<?cs var:f.Placeholder ?>"<?cs /if ?><?cs call:described(f) ?>><?cs /if ?><?cs /if ?></div><?cs /def ?>
<?cs # No pictures here: parts/form.cs (the staff site's, for forms of a bundle; include it where one is shown) asks for one. ?>
<?cs def:icon(name) ?><?cs /def ?>
