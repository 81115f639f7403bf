import type { Descent, Reached } from './descend.js';
import { beginAt, descend } from './descend.js';
import { below, type WorkspaceView } from './workspace-view.js';

/** What one pattern names below a folder. */
export interface Walk extends Descent {
  readonly view: WorkspaceView;
  /** What git ignores counts too. */
  readonly withIgnored: boolean;
  readonly take: (place: Place) => void;
}

/** A path as it was reached, by links too, and where it really lies. */
export interface Place {
  readonly path: string;
  readonly real: string;
  /** A folder that cannot be read, or a name that is no text. */
  readonly isHidden: boolean;
}

export function walkFrom(walk: Walk, folder: { readonly path: string; readonly real: string }): void {
  walkFolder(walk, folder, { reached: beginAt(walk, folder.path), followed: new Set() });
}

interface Way {
  readonly reached: Reached;
  /** Folders that links have led to, with what is wanted of them: each is walked once, so that circles end. */
  readonly followed: Set<string>;
}

function walkFolder(walk: Walk, folder: { readonly path: string; readonly real: string }, { reached, followed }: Way): void {
  if (!reached.mayHold) return;
  const entries = walk.view.list(folder.real);
  if (entries === 'hidden') {
    walk.take({ ...folder, isHidden: true });
    return;
  }
  for (const { name, kind, ignored } of entries) {
    if (kind === 'other' || (ignored && !walk.withIgnored)) continue;
    const path = below(folder.path, name);
    const next = descend(walk, reached, { name, path });
    const place = { path, real: folder.real === folder.path ? path : below(folder.real, name), isHidden: false };
    if (isUnnamable(walk, name, place.real)) {
      if (next.isNamed || next.mayHold) walk.take({ ...place, isHidden: true });
    } else if (kind === 'folder') walkFolder(walk, place, { reached: next, followed });
    else {
      if (next.isNamed) walk.take(place);
      if (kind === 'link' && next.mayHold) walkLink(walk, place, { reached: next, followed });
    }
  }
}

/** A link to a folder that holds it leads to nothing new. */
function walkLink(walk: Walk, { path, real }: Place, { reached, followed }: Way): void {
  const { view, takenAway } = walk;
  const target = view.folderAt(real);
  if (target === undefined || target === '' || real.startsWith(`${target}/`)) return;
  const isCutBelow = [...takenAway.paths].some((each) => each.startsWith(`${path}/`));
  const visit = [target, reached.own.join(), ...reached.away.map((each) => each.join()), isCutBelow ? path : ''].join('\0');
  if (followed.has(visit)) return;
  followed.add(visit);
  walkFolder(walk, { path, real: target }, { reached, followed });
}

/** Its bytes are no text, so that no path of ours leads to it: it counts as being there. */
function isUnnamable({ view }: Walk, name: string, real: string): boolean {
  return name.includes('\ufffd') && view.see(real) === undefined;
}
