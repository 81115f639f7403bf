/** What came is not what one of ours would have sent. */
export class DamagedArchive extends Error {}

/** Gzip cannot make more of its input than this; whoever names more has something else in mind. */
export function mostBytesOf(archiveSize: number): number {
  return archiveSize * 1_100 + 64 * 1024 ** 2;
}

/** What is wrong with compressed bytes, if that is what an error is about. */
export function readUnpackFault(error: unknown): string | undefined {
  const { code, message } = error as NodeJS.ErrnoException;
  return code?.startsWith('Z_') === true ? message : undefined;
}
