const encoder = new TextEncoder();
/** An escape sequence whose end is still to come. */
const openSequence = /\u001b(?:\[[\x20-\x3f]{0,64})?$/u;

/** The longest beginning of a text that takes at most so many bytes in UTF-8, with no character or colour cut in two; one character at least. */
export function cutText(text: string, bytes: number): string {
  const { read } = encoder.encodeInto(text.slice(0, bytes), new Uint8Array(bytes));
  if (read === text.length) return text;
  const cut = text.slice(0, Math.max(read, String.fromCodePoint(text.codePointAt(0) ?? 0).length));
  const open = openSequence.exec(cut);
  return open === null || open.index === 0 ? cut : cut.slice(0, open.index);
}
