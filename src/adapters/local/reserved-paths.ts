import { readTakenUpPath, takenUpFolder } from '../../core/artifact/taken-up-path.js';
import type { PathPattern } from './path-pattern.js';

const reserved: ReadonlySet<string> = new Set(['.git', '.tollgate']);
/** `.tollgate/artifacts/<version>`. */
const namesOfTakenUp = takenUpFolder.split('/').length + 1;
const [takenUpRoot = ''] = takenUpFolder.split('/');

/** Names that never count as part of the workspace, whatever the file system makes of capitals. */
export function isReserved(name: string): boolean {
  return reserved.has(name.toLowerCase());
}

/** Whether a path leads to what never counts; an artifact that was taken up does count, though it lies among Tollgate's own. */
export function leadsToReserved(names: readonly string[]): boolean {
  const rest = readTakenUpPath(names.join('/')) === undefined ? names : names.slice(namesOfTakenUp);
  return rest.some(isReserved);
}

/** Whether a name at the root is on the way to artifacts: only for patterns that name one as it is, never for a wildcard. */
export function isOnWayToTakenUp(folder: string, name: string): boolean {
  return folder === '' && name === takenUpRoot;
}

export function namesTakenUp({ parts }: PathPattern): boolean {
  const names = parts.slice(0, namesOfTakenUp).map((part) => (part === 'any-folders' || part.kind === 'wild' ? '*' : part.name));
  return readTakenUpPath(names.join('/')) !== undefined;
}
