import { digestText } from '../cache/make-key.js';
import type { Value } from '../expression/expression.js';

/** Steps that `plan` found done: the verdict counts it in place of a run of them. */
export interface PlanEvidence {
  readonly workflow: string;
  readonly commit: string;
  /** The run that it is a part of, by the same id as its other parts. */
  readonly runId: string;
  readonly attempt: number;
  readonly phases: readonly PlannedPhaseEvidence[];
}

export interface PlannedPhaseEvidence {
  readonly id: string;
  readonly keys: readonly PlannedKey[];
}

/** A step, or a cell of one, that need not run: its result is there under this key, or its own `when` says so. */
export interface PlannedKey {
  readonly step: string;
  readonly matrix: Readonly<Record<string, Value>> | null;
  readonly key: string | null;
  /** Why there is no key. */
  readonly because: string | null;
}

export type DecodedPlanEvidence =
  | { readonly kind: 'decoded'; readonly plan: PlanEvidence }
  | { readonly kind: 'refused'; readonly reason: 'unreadable' | 'damaged' | 'newer'; readonly because: string };

const form = 'tollgate-plan';
const version = 1;

/** One line of text that says what it is, and by which it can be told that nothing of it was lost. */
export function encodePlanEvidence({ workflow, commit, runId, attempt, phases }: PlanEvidence): string {
  const body = JSON.stringify({ workflow, commit, runId, attempt, phases: phases.map(({ id, keys }) => ({ id, keys: keys.map(({ step, matrix, key, because }) => ({ step, matrix, key, because })) })) });
  return `${JSON.stringify({ form, version, digest: digestText(body), body })}\n`;
}

export function decodePlanEvidence(text: string): DecodedPlanEvidence {
  const outer = parse(text);
  if (!isRecord(outer) || outer['form'] !== form || !isCount(outer['version'])) return refuse('unreadable', 'it is not in the form that plan writes');
  if (outer['version'] > version) return refuse('newer', `a newer Tollgate wrote it, in form ${outer['version']}; this one knows form ${version}`);
  const { digest, body } = outer;
  if (outer['version'] !== version || typeof digest !== 'string' || typeof body !== 'string') return refuse('unreadable', 'it is not in the form that plan writes');
  if (digestText(body) !== digest) return refuse('damaged', 'its digest does not fit what it says');
  const plan = parse(body);
  return isPlanEvidence(plan) ? { kind: 'decoded', plan } : refuse('unreadable', 'it does not say what plan says');
}

function refuse(reason: 'unreadable' | 'damaged' | 'newer', because: string): DecodedPlanEvidence {
  return { kind: 'refused', reason, because };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPlanEvidence(value: unknown): value is PlanEvidence {
  if (!isRecord(value)) return false;
  const { workflow, commit, runId, attempt, phases } = value;
  return [workflow, commit, runId].every((name) => typeof name === 'string' && name !== '') && isCount(attempt) && Array.isArray(phases) && phases.every(isPhase);
}

function isPhase(value: unknown): boolean {
  return isRecord(value) && typeof value['id'] === 'string' && Array.isArray(value['keys']) && value['keys'].every(isKey);
}

/** Either the key or the reason: what says neither is no evidence. */
function isKey(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { step, matrix, key, because } = value;
  const isText = (one: unknown): boolean => typeof one === 'string' && one !== '';
  return isText(step) && (matrix === null || isRecord(matrix)) && (isText(key) ? because === null : key === null && isText(because));
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
