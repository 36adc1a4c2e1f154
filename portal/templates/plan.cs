<?cs # The whole plan. None (words, when there is none); Sign.Version, Sign.Url, Sign.Fields while it waits for the family; Goals: Number,
       Title, TitleLang, Due or Word and Kind, Steps; Schedule, ScheduleLang, Review. ?>
<?cs include!"layout.cs" ?>
<?cs call:page_head() ?>
<?cs call:errsum(Problems) ?>
<?cs if:None ?><section class="c n" aria-label="<?cs var:t("What happens next") ?>"><p class="m"><?cs var:None ?></p></section><?cs /if ?>
<?cs each:goal = Goals ?><section class="c" aria-labelledby="g<?cs var:goal.Number ?>"><h2 id="g<?cs var:goal.Number ?>"<?cs if:goal.TitleLang ?> lang="<?cs var:goal.TitleLang ?>"<?cs /if ?>><?cs var:goal.Title ?></h2>
<?cs if:goal.Due ?><p class="m"><?cs var:goal.Due ?></p><?cs /if ?><?cs call:tag(goal.Kind, goal.Word) ?><?cs if:goal.Steps ?><?cs call:steps(goal.Steps) ?><?cs /if ?></section><?cs /each ?>
<?cs if:Schedule || Review ?><section class="c" aria-labelledby="touch"><h2 id="touch"><?cs var:t("How we keep in touch") ?></h2><?cs if:Schedule ?><p class="m"<?cs if:ScheduleLang ?> lang="<?cs var:ScheduleLang ?>"<?cs /if ?>><?cs var:Schedule ?></p><?cs /if ?><?cs if:Review ?><p class="m"><?cs var:Review ?></p><?cs /if ?></section><?cs /if ?>
<?cs if:Sign.Url ?><section class="c n" aria-labelledby="sign"><h2 id="sign"><?cs var:t("Sign your plan") ?></h2><p class="m"><?cs var:t("Is something not right? Call us before you sign.") ?></p>
<form method="post" action="<?cs var:url(Sign.Url) ?>"><?cs call:csrf() ?><input type="hidden" name="version" value="<?cs var:Sign.Version ?>"><?cs each:f = Sign.Fields ?><?cs call:field(f) ?><?cs /each ?><p><button class="b p"><?cs var:t("I agree") ?></button></p></form></section><?cs /if ?>
<?cs call:page_foot() ?>
