// SPDX-License-Identifier: Apache-2.0
import { truncateSync } from "node:fs";

export default function (bundle) {
	truncateSync(`${bundle}/services.json`, 100 << 20);
}
