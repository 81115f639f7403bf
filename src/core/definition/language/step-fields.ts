import { as, either, hasKey, isFlag, isList, isMap, isScalar, list, mapOf, optional, record, refine, says } from '../shape/collection.js';
import type { RecordOf } from '../shape/collection.js';
import { duration } from '../shape/duration.js';
import type { Word } from '../shape/scalar.js';
import { choice, flag, number, plainWord } from '../shape/scalar.js';
import { refuse } from '../shape/shape.js';
import { condition, shellText, text } from '../shape/text.js';
import { budget } from './budget-shape.js';
import { environment, givenSecrets, passedVariables } from './environment-shape.js';
import { id, variableKey } from './names.js';
import { matrix } from './matrix-shape.js';
import { stepOutputs } from './step-output-shape.js';

/** One entry of `needs`: an id, or an id that is only waited for. */
export interface Need {
  readonly step: Word;
  readonly orderOnly: boolean;
}

const stepName = () => plainWord('the id, phase.id or number of a step');

export const needs = () =>
  list(
    either('the id of a step, or { id, order_only: true }', [
      { looks: isScalar, shape: as(stepName(), (step): Need => ({ step, orderOnly: false })) },
      {
        looks: isMap,
        shape: as(
          record('{ id, order_only: true }', {
            id: { shape: stepName(), required: true, summary: 'the step to wait for' },
            order_only: optional(flag(), 'waits, and takes nothing into the key'),
          }),
          (need): Need => ({ step: need.id, orderOnly: need.order_only?.kind === 'written' && need.order_only.value }),
        ),
      },
    ]),
  );

const retryReason = either('failure, timeout or exit_code: [ … ]', [
  { looks: isScalar, shape: choice(['failure', 'timeout']) },
  {
    looks: isMap,
    shape: record('exit_code: [1, 2]', {
      exit_code: { shape: list(exitCode(), 1), required: true, summary: 'the exit codes that are tried again' },
    }),
  },
]);

export const retry = () =>
  record('a retry such as { attempts: 3 }', {
    attempts: optional(number('a whole number from 1', { min: 1, integer: true }), 'how often in all'),
    delay: optional(duration(), 'the pause before the second attempt'),
    factor: optional(number('a factor from 1', { min: 1 }), 'what each further pause is multiplied with'),
    max_delay: optional(duration(), 'the longest pause'),
    jitter: optional(flag(), 'spread the pauses by chance'),
    on: optional(list(retryReason, 1), 'what is tried again (default: failure and timeout)'),
  });

/** What a result depends on: files, or a value that stands for something else. */
export const stepInputs = () =>
  list(
    either('a path, a glob or { value }', [
      { looks: isScalar, shape: text('a path or a glob') },
      {
        looks: isMap,
        shape: record('{ value }', { value: { shape: text('a value'), required: true, summary: 'a value that the result depends on' } }),
      },
    ]),
  );

const cacheSettings = record('cache settings such as { key: … }', {
  inputs: optional(stepInputs(), "added to the step's inputs"),
  outputs: optional(list(text('a path')), "paths added to the step's outputs"),
  env: optional(
    either('names of variables, or a map of them', [
      { looks: isList, shape: passedVariables() },
      { looks: isMap, shape: mapOf(text(), variableKey) },
    ]),
    "added to the step's env",
  ),
  tools: optional(list(shellText('a command such as node --version')), 'commands whose output counts'),
  key: optional(text(), 'added to the key'),
  ttl: optional(duration(), 'how long a result holds'),
  scope: optional(text(), 'a name that separates results which must not be shared'),
  version: optional(text(), 'change it to forget earlier results'),
});

const ready = refine(
  record('{ url, run or log }', {
    url: optional(text('a URL'), 'ready when it answers'),
    run: optional(shellText(), 'ready when it exits 0'),
    log: optional(text('a regular expression'), 'ready when a line matches'),
    interval: optional(duration(), 'how often it is asked'),
    timeout: optional(duration(), 'how long it may take'),
  }),
  (asked, node, reading) => {
    const ways = ['url', 'run', 'log'].filter((way) => says(node, way));
    if (ways.length === 1) return true;
    const found = ways.length === 0 ? 'this has none' : `this has ${ways.join(' and ')}`;
    refuse(reading, { code: 'TG1108', message: `'ready' has one of url, run and log; ${found}`, span: asked.at, hint: 'write ready: { url: "http://localhost:3000" }' });
    return false;
  },
);

const background = either('true, or { ready, stop }', [
  { looks: isFlag, shape: flag() },
  {
    looks: isMap,
    shape: record('{ ready, stop }', {
      ready: optional(ready, 'how to see that it is ready'),
      stop: optional(choice(['phase', 'run', 'never']), 'when it is stopped (default: at the end of the run)'),
    }),
  },
]);

const artifacts = either('true, or { name, paths, retention_days, tags }', [
  { looks: isFlag, shape: flag() },
  {
    looks: isMap,
    shape: record('{ name, paths, retention_days, tags }', {
      name: optional(text(), "what it is called (default: the step's id; in a matrix with the values of the cell)"),
      paths: optional(list(text('a path')), 'what it holds: files, folders, globs, `!` taking away (default: the files of the outputs)'),
      retention_days: optional(number('a number of days from 1', { min: 1, integer: true }), 'how long it is kept (default: as long as runs, 30)'),
      tags: optional(list(text()), 'words to find it by'),
    }),
  },
]);

const cost = either('{ usd, tokens } or { probe }', [
  {
    looks: hasKey('probe'),
    shape: record('{ probe }', { probe: { shape: shellText(), required: true, summary: 'a command that prints a running total' } }),
  },
  {
    looks: isMap,
    shape: record('{ usd, tokens }', {
      usd: optional(number('an amount of dollars from 0', { min: 0 }), 'dollars, known beforehand'),
      tokens: optional(number('a number of tokens from 0', { min: 0, integer: true }), 'tokens, known beforehand'),
    }),
  },
]);

const recovery = list(
  either('a hint, or { match, hint, run }', [
    { looks: isScalar, shape: text('a hint') },
    {
      looks: isMap,
      shape: record('{ match, hint, run }', {
        match: optional(text('a regular expression'), 'only for output that matches'),
        hint: optional(text(), 'what to do'),
        run: optional(shellText(), 'the command that does it'),
      }),
    },
  ]),
);

export function exitCode() {
  return number('an exit code from 0 to 255', { min: 0, max: 255, integer: true });
}

/** The fields that every step has; `rollback` and `parallel` are added where steps are known. */
export const commonStepFields = {
  id: optional(id(), 'its name, unique in the workflow'),
  name: optional(plainWord('text'), 'what people see instead of the id'),
  description: optional(text(), 'what it is for'),
  component: optional(text(), 'the part of the world it is about, named in messages'),
  type: optional(plainWord('a step type'), 'what it does; shell when command is given'),
  needs: optional(needs(), 'what must have ended before; left out: the step before it'),
  when: optional(condition(), 'whether it runs'),
  matrix: optional(matrix(), 'one cell for each combination of values'),
  timeout: optional(duration('or none'), 'time limit of an attempt (1h when nothing is said)'),
  kill_after: optional(duration(), 'how long after SIGTERM it is killed (10s when nothing is said)'),
  retry: optional(retry(), 'what happens when it fails'),
  continue_on_error: optional(flag(), 'a failure becomes a WARNING'),
  env: optional(environment(), 'variables it gets'),
  secrets: optional(givenSecrets(), 'secrets it gets'),
  pass_env: optional(passedVariables(), 'variables that pass through from outside'),
  working_directory: optional(text('a folder'), 'where its command runs'),
  inputs: optional(stepInputs(), 'what the result depends on'),
  outputs: optional(stepOutputs(), 'what it makes'),
  artifacts: optional(artifacts, 'files kept with the run'),
  cache: optional(either('true, false or cache settings', [{ looks: isScalar, shape: flag() }, { looks: isMap, shape: cacheSettings }]), 'whether a result that holds is used again'),
  cache_key: optional(text(), 'added to the key; turns caching on'),
  use_cache: optional(flag(), 'short for cache: true or false; wins when false'),
  effects: optional(choice(['none', 'idempotent', 'once']), 'what it does to the world'),
  recovery: optional(recovery, 'hints shown when it fails'),
  budget: optional(budget(), 'what it may spend'),
  cost: optional(cost, 'what it costs'),
  costly: optional(costlyOrNot(), 'runs only when the run allows it'),
  labels: optional(list(plainWord('a word')), 'words to select by'),
  locks: optional(list(text('a name')), 'steps that share one never run side by side'),
  background: optional(background, 'a server that later steps use'),
  expressions: optional(onOrOff(), 'false: no {{ }} in this step'),
} as const;

export type CommonStepFields = RecordOf<typeof commonStepFields>;

/** The fields of a parallel group, in place of a type. */
export const parallelFields = {
  id: optional(id(), 'the name of the group'),
  name: optional(plainWord('text'), 'what people see instead of the id'),
  description: optional(text(), 'what it is for'),
  when: optional(condition(), 'whether its steps run'),
  needs: optional(needs(), 'what must have ended before'),
  env: optional(environment(), 'variables its steps get'),
  continue_on_error: optional(flag(), 'failures become WARNINGs'),
  max_parallel: optional(number('a whole number from 1', { min: 1, integer: true }), 'how many run at once'),
} as const;

function onOrOff() {
  return { ...choice(['true', 'false']), schema: () => ({ type: 'boolean' as const }) };
}

function costlyOrNot() {
  return { ...choice(['true', 'false', 'required']), schema: () => ({ enum: [true, false, 'required'] as const }) };
}

