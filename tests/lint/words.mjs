// SPDX-License-Identifier: Apache-2.0
//
// Which of the program's own words lack a translation, and which translations nobody uses.
// Words are collected from the templates (t, t1 …, plural) and from the string literals of
// C that reach a screen: inside tr(), tr_plural() and tr_context(), and sentences handed
// over as messages (.message = "…", view_problem, event texts). The .po files beside each
// site and fcgi/languages are compared. A bundle's texts are the business of `compass check`.
//
//   node tests/lint/words.mjs          report; exit 1 when a word of a shipped language is missing
//   node tests/lint/words.mjs --list   print the words found, per place
import fs from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const places = {
	staff: { c: ["staff"], templates: ["staff/templates"] },
	portal: { c: ["portal"], templates: ["portal/templates"] },
	fcgi: { c: ["fcgi/base", "fcgi/request", "fcgi/view", "fcgi/model", "fcgi/form", "fcgi/country", "seed-data"], templates: [] },
};

function files(dir, ending) {
	const here = path.join(root, dir);
	if (!fs.existsSync(here))
		return [];
	return fs.readdirSync(here, { withFileTypes: true }).flatMap((entry) => {
		const name = path.join(dir, entry.name);
		if (entry.isDirectory())
			return entry.name === "node_modules" ? [] : files(name, ending);
		return entry.name.endsWith(ending) ? [name] : [];
	});
}

const unescape = (text) => text.replace(/\\(n|t|"|\\|')/g, (all, c) => ({ n: "\n", t: "\t" }[c] || c));

// ---- templates: t("…"), t1("…", x), plural("%1 case", "%1 cases", n)

function template_words(text, found) {
	for (const call of text.matchAll(/\b(t[0-9]?|plural)\s*\(\s*"((?:[^"\\]|\\.)*)"(?:\s*,\s*"((?:[^"\\]|\\.)*)")?/g)) {
		found(unescape(call[2]), call[1] === "plural" ? unescape(call[3] || "") : undefined);
	}
}

// ---- C: comments out, then every call's literals

const without_comments = (text) => text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, (part) => part[0] === "/" ? part.replace(/[^\n]/g, " ") : part);
const literal = /"((?:[^"\\\n]|\\.)*)"(?:\s*"((?:[^"\\\n]|\\.)*)")*/g;

function call_end(text, at) {
	let depth = 0;
	for (let i = at; i < text.length; i++) {
		if (text[i] === '"') {
			for (i++; text[i] !== '"' && i < text.length; i++)
				i += text[i] === "\\";
		} else if (text[i] === "(") {
			depth++;
		} else if (text[i] === ")" && --depth === 0) {
			return i;
		}
	}
	return text.length;
}

// A sentence or label for people: starts with a capital or a place-holder, has small letters, is no printf, SQL, header or key.
const for_people = (text) => /^(\p{Lu}|%[1-9]|“)/u.test(text) && /\p{Ll}/u.test(text) && !/%[sdlzucx.0]|%[0-9]{2}|\b(SELECT|INSERT|UPDATE|DELETE|WHERE|FROM|PRAGMA)\b|;(?! )|[{}<>]|^[A-Z][a-z]+(-[A-Z][a-z]+)+|: $/.test(text);
// Not words although they look like them: reasons of HTTP, date patterns, names in the tree.
const foreign = new Set(["fcgi/request/reply.c", "fcgi/view/format.c", "fcgi/view/view.c"]);
const not_for_people = /\b(fail|why_fail|log_event|BUG|SQL|reply_header|view_set|view_get|view_flag|view_node|view_list|view_int|view_item|exchange_header|fprintf|printf|buf_printf|arena_printf|strcmp|json_problem|loader_\w+|instant_|is_header|each_error|problem_at)\s*\($/;

function join_literals(match) {
	return unescape(match[0].match(/"(?:[^"\\\n]|\\.)*"/g).map((part) => part.slice(1, -1)).join(""));
}

// The literals inside tr…(…); of tr_plural the first two belong together, of tr_context the first is the context.
function translated_words(text, found, taken) {
	for (const call of text.matchAll(/\b(tr|tr_plural|tr_context)\s*\(/g)) {
		const open = call.index + call[0].length - 1, end = call_end(text, open);
		const inside = text.slice(open, end), strings = [];
		for (const match of inside.matchAll(literal)) {
			strings.push(join_literals(match));
			taken.add(open + match.index);
		}
		if (call[1] === "tr_plural")
			found(strings[0], strings[1] || "");
		else if (call[1] === "tr_context")
			strings.slice(1).forEach((string) => found(string));
		else
			strings.filter((string) => /\p{Lu}|%1| /u.test(string)).forEach((string) => found(string));
	}
}

// Sentences kept in tables and handed over to tr() later.
const tables = /(\.message|\.label|\.title|\.text|\bmessage|\btitle|\bwords|\blabel)\s*=|\bX\(|\brecord\(|\breturn\b|\bcase [A-Z_]+:|\{ *"/;
const event_folders = /^(seed-data|fcgi\/(model|form\/answers|request|view|base\/err|country\/workflow)|staff\/|portal\/)/;

// Pairs of a key and its words, {"head", "head of the family"}, stand in pages.
const place_of_words = /^(staff|portal)\/pages\//;

function table_words(name, text, found, taken) {
	if (!event_folders.test(name) || foreign.has(name))
		return;
	for (const pair of text.matchAll(/\{\s*"[a-z_]+",\s*"([^"\\%]*[a-z][^"\\%]*)"\s*\}/g))
		if (place_of_words.test(name))
			found(pair[1]);
	for (const match of text.matchAll(literal)) {
		if (taken.has(match.index))
			continue;
		const start = text.lastIndexOf("\n", match.index) + 1, line = text.slice(start, text.indexOf("\n", match.index));
		const string = join_literals(match);
		if (!for_people(string) || !(tables.test(line) || / /.test(string)))
			continue;
		const before = text.slice(Math.max(0, match.index - 200), match.index);
		const call = before.match(/\b(\w+)\s*\((?:[^()"]|"(?:[^"\\]|\\.)*"|\([^()]*\))*$/);
		if (call && not_for_people.test(call[1] + "("))
			continue;
		const other = /^\s*,\s*"((?:[^"\\\n]|\\.)*)"/.exec(text.slice(match.index + match[0].length));
		const is_pair = other && /^%1 /.test(string) && /^%1 /.test(other[1]);
		found(string, is_pair ? unescape(other[1]) : undefined);
		if (is_pair)
			taken.add(match.index + match[0].length + other[0].indexOf('"'));
	}
}

// The audit log shows actions and objects by their keys: audit_change(c, "update", "person", …), record(c, id, "rank", …).
function audit_words(text, found) {
	for (const call of text.matchAll(/\b(?:audit_change|audit_note|audit_view|record|plan_record)\s*\(([^;]*)/g)) {
		const keys = [...call[1].split("audit_detail")[0].matchAll(/"([a-z_]+)"/g)].map((m) => m[1]);
		keys.slice(0, 4).forEach((key) => found(key));
	}
}

function collect(place) {
	const words = new Map();
	const found = (name) => (string, plural) => {
		if (string && string.trim() && !words.has(string))
			words.set(string, { plural, name });
	};
	for (const dir of places[place].templates)
		for (const name of files(dir, ".cs"))
			template_words(fs.readFileSync(path.join(root, name), "utf8"), found(name));
	for (const dir of places[place].c)
		for (const name of [...files(dir, ".c"), ...files(dir, ".h")]) {
			const text = without_comments(fs.readFileSync(path.join(root, name), "utf8")), taken = new Set();
			translated_words(text, found(name), taken);
			if (place === "fcgi" && /^(seed-data|fcgi\/(view|request|model|base|form|country))/.test(name) || place !== "fcgi")
				table_words(name, text, found(name), taken);
			audit_words(text, found(name));
		}
	return words;
}

// ---- .po

function read_po(file) {
	const entries = new Map();
	if (!fs.existsSync(file))
		return entries;
	let entry = {}, last = null;
	const flush = () => {
		if (entry.msgid)
			entries.set(entry.msgid, { text: Object.keys(entry).filter((k) => k.startsWith("msgstr")).map((k) => entry[k]), context: entry.msgctxt, fuzzy: entry.fuzzy });
		entry = {};
	};
	for (const line of fs.readFileSync(file, "utf8").split("\n")) {
		const keyed = line.match(/^(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\s+"(.*)"\s*$/), more = line.match(/^"(.*)"\s*$/);
		if (/^#, .*fuzzy/.test(line))
			entry.fuzzy = true;
		if (keyed) {
			if ((keyed[1] === "msgid" || keyed[1] === "msgctxt") && entry.msgid !== undefined && last !== "msgctxt")
				flush();
			entry[last = keyed[1]] = unescape(keyed[2]);
		} else if (more && last) {
			entry[last] += unescape(more[1]);
		} else if (!line.trim() && entry.msgid !== undefined) {
			flush();
			last = null;
		}
	}
	flush();
	entries.delete("");
	return entries;
}

// Arabic writes none, one and two as words: only the last plural form has to name its number.
const are_among = (text, plural) => [...marks(text)].every((mark) => marks(plural).includes(mark));
const marks = (text) => [...text.matchAll(/%[1-9]/g)].map((m) => m[0]).filter((m, i, all) => all.indexOf(m) === i).sort().join("");

function main() {
	const words = Object.fromEntries(Object.keys(places).map((place) => [place, collect(place)]));
	if (process.argv.includes("--list")) {
		for (const place of Object.keys(places))
			for (const [string, { plural, name }] of words[place])
				console.log([place, name, JSON.stringify(string), plural ? JSON.stringify(plural) : ""].join("\t"));
		return 0;
	}
	let bad = 0;
	const languages = new Set(Object.keys(places).flatMap((place) => files(place + "/languages", ".po").map((f) => path.basename(f, ".po"))));
	const used = new Set(Object.values(words).flatMap((map) => [...map.keys()]));
	for (const language of [...languages].sort()) {
		const po = Object.fromEntries(Object.keys(places).map((place) => [place, read_po(path.join(root, place, "languages", language + ".po"))]));
		for (const place of Object.keys(places)) {
			for (const [string, { name, plural }] of words[place]) {
				const entry = po[place].get(string) || po.fcgi.get(string);
				const wrong = !entry ? "missing" : entry.text.some((text) => !text) || entry.fuzzy ? "empty" : plural !== undefined && entry.text.length < 2 ? "no plural forms" :
					entry.text.some((text, i) => plural !== undefined && i < entry.text.length - 1 ? !are_among(text, plural) : marks(text) !== marks(string) && marks(text) !== marks(plural || string)) ? "other %1 … than the source" : "";
				if (wrong) {
					console.log(`${name}: ${language}: ${wrong}: ${JSON.stringify(string)}`);
					bad++;
				}
			}
			for (const string of po[place].keys())
				if (!used.has(string))
					console.log(`${place}/languages/${language}.po: not used: ${JSON.stringify(string)}`);
		}
	}
	if (!languages.size)
		console.log("no languages/*.po yet");
	console.log(bad ? `${bad} words to translate` : "every word is translated");
	return bad ? 1 : 0;
}

process.exit(main());
