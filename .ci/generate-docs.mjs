// Writes the pages that follow from the sources: `npm run docs`; `npm run docs -- --check` exits 1 when one of them is out of date.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { writeAction } from './docs/action.mjs';
import { writeCommandLine } from './docs/command-line.mjs';
import { writeErrors } from './docs/errors.mjs';
import { writeErrorsTour } from './docs/errors-tour.mjs';
import { writeReference } from './docs/reference.mjs';
import { root, stageSources, stagingFolder } from './stage-sources.mjs';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const staging = stagingFolder('docs');

try {
  await stageSources(staging, 'module');
  const load = (path) => import(pathToFileURL(join(staging, path)).href);
  const pages = {
    'docs/reference.md': await writeReference(load),
    'docs/errors.md': await writeErrors(load),
    'docs/errors-tour.md': await writeErrorsTour(load),
    'docs/action.md': await writeAction(),
    'docs/cli.md': await writeCommandLine(load),
    'docs/workflow.schema.json': await writeSchema(load),
  };
  const stale = [];
  for (const [path, text] of Object.entries(pages)) {
    if ((await readFile(join(root, path), 'utf8').catch(() => '')) === text) continue;
    stale.push(path);
    if (!values.check) await writeFile(join(root, path), text);
  }
  report(stale);
} finally {
  await rm(staging, { recursive: true, force: true });
}

async function writeSchema(load) {
  const { createJsonSchema } = await load('core/definition/schema/create-json-schema.js');
  const { stepTypes } = await load('steps/index.js');
  return `${JSON.stringify(createJsonSchema(stepTypes), null, 2)}\n`;
}

function report(stale) {
  if (stale.length === 0) console.log('The generated pages are up to date.');
  else if (!values.check) console.log(`Wrote ${stale.join(', ')}.`);
  else {
    console.error(`Out of date: ${stale.join(', ')}. \`npm run docs\` writes them anew.`);
    process.exitCode = 1;
  }
}
