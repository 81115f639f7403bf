// build.mjs <app> <base> <target>: runs the examples of one part and packs it, with a manifest that says what it is.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { checkExamples } from './contract.mjs';
import { digest, readJson, stopOn, writeJson, writeText } from './support.mjs';

const [app, base, target] = process.argv.slice(2);
const { types } = readJson(join(app, 'project.json'));
stopOn(await checkExamples(join(app, base), types));
const text = readFileSync(join(app, `${base}.mjs`), 'utf8');
const { exports, examples } = readJson(join(app, `${base}.json`));
writeText(join(target, 'index.mjs'), text);
writeJson(join(target, 'manifest.json'), { name: basename(base), exports: Object.keys(exports), examples, digest: digest(text), bytes: Buffer.byteLength(text) });
console.log(`built ${basename(base)} ${digest(text)}, ${examples.length} of ${examples.length} examples hold`);
