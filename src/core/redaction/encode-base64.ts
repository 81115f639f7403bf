export interface Base64Place {
  /** Bytes before the secret, modulo 3. */
  readonly shift: 0 | 1 | 2;
  /** The secret ends what is encoded: its last bits then have a character to themselves, and padding if wanted. */
  readonly end?: 'bare' | 'padded';
}

/** What base64 says of a secret whatever stands around it: a character that takes bits of its neighbours is left out. */
export function encodeBase64(secret: string | Uint8Array, { shift, end }: Base64Place): string {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
  const text = bytes.toString('base64');
  const first = Math.ceil((shift * 8) / 6);
  if (end === 'padded') return text.slice(first);
  const bits = bytes.length * 8;
  return text.slice(first, end === 'bare' ? Math.ceil(bits / 6) : Math.floor(bits / 6));
}
