import { readErrorCode } from '../processes/error-code.js';

const refusals: ReadonlySet<string | undefined> = new Set(['EIO', 'ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EMFILE', 'ENFILE', 'ENOMEM']);

/** True when the disk or the machine refused, whatever lies there; else what lies there is in the way. */
export function isRefusal(error: unknown): boolean {
  return refusals.has(readErrorCode(error));
}
