import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import { findColonBeyond } from './count-colons.js';
import { yamlLimits } from './limits.js';
import { scanBlockStart, scanDocument, scanLine, scanStream } from './scan-block.js';
import { scanFlow } from './scan-flow.js';
import { createScan, type Scan, type ScanState } from './scan.js';

/** What is wrong with a file as far as it shows before the YAML parser, whose weak spots it must not reach. */
export function preScan(text: string): readonly Diagnostic[] {
  return scanText(text).problems.all;
}

/** Walks over the text once. */
export function scanText(text: string): Scan {
  const scan = createScan(text);
  if (text.length > yamlLimits.size) refuseSize(scan);
  else refuseFlood(scan);
  let state: ScanState = scan.refused ? 'finished' : 'stream';
  while (state !== 'finished') {
    state = step(scan, state);
    if (scan.keys > yamlLimits.entries || scan.items > yamlLimits.entries) refuseEntries(scan);
    if (scan.merges > yamlLimits.problems) refuseMerges(scan);
    if (scan.problems.isFull()) scan.refused = true;
    if (scan.refused) break;
  }
  return scan;
}

function step(scan: Scan, state: Exclude<ScanState, 'finished'>): ScanState {
  switch (state) {
    case 'stream':
      return scanStream(scan);
    case 'line':
      return scanLine(scan);
    case 'block':
      return scanBlockStart(scan);
    case 'document':
      return scanDocument(scan);
    case 'flow':
      return scanFlow(scan);
  }
}

function refuseSize(scan: Scan): void {
  scan.refused = true;
  const megabytes = yamlLimits.size / 1024 / 1024;
  scan.problems.add({
    code: 'TG1003',
    message: `the file is larger than ${megabytes} MiB`,
    span: [yamlLimits.size, yamlLimits.size + 1],
    hint: 'Keep data in files of their own and name them under `inputs`.',
  });
}

/** As many `<<:` as no text has by accident. */
const mostMerges = 1_000;

/** A file far beyond the limit is told so at once, without looking at what is a key and what is text. */
function refuseFlood(scan: Scan): void {
  if (scan.text.split('<<:', mostMerges + 2).length > mostMerges + 1) {
    scan.pos = scan.text.indexOf('<<:') + 3;
    refuseMerges(scan);
    return;
  }
  const at = findColonBeyond(scan.text, yamlLimits.entries * 1.5);
  if (at === undefined) return;
  scan.refused = true;
  scan.problems.add({
    code: 'TG1005',
    message: `more than ${yamlLimits.entries} keys`,
    span: [at, at + 1],
    hint: 'Keep data in files of their own and name them under `inputs`.',
  });
}

function refuseEntries(scan: Scan): void {
  if (scan.refused) return;
  scan.refused = true;
  const what = scan.keys > yamlLimits.entries ? 'keys' : 'list items';
  scan.problems.add({
    code: 'TG1005',
    message: `more than ${yamlLimits.entries} ${what}; this is the first too many`,
    span: [Math.min(Math.max(scan.nodeStart, 0) || scan.pos, scan.text.length - 1), Math.min(scan.pos + 1, scan.text.length)],
    hint: 'Keep data in files of their own and name them under `inputs`.',
  });
}

/** Merge keys are an error each; a file full of them is not read to write them all out. */
function refuseMerges(scan: Scan): void {
  if (scan.refused) return;
  scan.refused = true;
  scan.problems.add({
    code: 'TG1034',
    message: `merge keys ('<<') are not read, and this file has more than ${yamlLimits.problems}`,
    span: [Math.max(0, scan.pos - 3), scan.pos],
    hint: 'Write the keys out.',
  });
}
