/** Each byte of the text in UTF-8, but for those that `left` leaves as they are, written by its two hexadecimal digits. */
export function escapeBytes(text: string, left: RegExp, write: (hex: string) => string): string {
  return Array.from(Buffer.from(text), (byte) => {
    const character = String.fromCharCode(byte);
    return byte < 0x80 && left.test(character) ? character : write(byte.toString(16).padStart(2, '0'));
  }).join('');
}

/** Each unit of the text in UTF-16, but for those that `left` leaves as they are, written by its four hexadecimal digits. */
export function escapeUnits(text: string, left: RegExp, write: (hex: string) => string): string {
  return text.split('').map((unit) => (left.test(unit) ? unit : write(unit.charCodeAt(0).toString(16).padStart(4, '0')))).join('');
}

/** Each character that has another way to be written, written so. */
export function escapeCharacters(text: string, written: Readonly<Record<string, string>>): string {
  return Array.from(text, (character) => (Object.hasOwn(written, character) ? written[character] : character)).join('');
}
