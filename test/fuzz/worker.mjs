// Reads files by number and says of each how far it came. A native abort ends this process: the parent sees which file it was.
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { makeFile } from './mutate.mjs';

const { folder, corpus: corpusFile, seed } = JSON.parse(process.argv[2]);
const load = (path) => import(pathToFileURL(join(folder, path)).href);
const { decodeText } = await load('core/definition/yaml/decode-text.js');
const { preScan } = await load('core/definition/yaml/pre-scan.js');
const { readYaml } = await load('core/definition/yaml/read-yaml.js');
const { createSourceText } = await load('core/diagnostic/source-text.js');
const { parseWorkflow, hasErrors } = await load('core/definition/parse-workflow.js');
const { planWorkflow } = await load('core/plan/plan-workflow.js');
const { stepTypes } = await load('steps/index.js');
const corpus = JSON.parse(readFileSync(corpusFile, 'utf8'));

process.on('message', ({ from, to }) => {
  const results = [];
  for (let index = from; index < to; index++) results.push(readFile(index));
  process.send({ from, to, results });
});

function readFile(index) {
  const { name, data } = makeFile(seed, index, corpus);
  const started = performance.now();
  const result = { name, stage: 'refused as text', faults: [], positions: 0, atOne: 0, codesAtOne: [], ms: 0 };
  try {
    examine(data, result);
  } catch (error) {
    result.faults.push(`threw ${error?.stack ?? error}`);
  }
  result.ms = performance.now() - started;
  if (result.ms > 1000) result.faults.push(`took ${Math.round(result.ms)} ms`);
  if (result.faults.length > 0) result.index = index;
  return result;
}

function examine(data, result) {
  const decoded = decodeText(data);
  if (decoded.kind === 'refused') return rejected([decoded.diagnostic], decoded.text ?? '', result);
  const scanned = preScan(decoded.text);
  if (scanned.length > 0) return rejected(scanned, decoded.text, result);
  result.stage = 'refused as YAML';
  const source = createSourceText('fuzz.yml', decoded.text);
  const { root, diagnostics } = readYaml(source);
  if (root === undefined || diagnostics.some(({ severity }) => severity === 'error')) return rejected(parseWorkflow(source, stepTypes).diagnostics, decoded.text, result);
  result.stage = 'refused by the language';
  const parsing = parseWorkflow(source, stepTypes);
  const planning = parsing.parsed === undefined ? undefined : planWorkflow(parsing.parsed, source, ({ text }) => ({ text, holds: 'unknown', because: '' }));
  const all = [...parsing.diagnostics, ...(planning?.diagnostics ?? [])];
  if (hasErrors(parsing.diagnostics)) return rejected(all, decoded.text, result);
  if (planning === undefined) result.faults.push('no error, and yet no workflow');
  else if (planning.kind === 'planned') result.stage = 'planned';
  else if (hasErrors(planning.diagnostics)) rejected(all, decoded.text, result);
  else result.faults.push('accepted, and yet not planned');
}

function rejected(diagnostics, text, result) {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) result.faults.push('rejected without an error');
  for (const { code, span, message } of errors) {
    const inside = Number.isInteger(span[0]) && Number.isInteger(span[1]) && span[0] >= 0 && span[1] >= span[0] && span[1] <= text.length;
    result.positions += 1;
    if (span[0] === 0 && text.length > 0) {
      result.atOne += 1;
      result.codesAtOne.push(code);
    }
    if (!inside) result.faults.push(`${code} stands outside the file: ${span} of ${text.length} (${message})`);
  }
}
