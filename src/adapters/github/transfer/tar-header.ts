export const blockSize = 512;

/** More does not fit into the header of the plain form. */
export const mostBytesOfMember = 8 ** 11 - 1;

const posix = 'ustar\x0000';

export interface TarHeader {
  readonly name: string;
  readonly mode: number;
  readonly size: number;
  /** `0` is an ordinary file. */
  readonly type: string;
}

/** The header of an ordinary file in the form of POSIX.1-1988, which every tar reads; time and owner are nobody's. */
export function encodeTarHeader(name: string, size: number): Buffer {
  if (size > mostBytesOfMember) throw new RangeError(`${name} has more than 8 GiB`);
  const header = Buffer.alloc(blockSize);
  header.write(name, 0, 100, 'latin1');
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('0', 156);
  header.write(posix, 257);
  header.write(`${sumHeader(header).toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** Nothing for what is no header. */
export function decodeTarHeader(header: Buffer): TarHeader | undefined {
  const text = (from: number, to: number): string => header.toString('latin1', from, to).replace(/\0.*$/su, '');
  const octal = (from: number, to: number): number => (/^ *[0-7]+ *$/u.test(text(from, to)) ? Number.parseInt(text(from, to).trim(), 8) : Number.NaN);
  const size = octal(124, 136);
  const mode = octal(100, 108);
  const isWhole = header.toString('latin1', 257, 262) === 'ustar' && octal(148, 156) === sumHeader(header);
  if (!isWhole || Number.isNaN(size) || Number.isNaN(mode)) return undefined;
  const prefix = text(345, 500);
  // In GNU's form these bytes have another meaning.
  const name = header.toString('latin1', 257, 265) === posix && prefix !== '' ? `${prefix}/${text(0, 100)}` : text(0, 100);
  return { name, mode, size, type: String.fromCharCode(header[156] ?? 0).replace('\0', '0') };
}

/** Of all bytes, with the sum itself taken for spaces. */
function sumHeader(header: Buffer): number {
  let sum = 0;
  for (let index = 0; index < blockSize; index++) sum += index >= 148 && index < 156 ? 32 : (header[index] ?? 0);
  return sum;
}
