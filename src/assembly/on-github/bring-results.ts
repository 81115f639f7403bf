import type { JobOnGithub } from './job-on-github.js';
import { openReuse } from '../open-reuse.js';

export interface ResultsToBring {
  readonly stateFolder: string;
  readonly place: { readonly workspace: string; readonly env: Readonly<Record<string, string | undefined>> };
}

/** What the process before has kept on this machine alone goes to GitHub; nothing is run. */
export function bringResults({ job }: { readonly job: JobOnGithub }, { stateFolder, place }: ResultsToBring): void {
  openReuse({ stateFolder, workspace: place.workspace, env: place.env, now: Date.now, behind: job.behindResults });
}
