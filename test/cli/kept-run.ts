import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunEvent, RunFacts, RunProgress, StepTerms } from '../../src/core/run/run-event.js';
import { sampleFacts } from '../rig/run-rig.js';
import { writeEpoch } from '../rig/write-epoch.js';

export interface KeptRun {
  readonly id: string;
  readonly path: string;
  readonly journal: string;
}

/** When the runs of tests began. */
export const began = Date.UTC(2025, 0, 15, 8, 30, 0);

const plain: StepTerms = { cells: [{}], isMatrix: false, attempts: 1, retryOn: ['failure'], delayMs: 0, factor: 1, maxDelayMs: 0, locks: [], maxParallel: null, failFast: false, tolerated: false, background: null };

/** Events of a step, as a run writes them. */
export const step = {
  opened: (name: string, terms: Partial<StepTerms> = {}): RunProgress => ({ kind: 'step-opened', step: name, ...plain, ...terms }),
  started: (name: string, cell = 0, attempt = 1): RunProgress => ({ kind: 'attempt-started', step: name, cell, attempt }),
  succeeded: (name: string, outputs: Record<string, string> = {}, cell = 0): RunProgress => ({ kind: 'attempt-ended', step: name, cell, attempt: 1, durationMs: 20, result: { outcome: 'succeeded', failure: null, exitCode: 0, stdout: '', outputs, costUsd: 0, tokens: 0, endsRun: null, tail: [], warnings: [] } }),
  failed: (name: string, message: string): RunProgress => ({ kind: 'attempt-ended', step: name, cell: 0, attempt: 1, durationMs: 20, result: { outcome: 'failed', failure: { kind: 'exit', code: 'TG3101', message, hints: [] }, exitCode: 1, stdout: '', outputs: {}, costUsd: 0.5, tokens: 0, endsRun: null, tail: [], warnings: [] } }),
};

/** Writes the journal of a run into a folder's state, an event every 100 ms. */
export function keepRun(folder: string, { number = 1, facts = {}, events = [], at = began }: { readonly number?: number; readonly facts?: Partial<RunFacts>; readonly events?: readonly RunProgress[]; readonly at?: number } = {}): KeptRun {
  const id = `${new Date(at).toISOString().replaceAll(/\D/gu, '').slice(0, 8)}-083000-000-${number.toString(16).padStart(4, '0')}`;
  const path = join(folder, '.tollgate', 'runs', id);
  const all: readonly RunProgress[] = [{ kind: 'run-started', ...sampleFacts, workflow: 'ci', file: 'ci.yml', ...facts, runId: id }, ...events];
  mkdirSync(join(path, 'journal'), { recursive: true });
  const journal = join(path, 'journal', '000001.ndjson');
  writeFileSync(journal, writeEpoch(all.map((event, index): RunEvent => ({ ...event, at: at + index * 100 })), { run: id, at }).bytes);
  return { id, path, journal };
}
