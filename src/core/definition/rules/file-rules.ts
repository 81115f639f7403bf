import { inSection, means, mustHold } from './rule.js';

/** What a file has to be before it is a workflow; and the traps that YAML itself sets. */
export const fileRules = inSection('The file', [
  mustHold('file-encoding', 'A file is UTF-8 text; a byte order mark is passed over, UTF-16 and control characters are refused.'),
  mustHold('file-size', 'A file has at most 4 MiB of text.'),
  mustHold('file-depth', 'Maps and lists lie at most 64 deep in one another.'),
  mustHold('file-keys', 'A file has at most 100,000 keys, aliases counted as what they stand for.'),
  mustHold('file-steps', 'A workflow has at most 10,000 steps; the steps of `finally`, `on_no_go`, rollbacks and `cleanup` count.'),
  mustHold('file-one-document', 'A file holds one document.'),
  mustHold('file-yaml-1.2', 'A file is YAML 1.2: `yes`, `no`, `on` and `off` are text, and a flag is `true` or `false`.'),
  mustHold('file-indentation', 'Indentation is made of spaces and fits the lines around it.'),
  mustHold('file-key-once', 'A key stands once in its map.'),
  mustHold('anchors', 'Anchors and aliases are read; an alias without its anchor, an anchor that contains itself, and aliases that expand beyond the limit of keys are refused.'),
  mustHold('merge-keys', 'Merge keys (`<<`) are refused, with the fix.'),
  mustHold('yaml-tags', 'Workflows have no YAML tags.'),
  mustHold('trap-braces-without-quotes', '`key: {{ x }}` without quotes is a map to YAML: it is refused with the quoted line.'),
  mustHold('trap-pattern-as-tag', '`!glob` without quotes is a tag to YAML: it is refused with the quoted line.'),
  mustHold('trap-pattern-as-alias', '`*glob` without quotes is an alias to YAML: it is refused with the quoted line.'),
  mustHold('trap-comparison-as-block', '`>=3` without quotes starts a block of text in YAML: it is refused with the quoted line.'),
  mustHold('unknown-key', 'A key that the language does not know is refused, with the nearest one that it knows.'),
  mustHold('steps-or-phases', 'A workflow has `phases`, or `steps` in place of them, and something to do.'),
  means('flat-steps', '`steps` at the top level are one phase named `main`.'),
  means('later-parts', 'What a later version runs (schedules, approvals, agents, budgets …) is accepted here with its shape checked.'),
]);
