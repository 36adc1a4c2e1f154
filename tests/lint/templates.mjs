// SPDX-License-Identifier: Apache-2.0
//
// What a template or stylesheet may not contain: the ways ClearSilver 0.10.5 lets user data out
// unescaped or crashes, whatever our Content-Security-Policy forbids, colours outside tokens.css,
// and words that were not given to the translators. Each fault of templates.faults must be found.
//
// usage: node tests/lint/templates.mjs [FILE…]     (without files: all of staff/, portal/)
import fs from 'node:fs';
import path from 'node:path';

const commands = new Set(['include', 'def', 'call', 'each', 'if', 'elif', 'elseif', 'else', 'var']);
const functions = new Set(['t', 't1', 't2', 'plural', 'url', 'asset', 'first', 'last', 'subcount']);
const words = /^(Case Compass|CORE-MIS|·|–|→|✓|×|,|:|\/|\+|\.|of|\s)*$/;
const problems = [];

function problem(file, text, at, message) {
	problems.push(`${file}:${text.slice(0, at).split('\n').length}: ${message}`);
}

function blank(text) {
	return text.replace(/[^\n]/g, ' ');
}

// --- what stands inside <?cs … ?>
function lintCommand(file, text, at, body) {
	if (/^\s*#/.test(body))
		return;
	const match = /^\s+(\/?)([a-z]+)([!:]?)([\s\S]*)$/.exec(body);
	if (!match)
		return problem(file, text, at, 'a command is "<?cs", a space, its name: anything else is printed as it stands');
	const [, closing, name, mark, rest] = match;
	if (!commands.has(name))
		return problem(file, text, at, `the command "${name}" is not used here (stack.md 1.2)`);
	if (name === 'include' && mark !== '!')
		problem(file, text, at, 'include: of a missing file prints nothing: write include!');
	if (name === 'include' && !/^"[\w./-]+"\s*$/.test(rest))
		problem(file, text, at, 'include! takes a name in quotes, never a variable');
	if (closing || name === 'include' || name === 'def')
		return;
	const bare = rest.replace(/"[^"]*"/g, '""');
	if (/[[\]]/.test(bare))
		problem(file, text, at, 'no [ ]: with a missing value it frees memory twice');
	if (/[+*/%]|\s-\s/.test(bare))
		problem(file, text, at, 'no arithmetic and no joining with +: C does it (with an escape function + switches escaping off)');
	if (name !== 'call')
		for (const call of bare.matchAll(/([\w.]+)\(/g))
			if (!functions.has(call[1]))
				problem(file, text, at, `the function "${call[1]}" is not one of ours`);
}

// --- the page around the commands
const attribute = /([\w:-]+)\s*=\s*("(?:<\?cs[\s\S]*?\?>|[^"])*"|'(?:<\?cs[\s\S]*?\?>|[^'])*'|<\?cs[\s\S]*?\?>|[^\s"'>]+)/g;
const addresses = new Set(['href', 'src', 'action', 'formaction', 'poster', 'xlink:href', 'srcset', 'ping', 'background']);

function lintAttribute(file, text, at, name, value) {
	const inner = value.replace(/^["']|["']$/g, '');
	if (!/^["']/.test(value) && value.includes('<?cs'))
		problem(file, text, at, `${name}: a value from the tree stands in quotes`);
	if (value.startsWith("'") && value.includes('<?cs'))
		problem(file, text, at, `${name}: double quotes round a value from the tree`);
	if (name === 'style')
		problem(file, text, at, 'no style attribute: a class with a number, or an SVG attribute');
	if (/^on[a-z]+$/.test(name))
		problem(file, text, at, 'no on… attribute: enhance.js listens');
	if (addresses.has(name) && /^\s*<\?cs/.test(inner) && !/^<\?cs (var:(url|asset)\(|if:)/.test(inner))
		problem(file, text, at, `${name}: addresses go through url(…) or asset(…)`);
	if (/^\s*(javascript|data|vbscript):/i.test(inner))
		problem(file, text, at, `${name}: no ${inner.split(':')[0]}: address`);
	if (/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/i.test(inner.replace(/<\?cs[\s\S]*?\?>/g, '')) && !/^(href|content)$/.test(name))
		problem(file, text, at, `${name}: colours stand in tokens.css`);
}

function lintScripts(file, page) {
	const text = page.replace(/<\?cs[\s\S]*?\?>/g, (command) => 'x'.repeat(command.length));
	for (const match of text.matchAll(/<(script|style)\b([^>]*)>([\s\S]*?)<\/\1>/gi)) {
		if (match[1].toLowerCase() === 'style')
			problem(file, text, match.index, 'no <style>: staff/static/css');
		else if (match[3].trim())
			problem(file, text, match.index, 'no inline script');
	}
	if (/<style\b/i.test(text) && !/<\/style>/i.test(text))
		problem(file, text, text.search(/<style\b/i), 'no <style>: staff/static/css');
}

function lintWords(file, text) {
	const bare = text.replace(/<\?cs[\s\S]*?\?>/g, blank).replace(/<!--[\s\S]*?-->/g, blank).replace(/<[^>]*>/g, blank)
		.replace(/[\w-]+="[^"\n]*"/g, blank);
	for (const match of bare.matchAll(/[^\s<>][^\n]*/g)) {
		const said = match[0].trim().replace(/&\w+;/g, '');
		if (/\p{L}{2}/u.test(said) && !words.test(said))
			problem(file, text, match.index, `"${said.slice(0, 40)}" is not given to the translators: t("…")`);
	}
	for (const match of text.matchAll(/\s(aria-label|title|placeholder|alt)="([^"<]*)"/g))
		if (/\p{L}{2}/u.test(match[2]) && !words.test(match[2]))
			problem(file, text, match.index, `${match[1]}="${match[2]}" is not given to the translators`);
}

function lintTemplate(file, text, isTest) {
	for (const match of text.matchAll(/<\?cs([\s\S]*?)\?>/g))
		lintCommand(file, text, match.index, match[1]);
	const page = text.replace(/<\?cs\s*#[\s\S]*?\?>/g, blank);
	const tags = page.replace(/<\?cs[\s\S]*?\?>/g, (command) => command.replace(/[<>"=]/g, ' '));
	for (const tag of tags.matchAll(/<[a-zA-Z][^>]*>/g)) {
		const whole = page.slice(tag.index, tag.index + tag[0].length);
		for (const match of whole.matchAll(attribute))
			lintAttribute(file, text, tag.index + match.index, match[1].toLowerCase(), match[2]);
	}
	lintScripts(file, page);
	if (!isTest)
		lintWords(file, page);
}

// --- stylesheets: colours only in tokens, print rules, and the portal's plain copies
function lintStyles(file, text) {
	if (file.endsWith('00-tokens.css') || file.endsWith('portal.css'))
		return;
	let bare = text.replace(/\/\*[\s\S]*?\*\//g, blank);
	bare = bare.replace(/@media print\s*\{[\s\S]*?\n\}/g, blank);
	for (const match of bare.matchAll(/[:\s,(]#[0-9a-fA-F]{3,8}\b(?![^{}]*\{)|\b(?:rgba?|hsla?)\(/g))
		problem(file, text, match.index, 'a colour outside 00-tokens.css');
}

function lint(file, isTest) {
	const text = fs.readFileSync(file, 'utf8');
	if (file.endsWith('.css'))
		lintStyles(file, text);
	else
		lintTemplate(file, text, isTest);
}

function files(folder, ending) {
	if (!fs.existsSync(folder))
		return [];
	return fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(ending)).map((name) => path.join(folder, name));
}

// --- the lint itself: each line of templates.faults is found
function checkFaults() {
	const here = path.dirname(new URL(import.meta.url).pathname);
	const missed = [];
	for (const line of fs.readFileSync(path.join(here, 'templates.faults'), 'utf8').split('\n')) {
		if (!line || line.startsWith('//'))
			continue;
		problems.length = 0;
		lintTemplate('templates.faults', line, true);
		if (!problems.length)
			missed.push(line);
	}
	problems.length = 0;
	return missed;
}

const missed = checkFaults();
for (const line of missed)
	console.error(`templates.faults: not found: ${line}`);
const given = process.argv.slice(2);
const all = given.length ? given : [...files('staff/templates', '.cs'), ...files('portal/templates', '.cs'), ...files('staff/static/css', '.css')];
for (const file of all)
	lint(file, false);
for (const line of problems)
	console.error(line);
console.log(`templates: ${all.length} files, ${problems.length} problems`);
process.exit(problems.length || missed.length ? 1 : 0);
