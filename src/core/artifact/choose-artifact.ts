import { nearestName } from '../diagnostic/nearest-name.js';
import type { ListedArtifact } from './artifact.js';
import { latestGo } from './artifact-name.js';
import type { ArtifactReference } from './artifact-reference.js';
import { writeArtifactReference } from './artifact-reference.js';

export type Choice =
  | { readonly kind: 'chosen'; readonly chosen: ListedArtifact }
  /** «there is no artifact 'reprot' of workflow measure; did you mean 'report'?» */
  | { readonly kind: 'none'; readonly reason: string; /** What could be written in its place. */ readonly near: string | undefined };

/** Of all artifacts the one that is meant: of those that fit the newest. */
export function chooseArtifact(reference: ArtifactReference, all: readonly ListedArtifact[]): Choice {
  const { workflow, name, which } = reference;
  const ofWorkflow = all.filter(({ artifact }) => artifact.workflow === workflow);
  if (ofWorkflow.length === 0) return refuse({ reference, part: 'workflow', known: all.map(({ artifact }) => artifact.workflow) }, `workflow '${workflow}' has kept no artifact`);
  const named = newestFirst(ofWorkflow.filter(({ artifact }) => artifact.name === name));
  const [newest] = named;
  if (newest === undefined) return refuse({ reference, part: 'name', known: ofWorkflow.map(({ artifact }) => artifact.name) }, `workflow '${workflow}' has kept no artifact '${name}'`);
  const chosen = named.find((each) => fits(each, which)) ?? (which === undefined ? undefined : named.find(({ artifact }) => isVersion(which) && artifact.version.startsWith(which)));
  if (chosen !== undefined) return { kind: 'chosen', chosen };
  if (which !== undefined && which !== latestGo) {
    const known = [...named.map(({ artifact }) => artifact.run), ...named.flatMap(({ artifact }) => artifact.tags)];
    return refuse({ reference, part: 'which', known }, `artifact ${workflow}/${name} has neither a run, a tag nor a version '${which}'`);
  }
  const { artifact, outcome } = newest;
  const near = writeArtifactReference({ workflow, name, which: artifact.run });
  return { kind: 'none', reason: `no run with verdict GO has kept artifact ${workflow}/${name}; the newest is of run ${artifact.run}, ${describeOutcome(outcome)}`, near };
}

/** The newest of a version, whoever has kept it. */
export function findVersion(beginning: string, all: readonly ListedArtifact[]): ListedArtifact | undefined {
  return newestFirst(all.filter(({ artifact }) => artifact.version.startsWith(beginning)))[0];
}

export function newestFirst(all: readonly ListedArtifact[]): readonly ListedArtifact[] {
  return [...all].sort(({ artifact: one }, { artifact: other }) => other.createdAt - one.createdAt || (one.run < other.run ? 1 : -1));
}

/** `succeeded, GO`. */
export function describeOutcome({ status, verdict }: ListedArtifact['outcome']): string {
  return verdict === null ? status : `${status}, ${verdict === 'go' ? 'GO' : 'NO-GO'}`;
}

function fits({ artifact, outcome }: ListedArtifact, which: string | undefined): boolean {
  if (which === undefined || which === latestGo) return outcome.verdict === 'go';
  return artifact.run === which || artifact.tags.includes(which);
}

/** Fewer digits could be a word. */
function isVersion(which: string): boolean {
  return /^[0-9a-f]{8,64}$/u.test(which);
}

interface Refusal {
  readonly reference: ArtifactReference;
  readonly part: keyof ArtifactReference;
  readonly known: readonly string[];
}

function refuse({ reference, part, known }: Refusal, reason: string): Choice {
  const nearest = nearestName(reference[part] ?? '', new Set(known));
  if (nearest === undefined) return { kind: 'none', reason, near: undefined };
  return { kind: 'none', reason: `${reason}; did you mean '${nearest}'?`, near: writeArtifactReference({ ...reference, [part]: nearest }) };
}
