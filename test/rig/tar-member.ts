import { gzipSync } from 'node:zlib';

export interface TarMember {
  readonly name: string;
  readonly content?: string | Buffer;
  /** `0` unless it is given: an ordinary file. */
  readonly type?: string;
  readonly mode?: number;
  readonly link?: string;
  /** What its head says, whatever its content has. */
  readonly size?: number;
}

/** The bytes of a tar archive, made by the book and without any of what it is to test. */
export function makeTar(members: readonly TarMember[]): Buffer {
  return Buffer.concat([...members.map(makeMember), Buffer.alloc(1024)]);
}

export function makeTarGz(members: readonly TarMember[]): Buffer {
  return gzipSync(makeTar(members));
}

function makeMember({ name, content = '', type = '0', mode = 0o644, link = '', size }: TarMember): Buffer {
  const bytes = Buffer.from(content);
  const head = Buffer.alloc(512);
  const put = (text: string, at: number): void => void head.write(text, at, 'latin1');
  put(name, 0);
  put(mode.toString(8).padStart(7, '0'), 100);
  put('0000000', 108);
  put('0000000', 116);
  put((size ?? bytes.length).toString(8).padStart(11, '0'), 124);
  put('00000000000', 136);
  put(' '.repeat(8), 148);
  put(type, 156);
  put(link, 157);
  put('ustar', 257);
  put('00', 263);
  const sum = head.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([head, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}
