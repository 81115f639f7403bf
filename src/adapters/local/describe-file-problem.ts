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
};

/** Why the file system refused, in words. */
export function describeFileProblem(error: unknown): string {
  const { code, message } = readProblem(error);
  return (code === undefined ? undefined : reasons[code]) ?? message ?? String(error);
}

function readProblem(error: unknown): { readonly code: string | undefined; readonly message: string | undefined } {
  const read = (key: 'code' | 'message'): string | undefined => {
    const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  return { code: read('code'), message: read('message') };
}
