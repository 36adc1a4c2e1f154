// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, symlinkSync } from "node:fs";

export default function (bundle, around) {
	mkdirSync(`${around}/elsewhere`);
	symlinkSync(`${around}/elsewhere`, `${bundle}/languages`);
}
