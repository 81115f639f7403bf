import { digestText } from '../../cache/make-key.js';
import type { RunPlan } from '../run-plan.js';
import type { RunState, StepState } from '../run-state.js';

/**
 * What lies before each point of a run, by content: a token for a step stands for its declared outputs and for all behind it.
 * A point that makes nothing passes on what it was given, so that steps without outputs change no key.
 */
export interface ContentTokens {
  /** By name of the nearest steps that made something. All that the node needs has to be settled. */
  readonly before: (node: number) => Readonly<Record<string, string>>;
}

/** By name of the output; nothing where the call gives none. */
export type GivenDigests = (step: string) => Readonly<Record<string, string>> | undefined;

type Tokens = Readonly<Record<string, string>>;

/** `given`: what the outputs contain that the call gives for steps which it leaves out. */
export function createContentTokens(plan: RunPlan, state: RunState, given: GivenDigests): ContentTokens {
  const known = new Map<number, Tokens>();
  const joinBefore = (node: number): Tokens => {
    const joined: Record<string, string> = {};
    for (const need of plan.needs[node] ?? []) if (need.content) Object.assign(joined, known.get(need.node));
    return joined;
  };
  const make = (node: number): Tokens => {
    const before = joinBefore(node);
    const at = plan.nodes[node];
    if (at?.kind === 'step') return tokenOfStep(at.step, { step: state.steps.get(at.step), given: given(at.step) }, before);
    const names = Object.keys(before);
    // Many steps of a phase become one token, or every step of the next would carry them all.
    if (at?.kind === 'phase-end' && names.length > 1) return { [`phase ${at.phase}`]: digestTokens(before) };
    return before;
  };
  /** Needs first, without recursion: a chain may be ten thousand steps long. */
  const learn = (node: number): void => {
    const open = [node];
    for (let next = open.at(-1); next !== undefined; next = open.at(-1)) {
      const current = next;
      const missing = known.has(current) ? [] : (plan.needs[current] ?? []).filter((need) => need.content && !known.has(need.node));
      if (missing.length > 0) open.push(...missing.map((need) => need.node));
      else {
        open.pop();
        if (!known.has(current)) known.set(current, make(current));
      }
    }
  };
  return {
    before: (node) => {
      for (const need of plan.needs[node] ?? []) if (need.content && !known.has(need.node)) learn(need.node);
      return joinBefore(node);
    },
  };
}

function tokenOfStep(id: string, { step, given }: { readonly step: StepState | undefined; readonly given: Tokens | undefined }, before: Tokens): Tokens {
  const cells = [...(step?.cells.map(({ result }) => result?.digests ?? {}) ?? []), ...(given === undefined ? [] : [given])];
  if (cells.every((digests) => Object.keys(digests).length === 0)) return before;
  return { [id]: digestText(JSON.stringify([cells.map(sorted), sorted(before)])) };
}

function digestTokens(tokens: Tokens): string {
  return digestText(JSON.stringify(sorted(tokens)));
}

function sorted(record: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
