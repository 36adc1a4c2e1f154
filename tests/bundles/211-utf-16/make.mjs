// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from "node:fs";

export default function (bundle) {
	writeFileSync(`${bundle}/services.json`, Buffer.from(`\uFEFF${readFileSync(`${bundle}/services.json`, "utf8")}`, "utf16le"));
}
