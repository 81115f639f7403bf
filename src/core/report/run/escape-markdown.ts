import { escapeHidden } from '../visible-text.js';
import { toPlainLine } from './plain-line.js';
import { cutText, oneLine } from './run-words.js';

/**
 * Text from outside as text within GitHub's markdown: every sign that means something there is written by its number.
 * What GitHub makes of the finished page (mentions, references, links, formulas) is broken by what takes no
 * room. It must not stand at the start of a line.
 */
export function escapeMarkdown(text: string, most = 2_000): string {
  if (text.length <= most && /^(?!.*(?:www|gh-))[A-Za-z0-9 .,-]*$/iu.test(text)) return oneLine(text);
  return prepare(text, most).replace(special, (sign, at: number, all: string) => {
    if (sign === '$') return '<span>$</span>';
    const next = all.charAt(at + 1);
    const apart = sign === '@' || (sign === '#' && /\d/u.test(next)) || (sign === ':' && next === '/') ? '&#8203;' : '';
    return `${numberOf(sign)}${apart}`;
  }).replace(/\bwww\./giu, (start) => `${start.slice(0, 3)}&#8203;.`).replace(/\bgh-(?=\d)/giu, (start) => `${start}&#8203;`);
}

/** Names, values and commands: a monospaced text that can be copied as it is. */
export function toCode(text: string, most = 500): string {
  const shown = prepare(text, most).replace(special, numberOf).replace(/\bwww\./giu, (start) => `${start.slice(0, 3)}&#46;`);
  return shown === '' ? '' : `<code>${shown}</code>`;
}

/** A text that leads to an address; without one that a browser opens, and that stays inside its brackets, the text alone. */
export function toLink(text: string, address: string): string {
  const shown = escapeMarkdown(text);
  const safe = /^https?:\/\/[\w.:[\]-]+(?:\/[\w.~!$&'*+,;=:@%/?#-]*)?$/u.test(address) && address.length <= 2_000;
  return safe ? `<a href="${address.replaceAll('&', '&#38;')}">${shown}</a>` : shown;
}

/** Lines as they are, in a fence that none of them can end. */
export function toFence(lines: readonly string[], language = ''): string {
  const shown = lines.map((line) => toPlainLine(line));
  const longest = shown.reduce((length, line) => Math.max(length, ...[...line.matchAll(/`+/gu)].map(([run]) => run.length)), 2);
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...shown, fence].join('\n');
}

/** Everything but letters, digits and signs that mean nothing inside a line; a colon only before what makes an address. */
const special = /[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}\p{Pd} .,;/'+=%?()…→·«»:]|:(?=\/)/gu;

function numberOf(sign: string): string {
  return `&#${sign.codePointAt(0) ?? 63};`;
}

function prepare(text: string, most: number): string {
  return cutText(escapeHidden(oneLine(text.slice(0, most * 4))), most);
}
