import { optional, record } from '../shape/collection.js';
import { choice, number, parsed } from '../shape/scalar.js';

/** `2M`, `500k` or a plain count. */
const tokens = () =>
  parsed<number>({
    expects: 'a number of tokens such as 500k or 2M',
    code: 'TG1103',
    schema: { type: ['integer', 'string'], pattern: '^\\d+(?:\\.\\d+)?[kM]?$' },
    parse: ({ text }) => {
      const found = /^(\d+(?:\.\d+)?)([kKmM]?)$/u.exec(text);
      const factor = { '': 1, k: 1_000, m: 1_000_000 }[(found?.[2] ?? '').toLowerCase()] ?? 1;
      const count = Number(found?.[1]) * factor;
      return Number.isSafeInteger(count) && count > 0 ? { kind: 'value', value: count } : { kind: 'malformed' };
    },
  });

/** `80%`, as a fraction. */
const percent = () =>
  parsed<number>({
    expects: 'a share such as 80%',
    code: 'TG1103',
    schema: { type: 'string', pattern: '^\\d+(?:\\.\\d+)?%$' },
    parse: (node) => {
      const found = /^(\d+(?:\.\d+)?)%$/u.exec(node.text);
      const share = Number(found?.[1]) / 100;
      if (share > 0 && share <= 1) return { kind: 'value', value: share };
      const written = typeof node.value === 'number' ? node.value : NaN;
      if (written > 0 && written <= 100) return { kind: 'malformed', write: `${written <= 1 ? written * 100 : written}%` };
      return { kind: 'malformed' };
    },
  });

const caps = {
  usd: optional(number('an amount of dollars above 0', { above: 0 }), 'dollars'),
  tokens: optional(tokens(), 'tokens, in and out'),
  minutes: optional(number('a number of minutes above 0', { above: 0 }), 'minutes as billed'),
  warn_at: optional(percent(), 'the share at which a WARNING is given'),
  on_exceed: optional(choice(['pause', 'stop', 'warn']), 'pause (default): save everything, to be continued with more; stop: fail; warn: go on'),
};

/** What a step or phase may spend. */
export const budget = () => record('a budget such as { usd: 5 }', caps);

/** What a workflow may spend, by run, day or month. */
export const workflowBudget = () =>
  record('a budget such as { usd: 5 }', {
    ...caps,
    per: optional(choice(['run', 'day', 'month']), 'what the caps count over (default: run)'),
  });
