// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from "node:fs";

export default function (bundle) {
	writeFileSync(`${bundle}/media/emblem.svg`, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${"<circle/>".repeat(1000)}</svg>`);
}
