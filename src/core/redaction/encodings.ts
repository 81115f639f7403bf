import { encodeBase64 } from './encode-base64.js';
import { escapeBytes, escapeCharacters, escapeUnits } from './escape-parts.js';
import { quoteInAnsi } from './quote-in-ansi.js';

/** One way in which a program may write a secret down. */
export interface Encoding {
  readonly name: string;
  /** What is written is the same wherever the secret stands; the text around it has no part in it. */
  readonly encode: (secret: string) => string | Uint8Array;
  /** Programs break this into lines, after as many columns as they like. */
  readonly isWrapped?: true;
}

const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const hexPairs = (secret: string, separator: string): string => escapeBytes(secret, /^$/u, (hex) => `${hex}${separator}`).slice(0, -1);
const asciiJson = (text: string): string => escapeUnits(json(text), /[^\u0080-\uffff]/u, (hex) => `\\u${hex}`);

const plain: readonly Encoding[] = [
  { name: 'as it is', encode: (secret) => secret },
  { name: 'latin-1', encode: (secret) => (/^[\0-\xff]*$/u.test(secret) ? Buffer.from(secret, 'latin1') : '') },
  { name: 'utf-16, little end first', encode: (secret) => Buffer.from(secret, 'utf16le') },
  { name: 'utf-16, big end first', encode: (secret) => Buffer.from(secret, 'utf16le').swap16() },
];

const inJson: readonly Encoding[] = [
  { name: 'json', encode: json },
  { name: 'json in json', encode: (secret) => json(json(secret)) },
  { name: 'json in ascii', encode: asciiJson },
  { name: 'json in ascii with slashes', encode: (secret) => asciiJson(secret).replaceAll('/', '\\/') },
  { name: 'json with slashes', encode: (secret) => json(secret).replaceAll('/', '\\/') },
  { name: 'json for html', encode: (secret) => escapeUnits(json(secret), /[^<>&\u2028\u2029]/u, (hex) => `\\u${hex}`) },
];

/** Three bytes become four characters, so that the same secret is written in three ways: by what stands before it. */
const inBase64: readonly Encoding[] = ([0, 1, 2] as const).flatMap((shift): readonly Encoding[] => [
  { name: `base64, shift ${shift}`, encode: (secret) => encodeBase64(secret, { shift }), isWrapped: true },
  { name: `base64, shift ${shift}, at the end`, encode: (secret) => encodeBase64(secret, { shift, end: 'bare' }), isWrapped: true },
  { name: `base64, shift ${shift}, padded`, encode: (secret) => encodeBase64(secret, { shift, end: 'padded' }), isWrapped: true },
  { name: `base64url, shift ${shift}`, encode: (secret) => forUrl(encodeBase64(secret, { shift })), isWrapped: true },
  { name: `base64url, shift ${shift}, at the end`, encode: (secret) => forUrl(encodeBase64(secret, { shift, end: 'bare' })), isWrapped: true },
  { name: `base64url, shift ${shift}, padded`, encode: (secret) => forUrl(encodeBase64(secret, { shift, end: 'padded' })), isWrapped: true },
  { name: `base64 of utf-16, shift ${shift}`, encode: (secret) => encodeBase64(Buffer.from(secret, 'utf16le'), { shift }) },
]);

const inHex: readonly Encoding[] = (['lower', 'upper'] as const).flatMap((digits): readonly Encoding[] => {
  const write = (text: string): string => (digits === 'lower' ? text : text.toUpperCase());
  return [
    { name: `hex, ${digits} case`, encode: (secret) => write(Buffer.from(secret).toString('hex')), isWrapped: true },
    { name: `hex, ${digits} case, with spaces`, encode: (secret) => write(hexPairs(secret, ' ')), isWrapped: true },
    { name: `hex, ${digits} case, with colons`, encode: (secret) => write(hexPairs(secret, ':')), isWrapped: true },
    { name: `\\x escapes, ${digits} case`, encode: (secret) => escapeBytes(secret, /^$/u, (hex) => `\\x${write(hex)}`) },
    { name: `\\u escapes, ${digits} case`, encode: (secret) => escapeUnits(secret, /^$/u, (hex) => `\\u${write(hex)}`) },
  ];
});

/** What each of them leaves as it is: no two libraries agree. */
const leftInUrls: readonly (readonly [string, RegExp])[] = [
  ['component', /[\w.!~*'()-]/u],
  ['component, strict', /[\w.~-]/u],
  ['form', /[\w.* -]/u],
  ['form, strict', /[\w.~ -]/u],
  ['path', /[\w.~$&+=:@-]/u],
  ['path with slashes', /[\w.~/-]/u],
  ['whole url', /[\w.!~*'();/?:@&=+$,#-]/u],
  ['every byte', /^$/u],
];

const inUrls: readonly Encoding[] = leftInUrls.flatMap(([name, left]): readonly Encoding[] => {
  const percent = (secret: string, write: (hex: string) => string): string => escapeBytes(secret, left, (hex) => `%${write(hex)}`).replaceAll(' ', '+');
  const upper = (secret: string): string => percent(secret, (hex) => hex.toUpperCase());
  return [
    { name: `percent, ${name}`, encode: upper },
    { name: `percent, ${name}, lower case`, encode: (secret) => percent(secret, (hex) => hex) },
    { name: `percent twice, ${name}`, encode: (secret) => upper(secret).replaceAll('%', '%25') },
  ];
});

/** How each of them writes a quote and an apostrophe; `<`, `>` and `&` are written alike by all. */
const quotesInHtml: readonly (readonly [string, string, string])[] = [
  ['text alone', '"', '\''],
  ['attribute', '&quot;', '\''],
  ['decimal apostrophe', '&quot;', '&#39;'],
  ['long decimal apostrophe', '&quot;', '&#039;'],
  ['hexadecimal apostrophe', '&quot;', '&#x27;'],
  ['xml', '&quot;', '&apos;'],
  ['decimal quotes', '&#34;', '&#39;'],
];

const inHtml: readonly Encoding[] = [
  ...quotesInHtml.map(([name, quote, apostrophe]): Encoding => ({
    name: `html, ${name}`,
    encode: (secret) => escapeCharacters(secret, { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': quote, '\'': apostrophe }),
  })),
  { name: 'html, numbers', encode: (secret) => Array.from(secret, (character) => `&#${character.codePointAt(0) ?? 0};`).join('') },
  { name: 'html, hexadecimal numbers', encode: (secret) => Array.from(secret, (character) => `&#x${(character.codePointAt(0) ?? 0).toString(16)};`).join('') },
  { name: 'html, hexadecimal numbers, upper case', encode: (secret) => Array.from(secret, (character) => `&#x${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()};`).join('') },
];

const inShells: readonly Encoding[] = [
  { name: 'shell, single quotes', encode: (secret) => secret.replaceAll('\'', '\'\\\'\'') },
  { name: 'shell, single quotes, double ones between', encode: (secret) => secret.replaceAll('\'', '\'"\'"\'') },
  { name: 'shell, double quotes', encode: (secret) => secret.replace(/[\\"$`]/gu, '\\$&') },
  { name: 'shell, backslashes', encode: (secret) => secret.replace(/[ \t!"$&'()*,;<>?[\\\]^`{|}]|^[#~]/gu, '\\$&') },
  { name: 'backslashes before every sign', encode: (secret) => secret.replace(/[^\w\u0080-\u{10ffff}]/gu, '\\$&') },
  { name: 'backslashes before most signs', encode: (secret) => secret.replace(/[^\w\u0080-\u{10ffff}.,:+/@=%-]/gu, '\\$&') },
  { name: 'shell, dollar and quotes', encode: (secret) => quoteInAnsi(secret) },
  { name: 'shell, dollar and quotes, in ascii', encode: (secret) => quoteInAnsi(secret).replace(/[^\0-\x7f]+/gu, (text) => escapeBytes(text, /^$/u, toOctal)) },
  { name: 'octal escapes', encode: (secret) => escapeBytes(secret, /^$/u, toOctal) },
  { name: 'c string', encode: (secret) => escapeBytes(json(secret), /[\0-\x7f]/u, toOctal) },
];

const elsewhere: readonly Encoding[] = [
  { name: 'doubled apostrophes', encode: (secret) => secret.replaceAll('\'', '\'\'') },
  { name: 'doubled quotes', encode: (secret) => secret.replaceAll('"', '""') },
  { name: 'bytes of python', encode: (secret) => escapeBytes(quoteInAnsi(secret), /[\0-\x7f]/u, (hex) => `\\x${hex}`) },
  { name: 'data of a runner command', encode: (secret) => escapeCharacters(secret, { '%': '%25', '\r': '%0D', '\n': '%0A' }) },
  { name: 'property of a runner command', encode: (secret) => escapeCharacters(secret, { '%': '%25', '\r': '%0D', '\n': '%0A', ':': '%3A', ',': '%2C' }) },
];

/** Every form in which a secret is looked for. For most secrets many of them are the same. */
export const encodings: readonly Encoding[] = [...plain, ...inJson, ...inBase64, ...inHex, ...inUrls, ...inHtml, ...inShells, ...elsewhere];

function forUrl(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_');
}

function toOctal(hex: string): string {
  return `\\${Number.parseInt(hex, 16).toString(8).padStart(3, '0')}`;
}
