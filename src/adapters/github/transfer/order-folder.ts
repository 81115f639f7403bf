import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where things are while an order is carried out. */
export interface OrderFolder {
  /** What the client takes for the workspace. */
  readonly workspace: string;
  /** What the client takes for the runner's temporary folder. */
  readonly temporary: string;
  /** What goes into or comes out of the client. */
  readonly archive: string;
  /** The file that is found. */
  readonly pack: string;
  /** The files of an artifact. */
  readonly files: string;
}

/** The client reads where it is from its environment, at every call. */
export function enterOrderFolder(folder: string): OrderFolder {
  const place: OrderFolder = {
    workspace: join(folder, 'workspace'), temporary: join(folder, 'temporary'), archive: join(folder, 'archive'), pack: join(folder, 'pack'), files: join(folder, 'files'),
  };
  mkdirSync(place.workspace, { mode: 0o700 });
  mkdirSync(place.temporary, { mode: 0o700 });
  Object.assign(process.env, { GITHUB_WORKSPACE: place.workspace, RUNNER_TEMP: place.temporary, TOLLGATE_ARCHIVE: place.archive });
  process.chdir(place.workspace);
  return place;
}
