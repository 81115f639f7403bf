// build.mjs <app> <base> <target>: holds one part against its contract, with the examples and with requests that are made up,
// and packs it, with a manifest that says what it is.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { checkExamples, checkMadeUp } from './contract.mjs';
import { digest, readJson, stopOn, writeJson, writeText } from './support.mjs';

const madeUp = 50_000;
const [app, base, target] = process.argv.slice(2);
const { types } = readJson(join(app, 'project.json'));
stopOn(await checkExamples(join(app, base), types));
stopOn(await checkMadeUp(join(app, base), types, madeUp));
const text = readFileSync(join(app, `${base}.mjs`), 'utf8');
const { exports, examples } = readJson(join(app, `${base}.json`));
writeText(join(target, 'index.mjs'), text);
writeJson(join(target, 'manifest.json'), { name: basename(base), exports: Object.keys(exports), examples, digest: digest(text), bytes: Buffer.byteLength(text) });
console.log(`built ${basename(base)} ${digest(text)}, ${examples.length} examples and ${madeUp} made-up requests hold`);
