import { setTimeout } from 'node:timers/promises';
import { cutText, oneLine } from '../../../core/report/run/run-words.js';
import { escapeHidden } from '../../../core/report/visible-text.js';
import { listCaches } from './caches.js';
import { createCheck, findCheck, updateCheck } from './check-runs.js';
import { upsertComment } from './comments.js';
import { createSender } from './create-sender.js';
import { createFileFetcher } from './fetch-to-file.js';
import type { GithubApi } from './github-api.js';
import { createClientLoader } from './load-client.js';
import { createPatience } from './patience.js';
import { findPullRequest } from './pull-requests.js';
import { downloadArtifact, listRunArtifacts } from './run-artifacts.js';
import { dispatchWorkflow, getRepository, getRun } from './workflow-runs.js';

export interface GithubApiSettings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Empty where the job has none: every call then says which permission is missing. */
  readonly token: string;
  /** Else what GITHUB_API_URL says. */
  readonly apiUrl?: string;
  /** `owner/name`; else what GITHUB_REPOSITORY says. */
  readonly repository?: string;
  readonly now?: () => number;
  readonly wait?: (ms: number) => Promise<void>;
  readonly chance?: () => number;
  /** Of one try. */
  readonly deadlineMs?: number;
  /** What faults and limits may cost in all. */
  readonly patienceMs?: number;
}

const usual = { deadlineMs: 10_000, patienceMs: 20_000, downloadMs: 60_000, reasonLength: 300 };

/** GitHub's REST API for one repository; nothing is loaded or sent before the first call. */
export function openGithubApi(settings: GithubApiSettings): GithubApi {
  const { env, now = Date.now, wait = waitFor, chance = Math.random, deadlineMs = usual.deadlineMs } = settings;
  // A secret that was pasted often ends with a line break, which no header takes.
  const token = settings.token.trim();
  const baseUrl = (settings.apiUrl ?? firstGiven(env['GITHUB_API_URL']) ?? 'https://api.github.com').replace(/\/+$/u, '');
  const patience = createPatience(now, settings.patienceMs ?? usual.patienceMs);
  const tidy = (text: string): string => cutText(escapeHidden(oneLine(token === '' ? text : text.replaceAll(token, '***'))), usual.reasonLength);
  const loadClient = createClientLoader({ baseUrl, token, repository: settings.repository ?? env['GITHUB_REPOSITORY'] ?? '' });
  const send = createSender({ loadClient, patience, now, wait, chance, deadlineMs, tidy });
  const fetchToFile = createFileFetcher({ allowHttp: baseUrl.startsWith('http:'), deadlineMs: Math.max(usual.downloadMs, deadlineMs), tidy, spend: patience.spend, now });
  return {
    getRepository: () => getRepository(send),
    listCaches: (wish) => listCaches(send, wish),
    getRun: (runId) => getRun(send, runId),
    listRunArtifacts: (runId) => listRunArtifacts(send, runId),
    downloadArtifact: (download) => downloadArtifact(send, fetchToFile, download),
    dispatchWorkflow: (dispatch) => dispatchWorkflow(send, dispatch),
    findPullRequest: (payload) => findPullRequest(send, payload),
    upsertComment: (comment) => upsertComment(send, comment),
    findCheck: (wish) => findCheck(send, wish),
    createCheck: (wish) => createCheck(send, wish),
    updateCheck: (id, wish) => updateCheck(send, id, wish),
  };
}

function firstGiven(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}

async function waitFor(ms: number): Promise<void> {
  await setTimeout(ms);
}
