// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, writeFileSync } from "node:fs";

export default function (bundle, around) {
	for (let i = 1; i <= 9; i++) {
		mkdirSync(`${around}/p${i}`);
		writeFileSync(`${around}/p${i}/bundle.json`, JSON.stringify({ extends: `p${i + 1}`, name: `P ${i}` }));
	}
	writeFileSync(`${bundle}/bundle.json`, '{ "extends": "p1", "name": "Child" }');
}
