/**
 * How a program may have written a secret down, made with what Node offers and by hand, never with the encodings
 * of the redactor itself: what is to be checked cannot vouch for itself.
 */
export interface CanaryForm {
  readonly name: string;
  /** The form amid other text, as a program would print it. */
  readonly printed: Buffer;
  /** What must not be left of it. */
  readonly telling: Buffer;
}

const around = 'the quick brown fox';

export function canaryForms(secret: string): readonly CanaryForm[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const pairs = hex.match(/../gu) ?? [];
  const units = secret.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
  const points = Array.from(secret, (character) => character.codePointAt(0)!);
  const wrapped = (text: string, columns: number, end: string): string => (text.match(new RegExp(`.{1,${columns}}`, 'gu')) ?? []).join(end);
  const texts: readonly (readonly [string, string])[] = [
    ['raw', secret],
    ['json', JSON.stringify(secret).slice(1, -1)],
    ['json twice', JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
    ['json of python', JSON.stringify(secret).slice(1, -1).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)],
    ['json of go', JSON.stringify(secret).slice(1, -1).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026')],
    ['base64 padded', bytes.toString('base64')],
    ['base64 bare', bytes.toString('base64').replaceAll('=', '')],
    ['base64url', bytes.toString('base64url')],
    ['base64 at 76', wrapped(bytes.toString('base64'), 76, '\n')],
    ['base64 at 64', wrapped(bytes.toString('base64'), 64, '\n')],
    ['base64 at 76 for windows', wrapped(bytes.toString('base64'), 76, '\r\n')],
    ['base64 at 16', wrapped(bytes.toString('base64'), 16, '\n')],
    ['base64 at 76, in json', wrapped(bytes.toString('base64'), 76, '\\n')],
    ['base64 at 20, indented', wrapped(bytes.toString('base64'), 20, '\n    ')],
    ['hex', hex],
    ['hex upper', hex.toUpperCase()],
    ['hex at 60', wrapped(hex, 60, '\n')],
    ['hex colons', pairs.join(':')],
    ['hex colons upper', pairs.join(':').toUpperCase()],
    ['hex spaces', pairs.join(' ')],
    ['hex spaces upper', pairs.join(' ').toUpperCase()],
    ['percent', encodeURIComponent(secret)],
    ['percent lower', encodeURIComponent(secret).replace(/%../gu, (escape) => escape.toLowerCase())],
    ['percent twice', encodeURIComponent(encodeURIComponent(secret))],
    ['percent url', encodeURI(secret)],
    ['form', new URLSearchParams([['k', secret]]).toString().slice(2)],
    ['form lower', new URLSearchParams([['k', secret]]).toString().slice(2).replace(/%../gu, (escape) => escape.toLowerCase())],
    ['percent all', pairs.map((pair) => `%${pair.toUpperCase()}`).join('')],
    ['percent all lower', pairs.map((pair) => `%${pair}`).join('')],
    ['html', secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\'', '&#39;')],
    ['xml', secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\'', '&apos;')],
    ['html decimal', points.map((point) => `&#${point};`).join('')],
    ['html hexadecimal', points.map((point) => `&#x${point.toString(16)};`).join('')],
    ['shell single', secret.split('\'').join('\'\\\'\'')],
    ['shell of python', secret.split('\'').join('\'"\'"\'')],
    ['shell double', secret.replace(/["$`\\]/gu, (sign) => `\\${sign}`)],
    ['unicode escapes', units.map((unit) => `\\u${unit}`).join('')],
    ['unicode escapes upper', units.map((unit) => `\\u${unit.toUpperCase()}`).join('')],
    ['byte escapes', pairs.map((pair) => `\\x${pair}`).join('')],
    ['byte escapes upper', pairs.map((pair) => `\\x${pair.toUpperCase()}`).join('')],
    ['octal escapes', [...bytes].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')],
    ['yaml single', secret.split('\'').join('\'\'')],
    ['csv', secret.split('"').join('""')],
  ];
  return [
    ...texts.map(([name, text]): CanaryForm => ({ name, printed: Buffer.from(`${around} "${text}" ${around}`), telling: Buffer.from(text) })),
    ...[0, 1, 2, 3, 4].flatMap((before) => (['base64', 'base64url'] as const).map((kind) => baseForm(secret, kind, before))),
    { name: 'utf-16le', printed: Buffer.from(`${around} ${secret} ${around}`, 'utf16le'), telling: Buffer.from(secret, 'utf16le') },
    { name: 'utf-16be', printed: Buffer.from(`${around} ${secret} ${around}`, 'utf16le').swap16(), telling: Buffer.from(secret, 'utf16le').swap16() },
  ];
}

/** Other bytes stand before and after the secret; what tells of it are the characters that they have no part in. */
function baseForm(secret: string, kind: 'base64' | 'base64url', before: number): CanaryForm {
  const write = (fill: string): string => Buffer.from(`${fill.repeat(before)}${secret}${fill.repeat(7)}`).toString(kind);
  const [one, other] = [write('\0'), write('\u007f')];
  const same = Array.from(one).map((character, index) => character === other[index]);
  const printed = Buffer.from(`${'k'.repeat(before)}${secret}, and more`).toString(kind);
  return { name: `${kind} after ${before} bytes`, printed: Buffer.from(`${around} ${printed} ${around}`), telling: Buffer.from(printed.slice(same.indexOf(true), same.lastIndexOf(true) + 1)) };
}

/** The names of the forms of a secret that some bytes hold. */
export function findCanary(secret: string, bytes: Uint8Array): readonly string[] {
  const looked = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return canaryForms(secret).filter(({ telling }) => looked.includes(telling)).map(({ name }) => name);
}
