<?cs # Small marks inside text: state, level, need and goal numbers, people. Kinds come from closed lists in C. ?>
<?cs def:tag(kind, text) ?><?cs if:text ?><span class="tag <?cs var:kind ?>"><?cs var:text ?></span><?cs /if ?><?cs /def ?>
<?cs def:tag_icon(kind, name, text) ?><?cs if:text ?><span class="tag <?cs var:kind ?>"><?cs call:icon(name) ?><?cs var:text ?></span><?cs /if ?><?cs /def ?>
<?cs # meaning 1 worst to 5 best, 0 not answered; number is the country's own; word for readers ("In crisis"). ?>
<?cs def:level(meaning, number, word) ?><span class="lv lv<?cs var:meaning ?>"><?cs if:number ?><?cs var:number ?><?cs else ?>–<?cs /if ?><?cs if:word ?><span class="vh"> <?cs var:word ?></span><?cs /if ?></span><?cs /def ?>
<?cs # kind "need" or "strength"; number "N1", "S1". ?>
<?cs def:sign(kind, number) ?><?cs if:kind == "strength" ?><span class="sign str"><span class="vh"><?cs var:t("Strength") ?> </span><?cs var:number ?></span><?cs else ?><span class="sign"><span class="vh"><?cs var:t("Need") ?> </span><?cs var:number ?></span><?cs /if ?><?cs /def ?>
<?cs def:sign_link(kind, number, address) ?><?cs if:address ?><?cs if:kind == "strength" ?><a class="sign str" href="<?cs var:url(address) ?>"><span class="vh"><?cs var:t("Strength") ?> </span><?cs var:number ?></a><?cs else ?><a class="sign" href="<?cs var:url(address) ?>"><span class="vh"><?cs var:t("Need") ?> </span><?cs var:number ?></a><?cs /if ?><?cs else ?><?cs call:sign(kind, number) ?><?cs /if ?><?cs /def ?>
<?cs def:gnum(number) ?><span class="gnum"><span class="vh"><?cs var:t("Goal") ?> </span><?cs var:number ?></span><?cs /def ?>
<?cs def:gnum_link(number, address) ?><?cs if:address ?><a class="gnum" href="<?cs var:url(address) ?>"><span class="vh"><?cs var:t("Goal") ?> </span><?cs var:number ?></a><?cs else ?><?cs call:gnum(number) ?><?cs /if ?><?cs /def ?>
<?cs # tint is one of "", b, c, d: a stable choice made in C (part_person). ?>
<?cs def:avatar(initials, tint) ?><span class="av <?cs var:tint ?>" aria-hidden="true"><?cs var:initials ?></span><?cs /def ?>
<?cs # Words in another script or direction. ?>
<?cs def:native(text, language) ?><?cs if:text ?><bdi class="native"<?cs if:language ?> lang="<?cs var:language ?>"<?cs /if ?>><?cs var:text ?></bdi><?cs /if ?><?cs /def ?>
