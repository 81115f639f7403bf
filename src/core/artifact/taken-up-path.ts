/** Where a workflow finds an artifact that it takes up: the same path for the same content, on every machine and in every run. */
export const takenUpFolder = '.tollgate/artifacts';

/** So much of a version as nobody finds twice. */
const digits = 32;
const form = new RegExp(`^(?:\\./)*${takenUpFolder.replace('.', '\\.')}/([0-9a-f]{${digits}})(?:/|$)`, 'u');

/** From the workspace's root. */
export function takenUpPath(version: string): string {
  return `${takenUpFolder}/${version.slice(0, digits)}`;
}

/** The beginning of the version that a path leads into; nothing where it leads elsewhere. What the path names is in it. */
export function readTakenUpPath(path: string): string | undefined {
  return path.split('/').includes('..') ? undefined : form.exec(path)?.[1];
}
