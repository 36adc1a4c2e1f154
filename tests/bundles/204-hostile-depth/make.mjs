// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from "node:fs";

export default function (bundle) {
	writeFileSync(`${bundle}/goals.json`, `{ "goals": ${"[".repeat(100000)}${"]".repeat(100000)} }`);
}
