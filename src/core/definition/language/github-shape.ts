import { anyValue, openMap } from '../shape/any-value.js';
import type { Case } from '../shape/collection.js';
import { either, isList, isMap, isScalar, list, mapOf, optional, record, refine, required } from '../shape/collection.js';
import { choice, plainWord } from '../shape/scalar.js';
import type { Shape } from '../shape/shape.js';
import { refuse } from '../shape/shape.js';
import { text } from '../shape/text.js';
import { findCronProblem } from './cron.js';
import { anyKey, idKey } from './names.js';

const texts = list(text());
const oneOrMore = either('text, or a list of it', [{ looks: isScalar, shape: text() }, { looks: isList, shape: texts }]);

const filters = {
  branches: optional(oneOrMore, 'only these branches'),
  'branches-ignore': optional(oneOrMore, 'not these branches'),
  tags: optional(oneOrMore, 'only these tags'),
  'tags-ignore': optional(oneOrMore, 'not these tags'),
  paths: optional(oneOrMore, 'only when such a file changed'),
  'paths-ignore': optional(oneOrMore, 'not when only such files changed'),
  types: optional(oneOrMore, 'only these kinds of the event'),
  workflows: optional(oneOrMore, 'the workflows that have to run before'),
  inputs: optional(mapOf(anyValue(), idKey), "the workflow's inputs, from the event"),
};

const events = ['push', 'pull_request', 'workflow_dispatch', 'repository_dispatch', 'workflow_run'] as const;

const isNothing: Case<unknown>['looks'] = (node) => node.kind === 'scalar' && node.value === null;
const nothing: Shape<null> = { expects: 'nothing', schema: () => ({ type: 'null' }), read: () => null };
const event = either('filters such as { branches: [main] }', [{ looks: isNothing, shape: nothing }, { looks: isMap, shape: record('filters such as { branches: [main] }', filters) }]);

/** The GitHub events that start the compiled workflow. */
export const on = () =>
  either('events such as { pull_request: { paths: [ … ] } }', [
    { looks: isScalar, shape: choice(events) },
    { looks: isList, shape: list(choice(events), 1) },
    {
      looks: isMap,
      shape: record('events such as push or pull_request', {
        push: optional(event, 'on a push'),
        pull_request: optional(event, 'on a pull request'),
        workflow_dispatch: optional(event, 'by hand'),
        repository_dispatch: optional(event, 'by an API call'),
        workflow_run: optional(event, 'after another workflow'),
      }),
    },
  ]);

const textOrMap = (expects: string) => either(`text, or ${expects}`, [{ looks: isScalar, shape: text() }, { looks: isMap, shape: openMap(expects) }]);

/** How the compiled jobs look. */
export const github = () =>
  record('settings such as { runs_on: ubuntu-latest }', {
    runs_on: optional(
      either('a runner, a list of labels, or a map', [
        { looks: isScalar, shape: text() },
        { looks: isList, shape: texts },
        { looks: isMap, shape: openMap('a map') },
      ]),
      'the runner',
    ),
    environment: optional(textOrMap('{ name, url }'), 'the environment'),
    permissions: optional(textOrMap('a map of permissions'), 'what the token may do'),
    container: optional(textOrMap('{ image }'), 'the container'),
    setup: optional(list(openMap('a GitHub step')), 'GitHub steps that come before, such as a cloud login'),
  });

export const schedule = () =>
  list(
    refine(
      record('{ cron, timezone, catch_up }', {
        cron: required(plainWord('five fields such as "0 9 * * 1-5"'), 'when, in five fields'),
        timezone: optional(plainWord('a time zone such as Europe/Berlin'), 'the time zone (default: UTC)'),
        catch_up: optional(choice(['latest', 'all', 'none']), 'what is done about runs that were missed'),
        inputs: optional(mapOf(anyValue(), anyKey), "the workflow's inputs"),
      }),
      (each, _node, reading) => {
        const problem = findCronProblem(each.cron.value);
        if (problem !== undefined) {
          refuse(reading, { code: 'TG1212', message: `'${each.cron.value}' is no schedule: ${problem}`, span: each.cron.at, hint: 'the fields are minute, hour, day of the month, month, day of the week' });
        }
        if (each.timezone !== undefined && !isTimeZone(each.timezone.value)) {
          refuse(reading, { code: 'TG1212', message: `'${each.timezone.value}' is no time zone`, span: each.timezone.at, hint: 'write it as Area/City, such as America/New_York' });
        }
        return problem === undefined;
      },
    ),
  );

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
