// SPDX-License-Identifier: Apache-2.0
//
// usage: minify.mjs FILE.css >OUT: the stylesheet as it goes over the wire; build.sh calls it.
import fs from 'node:fs';
import { transform } from 'lightningcss';

const file = process.argv[2];
process.stdout.write(transform({ filename: file, code: fs.readFileSync(file), minify: true }).code);
