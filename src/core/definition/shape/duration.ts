import type { ScalarNode } from '../yaml/source-node.js';
import type { Setting } from './setting.js';
import type { Shape } from './shape.js';
import { parsed } from './scalar.js';

/** A length of time in milliseconds, or none at all. */
export type Duration = number | 'none';

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const durationForm = '(?:\\d+(?:\\.\\d+)?(?:ms|s|m|h|d))+';

/** `30s`, `10m`, `1h30m`; with `none` where a limit can be lifted. */
export function duration(none: 'or none' | 'always' = 'always'): Shape<Setting<Duration>> {
  const pattern = none === 'or none' ? `^(?:${durationForm}|none)$` : `^${durationForm}$`;
  return parsed<Duration>({
    expects: `a duration such as 30s, 10m or 2h${none === 'or none' ? ', or none' : ''}`,
    code: 'TG1106',
    schema: { type: 'string', pattern },
    parse: (node) => {
      if (none === 'or none' && node.text === 'none') return { kind: 'value', value: 'none' };
      const milliseconds = parseDuration(node.text);
      if (milliseconds !== undefined && milliseconds > 0) return { kind: 'value', value: milliseconds };
      const guess = guessDuration(node);
      return guess === undefined ? { kind: 'malformed' } : { kind: 'malformed', write: guess };
    },
  });
}

export function parseDuration(text: string): number | undefined {
  if (!new RegExp(`^${durationForm}$`, 'u').test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/gu)) {
    total += Number(amount) * unitMs[unit as keyof typeof unitMs];
  }
  return Number.isSafeInteger(Math.ceil(total)) ? total : undefined;
}

/** A duration as people write it: the largest units that say it exactly. */
export function formatDuration(value: Duration): string {
  if (value === 'none') return 'none';
  let rest = value;
  let text = '';
  for (const unit of ['d', 'h', 'm', 's', 'ms'] as const) {
    const count = unit === 'ms' ? rest : Math.floor(rest / unitMs[unit]);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * unitMs[unit];
  }
  return text === '' ? '0s' : text;
}

/** `5` and `5 minutes` are what people write first. */
function guessDuration(node: ScalarNode): string | undefined {
  if (typeof node.value === 'number') return node.value > 0 && Number.isFinite(node.value) ? `${node.text}s` : undefined;
  const worded = /^(\d+)\s*(s|m|h|d)[a-z]*$/iu.exec(node.text);
  const amount = worded?.[1] ?? '';
  return Number(amount) > 0 ? `${amount}${(worded?.[2] ?? '').toLowerCase()}` : undefined;
}
