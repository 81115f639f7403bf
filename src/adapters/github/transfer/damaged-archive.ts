/** What came is not what one of ours would have sent. */
export class DamagedArchive extends Error {}

/** Gzip cannot make more of its input than this; whoever names more has something else in mind. */
export function mostBytesOf(archiveSize: number): number {
  return archiveSize * 1_100 + 64 * 1024 ** 2;
}
