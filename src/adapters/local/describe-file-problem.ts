import { readErrorCode } from './processes/error-code.js';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'its links go in a circle',
  ENAMETOOLONG: 'its name is too long',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left',
  EDQUOT: 'the disk quota is used up',
  EIO: 'the disk reports an error',
  EMFILE: 'this process may not open more files (ulimit -n)',
  ENFILE: 'no program on this machine may open more files',
};

/** Why the file system refused, in words. */
export function describeFileProblem(error: unknown): string {
  const code = readErrorCode(error);
  return (code === undefined ? undefined : reasons[code]) ?? readMessage(error) ?? String(error);
}

/** The path that the file system refused, when it says one; of two, the one that was to be made. */
export function findRefusedPath(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  return ['dest', 'path'].map((key): unknown => Reflect.get(error, key)).find((value) => typeof value === 'string');
}

function readMessage(error: unknown): string | undefined {
  const message: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'message') : undefined;
  return typeof message === 'string' ? message : undefined;
}
