import { findNameFault } from './artifact-name.js';

/** `<workflow>/<name>[@<run>, @latest-go, @<tag>]`. */
export interface ArtifactReference {
  readonly workflow: string;
  readonly name: string;
  /** A run, `latest-go`, a tag, or the beginning of a version; nothing said is `latest-go`. */
  readonly which: string | undefined;
}

/** Nothing where a text is no reference. */
export function parseArtifactReference(text: string): ArtifactReference | undefined {
  const [place = '', which, ...more] = text.trim().split('@');
  const slash = place.indexOf('/');
  const [workflow, name] = [place.slice(0, Math.max(0, slash)), place.slice(slash + 1)];
  if (more.length > 0 || which === '' || !/^[a-z0-9._-]+$/u.test(workflow) || findNameFault(name) !== undefined) return undefined;
  return { workflow, name, which };
}

export function writeArtifactReference({ workflow, name, which }: ArtifactReference): string {
  return `${workflow}/${name}${which === undefined ? '' : `@${which}`}`;
}

/** What a person types to get this very artifact. */
export function nameArtifact({ workflow, name, run }: { readonly workflow: string; readonly name: string; readonly run: string }): string {
  return writeArtifactReference({ workflow, name, which: run });
}
