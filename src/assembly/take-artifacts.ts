import { join } from 'node:path';
import { describeFileProblem } from '../adapters/local/describe-file-problem.js';
import { openRunArtifacts } from '../adapters/local/run-artifacts/open-run-artifacts.js';
import { makeStateFolder } from '../adapters/local/run-folder/state-folder.js';
import type { ListedArtifact } from '../core/artifact/artifact.js';
import { shortenVersion } from '../core/artifact/artifact.js';
import { readArtifactAsk } from '../core/artifact/artifact-ask.js';
import type { ArtifactReference } from '../core/artifact/artifact-reference.js';
import { nameArtifact } from '../core/artifact/artifact-reference.js';
import { chooseArtifact, describeOutcome, findVersion } from '../core/artifact/choose-artifact.js';
import { takenUpPath } from '../core/artifact/taken-up-path.js';
import type { InputDeclaration } from '../core/definition/language/input-shape.js';
import type { Named } from '../core/definition/shape/collection.js';
import { describeBytes } from '../core/report/describe-bytes.js';
import type { Message } from '../core/report/message.js';
import { counted } from '../core/report/plan-words.js';
import { quoteForPerson } from '../core/script/quote-for-person.js';
import type { ArtifactStore, Bringing } from '../ports/artifact-store.js';
import type { PlanningPlace } from './planning-place.js';

export interface TakingArtifacts {
  readonly place: PlanningPlace;
  /** What was given or is the default, by input. */
  readonly given: ReadonlyMap<string, unknown>;
  readonly missing: 'error' | 'warning';
}

export interface TakenArtifacts {
  /** The path of each artifact, from the workspace; nothing where an input can do without. */
  readonly values: ReadonlyMap<string, string>;
  readonly messages: readonly Message[];
}

/** Brings the artifacts that inputs ask for to where steps find them: verified copies, at paths that say what they hold. */
export async function takeArtifacts(declared: readonly Named<InputDeclaration>[], { place, given, missing }: TakingArtifacts): Promise<TakenArtifacts> {
  const store = openRunArtifacts(place.stateFolder, place.workspace);
  const { found: all } = await store.list();
  const values = new Map<string, string>();
  const messages: Message[] = [];
  for (const { name, value: input } of declared) {
    const asked = given.get(name);
    const ask = readArtifactAsk(typeof asked === 'string' ? asked : undefined, input.from?.value);
    if (ask === undefined) continue;
    const choice = ask.kind === 'reference' ? chooseArtifact(ask.reference, all) : findAgain(ask.version, all);
    if (choice.kind === 'none') {
      if (asked === undefined && input.required?.value === 'false') continue;
      messages.push(describeMissing(name, choice, { ask: ask.kind === 'reference' ? ask.reference : undefined, all, place, missing }));
      continue;
    }
    const { artifact } = choice.chosen;
    const path = takenUpPath(artifact.version);
    const brought = await bringTo(path, { artifact, store, workspace: place.workspace });
    if (brought.kind === 'brought') {
      values.set(name, path);
      messages.push(describeTaken(name, choice.chosen));
    } else messages.push(describeFault(name, choice.chosen, brought));
  }
  return { values, messages };
}

interface BringingTo {
  readonly artifact: ListedArtifact['artifact'];
  readonly store: ArtifactStore;
  readonly workspace: string;
}

async function bringTo(path: string, { artifact, store, workspace }: BringingTo): Promise<Bringing> {
  try {
    makeStateFolder(join(workspace, '.tollgate'));
  } catch (error) {
    return { kind: 'unavailable', reason: `.tollgate cannot be written: ${describeFileProblem(error)}` };
  }
  return await store.bring(artifact, { folder: join(workspace, path), manner: 'mirror' });
}

type Missing = { readonly kind: 'none'; readonly reason: string; readonly near: string | undefined };

/** What a run has worked on before: it goes on with the same. */
function findAgain(version: string, all: readonly ListedArtifact[]): { readonly kind: 'chosen'; readonly chosen: ListedArtifact } | Missing {
  const chosen = findVersion(version, all);
  return chosen === undefined ? { kind: 'none', reason: `no artifact of version ${shortenVersion(version)} is kept any more`, near: undefined } : { kind: 'chosen', chosen };
}

interface Around {
  readonly ask: ArtifactReference | undefined;
  readonly all: readonly ListedArtifact[];
  readonly place: PlanningPlace;
  readonly missing: 'error' | 'warning';
}

function describeMissing(input: string, { reason, near }: Missing, { ask, all, place, missing }: Around): Message {
  const { calledAs = 'tollgate' } = place;
  const isKnown = ask !== undefined && all.some(({ artifact }) => artifact.workflow === ask.workflow);
  return {
    severity: missing,
    code: 'TG3503',
    message: `input '${input}': ${reason}${missing === 'warning' ? '; the plan does without it' : ''}`,
    ways: [
      ...(near === undefined ? [] : [`Take it: --input ${input}=${quoteForPerson(near)}`]),
      ...(ask === undefined || isKnown || near !== undefined ? [] : [`Run: ${calledAs} run ${ask.workflow}`]),
      `See what there is: ${calledAs} artifacts ls${isKnown ? ` ${ask.workflow}` : ''}`,
    ],
  };
}

function describeTaken(input: string, { artifact, outcome }: ListedArtifact): Message {
  const files = artifact.files.filter(({ kind }) => kind !== 'folder').length;
  return {
    severity: 'info',
    code: 'TG3505',
    message: `input '${input}' is ${nameArtifact(artifact)} (${describeOutcome(outcome)}), version ${shortenVersion(artifact.version)}, ${counted(files, 'file', 'files')}, ${describeBytes(artifact.size)}`,
  };
}

function describeFault(input: string, { artifact }: ListedArtifact, fault: Exclude<Bringing, { readonly kind: 'brought' }>): Message {
  const what = fault.kind === 'damaged' ? `is damaged: ${fault.reason}` : `cannot be taken up: ${fault.reason}`;
  return {
    severity: 'error',
    code: fault.kind === 'damaged' ? 'TG3504' : 'TG3503',
    message: `input '${input}': artifact ${nameArtifact(artifact)} ${what}`,
    ways: fault.kind === 'damaged' ? [`Run the workflow again that makes it, or take another: --input ${input}=${quoteForPerson(`${artifact.workflow}/${artifact.name}`)}@<run>`] : ['Make room or mend what is named'],
  };
}
