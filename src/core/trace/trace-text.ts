const named: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, v: 11, f: 12, a: 7, b: 8, e: 27 };

/** The bytes that strace wrote down as `\x2f\x74`, or in C's escapes, as text; what is no UTF-8 becomes U+FFFD, as in every name here. */
export function decodeTraceText(written: string): string {
  if (!written.includes('\\')) return written;
  if (/^(?:\\x[\da-f]{2})*$/u.test(written)) return Buffer.from(written.replaceAll('\\x', ''), 'hex').toString('utf8');
  const bytes: number[] = [];
  const escapes = /\\x([\da-f]{1,2})|\\([0-7]{1,3})|\\(.)|([^\\])/gsu;
  for (const [whole, hex, octal, letter] of written.matchAll(escapes)) {
    if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else if (octal !== undefined) bytes.push(Number.parseInt(octal, 8) & 0xff);
    else if (letter !== undefined) bytes.push(...(letter in named ? [named[letter] ?? 0] : Buffer.from(letter)));
    else bytes.push(...Buffer.from(whole));
  }
  return Buffer.from(bytes).toString('utf8');
}
