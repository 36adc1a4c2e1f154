// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, writeFileSync } from "node:fs";

export default function (bundle, around) {
	mkdirSync(`${around}/other`);
	writeFileSync(`${bundle}/bundle.json`, '{ "extends": "other", "name": "One" }');
	writeFileSync(`${around}/other/bundle.json`, '{ "extends": "142-hostile-circle", "name": "Other" }'.replace("142-hostile-circle", bundle.split("/").at(-1)));
}
