import type { Because, Face, FaceEnd } from './face.js';

const names: Readonly<Record<Face, string>> = { comment: 'comment', check: 'check run' };

/** What is to be said of it in the job's log: nothing where all that was wanted is shown, else why not, once for each cause. */
export function describeFaces(ends: Readonly<Record<Face, FaceEnd>>): readonly string[] {
  const hidden = (['comment', 'check'] as const).flatMap((face) => {
    const end = ends[face];
    return end.kind === 'hidden' ? [{ face, because: end.because }] : [];
  });
  const notes = [ends.comment, ends.check].flatMap((end) => (end.kind === 'shown' && end.note !== undefined ? [end.note] : []));
  const onlySummary = ends.comment.kind !== 'shown' && ends.check.kind !== 'shown';
  const causes = new Map<string, { readonly faces: readonly Face[]; readonly all: readonly Because[] }>();
  for (const { face, because } of hidden) {
    const key = causeOf(because);
    const known = causes.get(key);
    causes.set(key, { faces: [...(known?.faces ?? []), face], all: [...(known?.all ?? []), because] });
  }
  return [...notes, ...[...causes.values()].map(({ faces, all }) => describeCause(faces, all, onlySummary))];
}

/** Faults are one cause: what keeps GitHub from one call keeps it from the next. */
function causeOf(because: Because): string {
  if (because.kind === 'forbidden') return JSON.stringify([because.kind, because.reason]);
  return because.kind === 'failed' ? because.kind : JSON.stringify(because);
}

function describeCause(faces: readonly Face[], all: readonly Because[], onlySummary: boolean): string {
  const what = `There is no ${faces.map((face) => names[face]).join(' and no ')} of this run${onlySummary ? ', the job summary alone shows it' : ''}`;
  const switches = faces.map((face) => `${face}: off`).join(', ');
  const [because] = all;
  switch (because?.kind) {
    case 'fork':
      return `${what}: the pull request is from a fork, and its token may only read.`;
    case 'no-place':
      return `${what}: ${because.what}. Write ${switches.replaceAll(': off', ': auto')} where it is wanted on pull requests alone.`;
    case 'forbidden': {
      const permissions = [...new Set(all.flatMap((each) => (each.kind === 'forbidden' ? [each.permission] : [])))];
      return `${what}: the job's token may not write it (${because.reason}). Give the job 'permissions: { ${permissions.join(', ')} }', or write ${switches}.`;
    }
    case 'failed':
    case undefined:
      return `${what}: ${[...new Set(all.flatMap((each) => (each.kind === 'failed' ? [each.reason] : [])))].join('; ')}. The result of the run is the same; run the job again to have it shown.`;
  }
}
