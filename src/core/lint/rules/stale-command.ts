import type { Span } from '../../diagnostic/diagnostic.js';
import type { ProgramCall } from '../commands/program-call.js';
import { operandsOf, optionValue, startsWith } from '../commands/program-call.js';
import { findKeyPlaces } from '../find-key-places.js';
import type { LintedCommand, LintedStep } from '../linted-step.js';
import type { LintFinding, LintRule, LintSubject } from '../lint-rule.js';
import { readUses } from '../read-uses.js';

/** Cached commands that work with the time, with chance or with the commit: a hit brings back those of an earlier run. */
export const staleCommand: LintRule = { name: 'stale-command', codes: ['TG4004'], find: findStaleCommands };

interface Unkeyed {
  readonly by: string;
  readonly kind: 'time' | 'chance' | 'commit' | 'run';
  readonly at: Span;
}

function findStaleCommands(subject: LintSubject): readonly LintFinding[] {
  const keyed = new Set(findKeyPlaces(subject).filter(({ place }) => readUses(place).some(({ context, path }) => context === 'github' && path[0]?.toLowerCase() === 'sha')).flatMap(({ steps }) => steps));
  return subject.steps.flatMap((step) => {
    const { command } = step;
    if (!step.cached || command === undefined) return [];
    const found = findUnkeyed(command).filter(({ kind }) => kind !== 'commit' || !keyed.has(step.placed));
    return firstOfEachKind(found).map((unkeyed) => describe(unkeyed, step, command));
  });
}

function describe(unkeyed: Unkeyed, step: LintedStep, command: LintedCommand): LintFinding {
  return {
    code: 'TG4004',
    severity: 'warning',
    message: `'${step.id}' is cached and uses ${unkeyed.by}, which its key does not know: a hit brings back what an earlier run saw`,
    span: command.locate(unkeyed.at),
    hint: unkeyed.kind === 'commit' ? 'put it into the key: cache_key: "{{ github.sha }}"; or do it in a step of its own, without a cache' : 'do it in a step of its own, without a cache',
    step: step.placed,
  };
}

function firstOfEachKind(found: readonly Unkeyed[]): readonly Unkeyed[] {
  return found.filter((each, index) => found.findIndex(({ kind }) => kind === each.kind) === index);
}

function findUnkeyed(command: LintedCommand): readonly Unkeyed[] {
  const called = command.calls.flatMap((call): Unkeyed[] => {
    const kind = judgeCall(call);
    return kind === undefined ? [] : [{ kind, by: [call.program, ...(call.program === 'git' ? operandsOf(call).slice(0, 1) : [])].join(' '), at: call.at }];
  });
  const read = command.variables.flatMap(({ name, at }): Unkeyed[] => {
    const kind = command.assigned.has(name) ? undefined : variables.get(name);
    return kind === undefined ? [] : [{ kind, by: `$${name}`, at }];
  });
  return [...called, ...read].sort((a, b) => a.at[0] - b.at[0]);
}

const variables: ReadonlyMap<string, Unkeyed['kind']> = new Map<string, Unkeyed['kind']>([
  ['RANDOM', 'chance'],
  ['SRANDOM', 'chance'],
  ['EPOCHSECONDS', 'time'],
  ['EPOCHREALTIME', 'time'],
  ['GITHUB_SHA', 'commit'],
  ['GITHUB_RUN_ID', 'run'],
  ['GITHUB_RUN_NUMBER', 'run'],
  ['GITHUB_RUN_ATTEMPT', 'run'],
]);

function judgeCall(call: ProgramCall): Unkeyed['kind'] | undefined {
  switch (call.program) {
    case 'date': return tellsNow(call) ? 'time' : undefined;
    case 'uuidgen': return 'chance';
    case 'openssl': return startsWith(call, 'rand') ? 'chance' : undefined;
    case 'git': return readsCommit(call) ? 'commit' : undefined;
    default: return call.words.some((word) => word === '/dev/urandom' || word === '/dev/random' || word === '/proc/sys/kernel/random/uuid') ? 'chance' : undefined;
  }
}

/** `date -r file` and `date -d @1700000000` tell a time that is written down somewhere. */
function tellsNow(call: ProgramCall): boolean {
  if (call.words.some((word) => /^(?:-r|--reference)/u.test(word))) return false;
  const said = optionValue(call, '-d', '--date') ?? call.words.find((word) => /^-[a-zA-Z]*d./u.test(word));
  return said === undefined || /now|today|tomorrow|yesterday|ago|next|last/u.test(said);
}

function readsCommit(call: ProgramCall): boolean {
  if (startsWith(call, 'describe')) return true;
  const reads = startsWith(call, 'rev-parse') || startsWith(call, 'rev-list') || startsWith(call, 'symbolic-ref');
  return reads && call.words.some((word) => word === '@' || /^HEAD(?:[~^@]|$)/u.test(word));
}
