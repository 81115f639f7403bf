import type { ArtifactReference } from './artifact-reference.js';
import { parseArtifactReference } from './artifact-reference.js';
import { readTakenUpPath } from './taken-up-path.js';

/** What an input of type artifact asks for. */
export type ArtifactAsk =
  | { readonly kind: 'reference'; readonly reference: ArtifactReference }
  /** The path that an earlier attempt of the run has worked with. */
  | { readonly kind: 'version'; readonly version: string };

/**
 * What was given: a reference, or `@<run>`, `@<tag>` of what `from` names, or the path of one that was taken up before. Nothing
 * given: what `from` says. Answers nothing where nothing is asked for, or what is asked for cannot be read.
 */
export function readArtifactAsk(given: string | undefined, from: string | undefined): ArtifactAsk | undefined {
  const own = from === undefined ? undefined : parseArtifactReference(from);
  if (given === undefined) return own === undefined ? undefined : { kind: 'reference', reference: own };
  const version = readTakenUpPath(given);
  if (version !== undefined) return { kind: 'version', version };
  const text = given.startsWith('@') && own !== undefined ? `${own.workflow}/${own.name}${given}` : given;
  const reference = parseArtifactReference(text);
  return reference === undefined ? undefined : { kind: 'reference', reference };
}
