import { clearStore } from '../../adapters/local/store/clear-store.js';
import { collectGarbage } from '../../adapters/local/store/collect-garbage.js';
import { listResults, measureStore } from '../../adapters/local/store/list-results.js';
import { locateStore } from '../../adapters/local/store/store-layout.js';
import { verifyStore } from '../../adapters/local/store/verify-store.js';
import { version } from '../../assembly/version.js';
import { renderCacheList, renderCacheStats } from '../../core/report/cache-text.js';
import { describeBytes } from '../../core/report/describe-bytes.js';
import { createPaint } from '../../core/report/paint.js';
import { counted } from '../../core/report/plan-words.js';
import type { Call, ExitCode } from '../command.js';
import { chooseWord } from '../choose-word.js';
import { refuseCall } from '../refuse-call.js';
import { stateFolderOf } from '../run/state-folder-of.js';

export const cacheWords = ['ls', 'stats', 'verify', 'clear', 'gc'] as const;

/** `tollgate cache`: the results that are kept, and the room that they take. */
export function cache(call: Call): ExitCode {
  const word = chooseWord(cacheWords, call);
  if (typeof word === 'object') return refuseCall([word], call);
  switch (word) {
    case 'ls': return list(call);
    case 'stats': return showStats(call);
    case 'verify': return verify(call);
    case 'clear': return clear(call);
    case 'gc': return collect(call);
  }
}

function list(call: Call): ExitCode {
  const { workflow } = call.options;
  const wanted = new Set(workflow.value.map((name) => name.toLowerCase()));
  const listed = listResults(folderOf(call)).filter(({ result }) => wanted.size === 0 || wanted.has(result.workflow.toLowerCase()));
  if (call.options.json.value) {
    const results = listed.map(({ result, lastUsed, bytes }) => ({
      key: result.key, workflow: result.workflow, step: result.step, domain: result.domain, made_at: timeOf(result.createdAt), used_at: timeOf(lastUsed), bytes,
      files: result.files.length, duration_ms: Math.round(result.durationMs), cost_usd: result.costUsd,
    }));
    return printJson({ results }, call);
  }
  if (listed.length === 0) call.terminal.err('No result is kept here.\n');
  else call.terminal.out(renderCacheList(listed, lookOf(call)));
  return 0;
}

function showStats(call: Call): ExitCode {
  const folder = folderOf(call);
  const { entries, blobs, bytes, oldest } = measureStore(folder);
  const most = mostOf(call);
  const workflows = new Map<string, { results: number; bytes: number }>();
  for (const { result, bytes: own } of listResults(folder)) {
    const sum = workflows.get(result.workflow) ?? { results: 0, bytes: 0 };
    workflows.set(result.workflow, { results: sum.results + 1, bytes: sum.bytes + own });
  }
  const shares = [...workflows].map(([workflow, sum]) => ({ workflow, ...sum })).sort((a, b) => b.bytes - a.bytes);
  if (call.options.json.value) return printJson({ folder, results: entries, contents: blobs, bytes, max_bytes: most, least_recently_used_at: oldest === undefined ? null : timeOf(oldest), workflows: shares }, call);
  call.terminal.out(renderCacheStats({ folder, entries, blobs, bytes, oldest, most, shares }, lookOf(call)));
  return 0;
}

/** Exit code 1 where something was damaged: it is gone, and somebody should look at the disk. */
function verify(call: Call): ExitCode {
  const { entries, blobs, bytes, removed } = verifyStore(folderOf(call), Date.now());
  const damaged = removed.filter(({ reason }) => reason !== 'no stored result needs it');
  if (call.options.json.value) printJson({ results: entries, contents: blobs, bytes, removed: removed.map(({ path, reason, stillThere }) => ({ path, reason, still_there: stillThere ?? null })) }, call);
  else {
    const paint = createPaint(call.terminal.color);
    for (const { path, reason, stillThere } of damaged) call.terminal.err(`${paint.warning('[WARNING]')} ${path}: ${reason}; ${stillThere === undefined ? 'it was removed' : `it could not be removed: ${stillThere}`} (TG3402)\n`);
    const others = removed.length - damaged.length;
    call.terminal.out(`${counted(entries, 'result is', 'results are')} whole, with ${counted(blobs, 'content', 'contents')} of ${describeBytes(bytes)}.${damaged.length === 0 ? '' : ` ${damaged.length} damaged.`}${others === 0 ? '' : ` ${others} that no result needed removed.`}\n`);
  }
  return damaged.length === 0 ? 0 : 1;
}

function clear(call: Call): ExitCode {
  const folder = folderOf(call);
  const { entries, bytes } = measureStore(folder);
  const isDry = call.options['dry-run'].value;
  const problem = isDry ? undefined : clearStore(folder);
  if (problem !== undefined) return refuseCall([{ message: `not all of ${folder} could be removed: ${problem}`, hint: 'mend what is named, and call it again' }], call);
  if (call.options.json.value) return printJson({ dry_run: isDry, results: entries, bytes }, call);
  call.terminal.out(`${counted(entries, 'result', 'results')} (${describeBytes(bytes)}) ${isDry ? 'would be removed' : 'removed'}.\n`);
  return 0;
}

function collect(call: Call): ExitCode {
  const most = mostOf(call);
  const { entries, blobs, freedBytes, keptBytes } = collectGarbage(folderOf(call), { maxBytes: most, now: Date.now() });
  if (call.options.json.value) return printJson({ max_bytes: most, removed: entries, contents_removed: blobs, freed_bytes: freedBytes, kept_bytes: keptBytes }, call);
  call.terminal.out(`${counted(entries, 'result', 'results')} removed, those first that were not used for longest; ${describeBytes(freedBytes)} freed, ${describeBytes(keptBytes)} of at most ${describeBytes(most)} kept.\n`);
  return 0;
}

function folderOf(call: Call): string {
  return locateStore(stateFolderOf(call)).folder;
}

function mostOf({ options }: Call): number {
  return options['max-size'].value;
}

function lookOf({ terminal }: Call) {
  return { paint: createPaint(terminal.color), columns: terminal.columns, now: Date.now() };
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function printJson(fields: Readonly<Record<string, unknown>>, { terminal }: Call): ExitCode {
  terminal.out(`${JSON.stringify({ schema_version: 1, tollgate_version: version, ...fields }, null, 2)}\n`);
  return 0;
}
