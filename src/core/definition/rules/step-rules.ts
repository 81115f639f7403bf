import { inSection, means, mustHold } from './rule.js';

/** What steps say together, beyond the meaning of each field. */
export const stepRules = inSection('Steps', [
  mustHold('step-is-a-map', 'A step is a map with an `id`.'),
  mustHold('step-type-known', '`type` is a step type, one of its short forms, or a name of `step_types`; left out it is `shell` where a `command` is given.'),
  mustHold('step-fields-of-type', 'A step takes the common fields and those of its own type.'),
  means('step-short-types', '`claude_code`, `codex`, `gemini` and `command` are short for `type: agent` with that agent.'),
  means('step-custom-types', 'A type of `step_types` takes its own fields, whatever they are.'),
  means('needs-default', "A step without `needs` waits for the step before it in the same list, a phase's first step for the phase's start; `needs: []` starts at once."),
  means('needs-order-only', '`{ id, order_only: true }` waits, and takes nothing into the key.'),
  mustHold('needs-cycle', 'Steps that wait for each other are refused, with the circle step by step.'),
  mustHold('needs-steps-not-phases', 'A step needs steps; a phase needs phases.'),
  mustHold('secrets-declared', 'A phase or step gives only secrets that the workflow declares.'),
  mustHold('duration-form', 'A time has a unit: `30s`, `10m`, `2h`, `1h30m`; a limit can be `none`.'),
  mustHold('effects-once', '`effects: once` goes with neither a cache nor more than one attempt.'),
  mustHold('background-not-cached', 'A background step is not cached, and keeps no artifacts.'),
  mustHold('background-ready', '`ready` asks by one of `url`, `run` and `log`.'),
  mustHold('path-inside-workspace', "Paths of outputs are relative to the workspace's root and stay inside it."),
  mustHold('http-target', 'An http step has a `url`, or a `service` and a `path`; and `json` or `body`, not both.'),
  mustHold('wait-one-of', 'A wait has one of `for`, `until` and `url`.'),
  mustHold('assert-one-of', 'An assert has a `condition` or `conditions`.'),
  mustHold('agent-one-of', 'An agent has a `prompt` or a `prompt_file`.'),
]);

export const outputRules = inSection('Outputs and caching', [
  mustHold('output-forms', 'An output is a path, `{ path, optional }`, `{ value }`, `{ json, pointer }`, `{ regex }` or `{ written: true }`.'),
  mustHold('output-pointer', 'A `pointer` is a JSON pointer such as `/a/b`.'),
  mustHold('output-regex', 'A `regex` is a regular expression.'),
  mustHold('output-writers-ordered', 'Two steps that write one path come one after the other.'),
  mustHold('cache-forms', '`cache` is `true`, `false` or a map of settings.'),
  means('cache-short-forms', '`cache_key` adds to the key and turns caching on; `use_cache` is `cache` as a boolean and wins when false.'),
]);

export const matrixRules = inSection('Matrix and parallel', [
  mustHold('matrix-axes', 'A matrix has an axis, or is a `fromJSON(…)` of an earlier step.'),
  means('matrix-include-exclude', '`exclude` takes cells away, `include` extends the cells that it fits or adds one.'),
  mustHold('matrix-cells', 'A matrix has at most 10,000 cells.'),
  mustHold('matrix-output-paths', 'An output path of a step with a matrix has a `{{ matrix.… }}` in it.'),
  means('matrix-lists', '`.outputs.<name>`, `.stdout` and `.exit_code` of a step with a matrix are lists in declared order.'),
  mustHold('parallel-steps', 'A parallel group holds steps, in place of a type, and takes `id name when needs env continue_on_error max_parallel`.'),
  mustHold('parallel-no-nesting', 'A parallel group holds no other.'),
  means('parallel-needs', 'The steps of a group need what the group needs; the next step needs them all.'),
]);
