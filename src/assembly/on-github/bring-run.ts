import { rmSync } from 'node:fs';
import type { NotDone } from '../../adapters/github/rest/api-answer.js';
import { openGithubApi } from '../../adapters/github/rest/open-github-api.js';
import { createSeal, findKeyFault } from '../../adapters/github/sealing/create-seal.js';
import { fetchArtifact } from '../../adapters/github/segments/find-segments.js';
import { chooseNewest, prefixOfRun } from '../../adapters/github/segments/segment-names.js';
import { isSealed } from '../../adapters/github/sealing/is-sealed.js';
import { openGitRepository } from '../../adapters/local/git-repository.js';
import type { ImportedRun } from '../import-run.js';
import { importRun } from '../import-run.js';

export interface GithubRunWish {
  /** The id of GitHub's run, or the address of its page. */
  readonly given: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stateFolder: string;
  readonly workspace: string;
  /** For what is under way from GitHub. */
  readonly folder: string;
  readonly accepted: readonly string[];
}

export type BroughtRuns =
  /** A run of ours for each job that has left one; `address`: the page of GitHub's run. */
  | { readonly kind: 'brought'; readonly runs: readonly string[]; readonly address: string }
  | { readonly kind: 'refused'; readonly message: string; readonly hint: string };

/** What a run on GitHub has left is taken in here, where it can be gone on with: it lies among the artifacts of that run, which a token can read. */
export async function bringRunFromGithub(wish: GithubRunWish): Promise<BroughtRuns> {
  const place = findPlace(wish);
  if (place.kind === 'refused') return place;
  const api = openGithubApi({ env: wish.env, token: place.token, repository: place.repository });
  const [going, listed] = await Promise.all([api.getRun(Number(place.run)), api.listRunArtifacts(Number(place.run))]);
  if (going.kind !== 'done') return refuse(`run ${place.run} of ${place.repository} cannot be looked up: ${describeNotDone(going)}`, hintOf(going, place));
  if (listed.kind !== 'done') return refuse(`the artifacts of run ${place.run} cannot be listed: ${describeNotDone(listed)}`, hintOf(listed, place));
  const address = going.value.url;
  if (going.value.status !== 'completed') return refuse(`run ${place.run} is at work on GitHub: ${address} (TG3407)`, 'wait until it has ended, or cancel it there');
  const segments = chooseNewest(listed.value.filter(({ expired }) => !expired).map(({ name }) => name).filter((name) => name.startsWith(prefixOfRun(place.run))));
  if (segments.length === 0) return refuse(`run ${place.run} has left nothing to go on with: ${address}`, 'a run that did not succeed leaves its state as an artifact, as long as artifacts are kept; what has succeeded leaves none');
  const runs: string[] = [];
  for (const { name } of segments) {
    const artifact = listed.value.find((each) => each.name === name);
    const fetched = artifact === undefined ? { reason: 'it is gone' } : await fetchArtifact({ api, folder: wish.folder }, artifact, 'state');
    if ('reason' in fetched) return refuse(`the state of run ${place.run} cannot be had: ${fetched.reason}`, 'try it again; nothing was taken in');
    try {
      const taken = await takeIn(fetched.file, wish);
      if (taken.kind === 'refused') return taken;
      runs.push(taken.run);
    } finally {
      fetched.release();
    }
  }
  return { kind: 'brought', runs, address };
}

interface Place {
  readonly kind: 'found';
  readonly run: string;
  readonly repository: string;
  readonly token: string;
}

type Refused = Extract<BroughtRuns, { kind: 'refused' }>;

function findPlace({ given, env, workspace }: GithubRunWish): Place | Refused {
  const [, named, fromAddress] = /^https?:\/\/[^/]+\/([^/]+\/[^/]+)\/actions\/runs\/(\d+)(?:[/?#].*)?$/u.exec(given) ?? [];
  const run = fromAddress ?? (/^\d{1,15}$/u.test(given) ? given : undefined);
  if (run === undefined) return refuse(`'${given}' is no run of GitHub's`, 'name the number at the end of the address of its page, or the address');
  const repository = named ?? whenGiven(env['GITHUB_REPOSITORY']) ?? openGitRepository(workspace).describe().repository;
  if (repository == null) return refuse('it is not known which repository this is', 'give the address of the run, https://github.com/<owner>/<name>/actions/runs/<run id>, or GITHUB_REPOSITORY=<owner>/<name>');
  const token = whenGiven(env['GH_TOKEN']) ?? whenGiven(env['GITHUB_TOKEN']);
  if (token === undefined) return refuse('GitHub hands artifacts to a token only, and none is given', 'GH_TOKEN=$(gh auth token), or a fine-grained token with the permission «Actions: read»');
  return { kind: 'found', run, repository, token };
}

async function takeIn(file: string, { env, stateFolder, workspace, accepted }: GithubRunWish): Promise<{ readonly kind: 'taken'; readonly run: string } | Refused> {
  const open = `${file}.open`;
  const take = (plain: string): ReturnType<typeof settle> => settle(importRun({ file: plain, stateFolder, workspace, accepted, replaceOlder: true }));
  try {
    if (!isSealed(file)) return take(file);
    const key = env['TOLLGATE_ENCRYPTION_KEY'] ?? '';
    if (key === '') return refuse('the state of this run is encrypted', 'give the key that its jobs have as encryption-key: TOLLGATE_ENCRYPTION_KEY=…');
    const fault = findKeyFault(key);
    if (fault !== undefined) return refuse(fault, 'give the key that its jobs have: TOLLGATE_ENCRYPTION_KEY=…');
    const unsealed = await createSeal(key).unseal(file, open);
    if (unsealed.kind !== 'opened') return refuse(`the state of this run cannot be opened: ${unsealed.reason}`, 'give the key that its jobs have as encryption-key: TOLLGATE_ENCRYPTION_KEY=…');
    return take(open);
  } finally {
    rmSync(open, { force: true });
  }
}

function settle(done: ImportedRun): { readonly kind: 'taken'; readonly run: string } | Refused {
  switch (done.kind) {
    case 'imported':
    case 'there': return { kind: 'taken', run: done.run };
    case 'newer': return refuse(`its state was written by tollgate ${done.tollgate}, in a newer format (TG3409)`, `install it: npm install --global tollgate@${done.tollgate}`);
    case 'refused': return refuse(`its state cannot be taken in: ${done.reason} (TG3415)`, 'nothing of it was taken in; look at the artifact on the page of the run');
    case 'foreign': return refuse(`it is a run of ${done.what} ${done.name}, and ${done.what === 'repository' ? `this workspace is ${done.here ?? ''}` : `there is no such workflow here, nor ${done.file}`} (TG3416)`, `when it is meant all the same: --accept ${done.name}`);
  }
}

function refuse(message: string, hint: string): Refused {
  return { kind: 'refused', message, hint };
}

function describeNotDone(answer: NotDone): string {
  return answer.kind === 'absent' ? 'there is none of this number, or the token may not see the repository' : answer.reason;
}

function hintOf(answer: NotDone, { run, repository }: Place): string {
  if (answer.kind === 'forbidden') return `the token needs the permission ${answer.permission}`;
  if (answer.kind === 'absent') return `see https://github.com/${repository}/actions/runs/${run}; give the address of another repository's run`;
  return 'try it again; nothing was taken in';
}

function whenGiven(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}
