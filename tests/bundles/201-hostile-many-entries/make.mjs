// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from "node:fs";

export default function (bundle) {
	const services = Array.from({ length: 6000 }, (_, i) => ({ key: `s${i}`, kind: "service", name: `S ${i}`, provider: "P", dimensions: ["housing"] }));
	writeFileSync(`${bundle}/services.json`, JSON.stringify({ services }));
}
