// SPDX-License-Identifier: Apache-2.0
//
// A bundle of the corpus, as its folder says: the base with an edit, with files laid over it, or a child of it.
// Used by tests/bundles/run and tests/schema/run.
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const here = dirname(fileURLToPath(import.meta.url));

function edit(bundle, text) {
	const blocks = [...text.matchAll(/^(\S+)\n<<<\n([^]*?)\n===\n([^]*?)\n?>>>$/gm)];
	if (blocks.length === 0) throw new Error("edit has no block");
	for (const [, file, before, after] of blocks) {
		const path = join(bundle, file);
		const old = readFileSync(path, "utf8");
		if (old.split(before).length !== 2) throw new Error(`"${before}" does not stand once in ${file}`);
		writeFileSync(path, old.replace(before, () => after));
	}
}

// files too large or too many to keep, and bundles beside: make.mjs of the folder has a function of the bundle and what is around it
export async function make(name, root) {
	const from = join(here, name), bundle = join(root, name);
	cpSync(join(here, "base"), join(root, "base"), { recursive: true });
	if (!existsSync(join(from, "child")) && name !== "base") cpSync(join(here, "base"), bundle, { recursive: true });
	if (existsSync(join(from, "files"))) cpSync(join(from, "files"), bundle, { recursive: true, verbatimSymlinks: true });
	if (existsSync(join(from, "edit"))) edit(bundle, readFileSync(join(from, "edit"), "utf8"));
	if (existsSync(join(from, "make.mjs"))) (await import(join(from, "make.mjs"))).default(bundle, root);
	return bundle;
}
