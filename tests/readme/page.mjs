// SPDX-License-Identifier: Apache-2.0
//
// Follows a page step by step: what a block of it says is done in a folder, one line "ok TITLE" or "not ok TITLE" a step.
//   ```sh          each line is run
//   ```text        what the last of them said has each of these lines, or begins one
//   ```LANG FILE   the file is written
//   ```diff FILE   in the file, what stands behind "- " becomes what stands behind "+ "
// usage: node page.mjs PAGE FOLDER
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const [page, folder] = process.argv.slice(2);
let said = "";
function report(good, title, detail = "") {
	console.log(`${good ? "ok" : "not ok"} ${title}`);
	if (!good) for (const line of detail.trim().split("\n").slice(-8)) console.log(`# ${line}`);
}
const steps = {
	sh: (text) => {
		for (const line of text.trim().split("\n")) {
			const ran = spawnSync("bash", ["-c", line], { cwd: folder, encoding: "utf8", timeout: 60000, env: { ...process.env, COMPASS_HOME: folder, COMPASS_VAR: join(folder, "var") } });
			said = ran.stdout + ran.stderr;
			report(ran.status === 0, line, said);
		}
	},
	text: (text) => {
		for (const line of text.trim().split("\n")) report(said.split("\n").some((one) => one.startsWith(line)), `says ${line}`, said);
	},
	diff: (text, file) => {
		const old = readFileSync(join(folder, file), "utf8"), [, before, after] = text.match(/^- (.*)\n\+ (.*)$/m);
		report(old.split(before).length === 2, `${file} has ${before} once`);
		writeFileSync(join(folder, file), old.replace(before, () => after));
	},
};
for (const [, kind, file, text] of readFileSync(page, "utf8").matchAll(/^```(\w+) ?(\S*)\n([^]*?)^```$/gm)) {
	if (steps[kind]) { steps[kind](text, file); continue; }
	if (!file) continue;
	mkdirSync(dirname(join(folder, file)), { recursive: true });
	writeFileSync(join(folder, file), text);
}
