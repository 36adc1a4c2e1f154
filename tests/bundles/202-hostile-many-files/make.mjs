// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from "node:fs";

export default function (bundle) {
	for (let i = 0; i < 2100; i++) writeFileSync(`${bundle}/media/p${i}.png`, "");
}
