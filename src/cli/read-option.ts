import { nearestName } from '../core/diagnostic/nearest-name.js';
import { describeOrigin } from './origin.js';
import type { OptionName, OptionSpec, Origin, Pair } from './options.js';
import { keyOf, specOf } from './options.js';
import { readSize } from './read-size.js';

/** One text that was given for an option, and where. */
export interface Given {
  readonly text: string;
  readonly origin: Origin;
}

export type ReadOption = { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'wrong'; readonly message: string };

/** The value that a text means for an option. A list gives a list, a pair one pair. */
export function readOption(name: OptionName, given: Given): ReadOption {
  const spec = specOf(name);
  const read = readForm(spec, given);
  if (typeof read === 'object' && 'wrong' in read) return { kind: 'wrong', message: `${describePlace(name, given.origin)}: ${read.wrong}` };
  return { kind: 'value', value: read.value };
}

function readForm(spec: OptionSpec, { text, origin }: Given): { readonly value: unknown } | { readonly wrong: string } {
  switch (spec.form) {
    case 'switch': return readSwitch(text);
    case 'number': return readNumber(spec, text);
    case 'size': return readBytes(text);
    case 'choice': return readChoice(spec.choices ?? [], text);
    case 'list': return { value: splitList(text) };
    case 'pairs': return readPair(text, origin);
    case 'text':
    case 'path':
    case 'paths': return text === '' ? { wrong: 'the value is empty' } : { value: text };
  }
}

function readSwitch(text: string): { readonly value: boolean } | { readonly wrong: string } {
  if (text === 'true' || text === '1') return { value: true };
  if (text === 'false' || text === '0') return { value: false };
  return { wrong: `'${text}' is neither true nor false` };
}

function readNumber({ whole = false, least = -Infinity }: OptionSpec, text: string): { readonly value: number } | { readonly wrong: string } {
  const value = /^[-+]?(?:\d+\.?\d*|\.\d+)$/u.test(text) ? Number(text) : NaN;
  if (value >= least && Number.isFinite(value) && (!whole || Number.isSafeInteger(value))) return { value };
  return { wrong: `'${text}' is not a ${whole ? 'whole ' : ''}number${least === -Infinity ? '' : ` of at least ${least}`}` };
}

function readBytes(text: string): { readonly value: number } | { readonly wrong: string } {
  const value = readSize(text);
  return value === undefined ? { wrong: `'${text}' is no size: write 500MB, 5GiB or a number of bytes` } : { value };
}

function readChoice(choices: readonly string[], text: string): { readonly value: string } | { readonly wrong: string } {
  if (choices.includes(text)) return { value: text };
  const near = nearestName(text, choices);
  return { wrong: `'${text}' is none of ${choices.join(', ')}${near === undefined ? '' : `; did you mean '${near}'?`}` };
}

function readPair(text: string, origin: Origin): { readonly value: Pair } | { readonly wrong: string } {
  const equals = text.indexOf('=');
  const name = text.slice(0, equals).trim();
  return equals === -1 || name === '' ? { wrong: `'${text}' is not of the form name=value` } : { value: { name, value: text.slice(equals + 1), origin } };
}

/** By commas, but not by those in brackets: `test[node=20,os=linux]` is one name. */
function splitList(text: string): readonly string[] {
  return (text.match(/(?:\[[^\]]*\]?|[^,\n[])+/gu) ?? []).map((name) => name.trim()).filter((name) => name !== '');
}

function describePlace(name: OptionName, origin: Origin): string {
  return origin.kind === 'file' ? `${describeOrigin(origin)}: ${keyOf(name) ?? name}` : describeOrigin(origin);
}
