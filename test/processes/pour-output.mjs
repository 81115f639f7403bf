// `node pour-output.mjs <staged sources> <file> <bytes>`: one process whose output goes into a file; says what it took.
import { closeSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [folder, file, bytes] = process.argv.slice(2);
const { createProcessRunner } = await import(pathToFileURL(join(folder, 'adapters/local/processes/process-runner.js')).href);
const log = openSync(file, 'w');
const writer = fileURLToPath(new URL('./write-blocks.mjs', import.meta.url));
let count = 0;
const started = performance.now();
const end = await createProcessRunner().start({ file: process.execPath, args: [writer, bytes], env: {}, folder: dirname(file), mark: `pour/${process.pid}` }, (_, piece) => {
  for (let at = 0; at < piece.length;) at += writeSync(log, piece, at);
  count += piece.length;
}).ended;
const ms = performance.now() - started;
closeSync(log);
console.log(JSON.stringify({ end, count, ms, maxRss: process.resourceUsage().maxRSS * 1024 }));
