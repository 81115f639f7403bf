import { list, optional, record, refine, says } from '../shape/collection.js';
import { duration } from '../shape/duration.js';
import { choice, plainWord, word } from '../shape/scalar.js';
import { refuse } from '../shape/shape.js';
import { condition, shellText, text } from '../shape/text.js';
import { id, variableForm } from './names.js';

export const preflightKinds = ['tool', 'env', 'file', 'run', 'check', 'url'] as const;

const preflightFields = {
  id: optional(id(), 'what reports call it'),
  tool: optional(plainWord("a command's name"), 'a command that must be there'),
  version: optional(plainWord('a range such as ">=3.11"'), 'the versions of the tool that will do'),
  env: optional(word("a variable's name", variableForm), 'a variable or secret that must be set'),
  file: optional(text('a path'), 'a file that must exist'),
  run: optional(shellText(), 'a command that must exit 0'),
  check: optional(condition('check'), 'an expression that must be true'),
  url: optional(text('a URL'), 'an address that must answer'),
  level: optional(choice(['blocking', 'warning', 'info']), 'blocking (default): nothing starts'),
  message: optional(text(), 'what is wrong when it does not hold'),
  hint: optional(text(), 'what a person can do about it'),
  fix: optional(shellText(), 'a command that mends it; run with --fix'),
  component: optional(text(), 'the part of the world it is about'),
  timeout: optional(duration('or none'), 'how long it may take'),
};

/** What has to hold before anything starts. */
export const preflight = () =>
  list(
    refine(record('a check such as { tool: git }', preflightFields), (check, node, reading) => {
      const kinds = preflightKinds.filter((kind) => says(node, kind));
      if (kinds.length !== 1) {
        const found = kinds.length === 0 ? 'this has none' : `this has ${kinds.join(' and ')}`;
        refuse(reading, { code: 'TG1108', message: `a pre-flight check has one of ${preflightKinds.join(', ')}; ${found}`, span: check.at, hint: 'write one check for each: - tool: git' });
        return false;
      }
      if (check.version !== undefined && !says(node, 'tool')) {
        refuse(reading, { code: 'TG1108', message: "'version' belongs to a check of a 'tool'", span: check.version.at, hint: 'remove it, or check the tool' });
      }
      return true;
    }),
  );
