import type { Trouble, TroubleCause } from './transfer-order.js';

export type RemoteService = 'cache' | 'artifacts';

const names: Readonly<Record<RemoteService, string>> = { cache: "GitHub's cache", artifacts: "GitHub's artifact service" };

const wrong: Readonly<Record<TroubleCause, (name: string, detail: string) => string>> = {
  gone: (name, detail) => `${name} does not know what it has just named (${detail})`,
  'rate-limit': (name, detail) => `${name} takes no more requests for a while (${detail})`,
  denied: (name, detail) => `${name} does not let this job in (${detail})`,
  server: (name, detail) => `${name} cannot be used (${detail})`,
  'time-out': (name, detail) => `${name} did not answer in time (${detail})`,
  unreachable: (name, detail) => `${name} cannot be reached (${detail})`,
  damaged: (name, detail) => `what came from ${name} is not what was put there: ${detail}`,
  quota: (name, detail) => `${name} has no room left (${detail})`,
  refused: (name, detail) => `${name} refused a request (${detail})`,
  fault: (name, detail) => `the client of ${name} failed (${detail})`,
};

const meaning: Readonly<Record<RemoteService, string>> = {
  cache: 'earlier results may run again, and results of this run may not be kept on GitHub; the run itself is not touched',
  artifacts: 'files of this run may not be kept on GitHub; the run itself is not touched',
};

const remedies: Readonly<Record<TroubleCause, string>> = {
  gone: 'Nothing to do: it was removed meanwhile.',
  'rate-limit': 'Nothing to do, unless it is so in every run: then let fewer jobs keep results at once.',
  denied: 'A token of a run that outsiders can start may only read the cache: what the run has done lies among its artifacts instead. For artifacts see that the job may use Actions in the settings of the repository.',
  server: 'Nothing to do but wait; https://www.githubstatus.com tells of outages.',
  'time-out': 'Nothing to do unless it is so in every run: then look at the way from the runner to GitHub.',
  unreachable: 'On a self-hosted runner, see that it may reach *.actions.githubusercontent.com and *.blob.core.windows.net; else https://www.githubstatus.com tells of outages.',
  damaged: 'It was not used. If it is so in every run, delete the entry under Actions › Caches, or the artifact.',
  quota: 'Delete what is no longer needed under Actions › Caches and in the runs, or raise the limit in the billing settings.',
  refused: 'Please tell us of it: a client of ours should not ask for what is refused.',
  fault: 'Please tell us of it if it is so in every run.',
};

/** One line for whoever asked. */
export function describeTrouble(service: RemoteService, { cause, detail }: Trouble): string {
  return wrong[cause](names[service], detail);
}

/** What went wrong, what it means for the run, and what to do. */
export function warnOfTrouble(service: RemoteService, trouble: Trouble): string {
  return `${describeTrouble(service, trouble)}: ${meaning[service]}. ${remedies[trouble.cause]}`;
}
