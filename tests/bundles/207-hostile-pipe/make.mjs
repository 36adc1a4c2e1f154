// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";

export default function (bundle) {
	execFileSync("mkfifo", [`${bundle}/languages.json`, `${bundle}/media/pipe`]);
}
