import type { ApiAnswer } from './api-answer.js';
import type { ApiReply, ApiRequest } from './api-request.js';

/** A reply of whatever status, or none. */
export type ClientReply = { readonly kind: 'replied'; readonly reply: ApiReply } | { readonly kind: 'silent'; readonly reason: string };

export type Client = (request: Pick<ApiRequest<unknown>, 'route' | 'parameters' | 'raw'>, signal: AbortSignal) => Promise<ClientReply>;

export type LoadClient = () => Promise<ApiAnswer<Client>>;

export interface ClientSettings {
  readonly baseUrl: string;
  readonly token: string;
  /** `owner/name`. */
  readonly repository: string;
}

type OctokitResponse = Pick<ApiReply, 'status' | 'headers'> & { readonly data: unknown };

/** Said with each request, so that another default of GitHub's changes nothing. */
const apiVersion = '2022-11-28';
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** GitHub's own client, loaded at the first call: a job that asks for nothing does not pay for it. */
export function createClientLoader(settings: ClientSettings): LoadClient {
  let loaded: Promise<ApiAnswer<Client>> | undefined;
  return () => (loaded ??= load(settings));
}

async function load({ baseUrl, token, repository }: ClientSettings): Promise<ApiAnswer<Client>> {
  // Who asks without a token is told so by the permission that is missing, as with one that may too little.
  if (token === '') return { kind: 'forbidden', permission: 'contents: read', reason: 'the job gave no token' };
  const [owner, repo] = /^([\w.-]+)\/([\w.-]+)$/u.exec(repository)?.slice(1) ?? [];
  if (owner === undefined || repo === undefined) return { kind: 'unavailable', reason: 'nobody says which repository this is: GITHUB_REPOSITORY names none' };
  if (!/^https?:\/\/[^\s]+$/u.test(baseUrl) || !URL.canParse(baseUrl)) return { kind: 'unavailable', reason: 'GITHUB_API_URL is no address' };
  try {
    const { Octokit } = await import('@octokit/rest');
    const octokit = new Octokit({ auth: token, baseUrl, userAgent: 'tollgate', log: quiet });
    return {
      kind: 'done',
      value: async ({ route, parameters, raw = false }, signal) => {
        try {
          const response: OctokitResponse = await octokit.request(route, { owner, repo, ...parameters, headers: { 'x-github-api-version': apiVersion }, request: { signal, ...(raw ? { redirect: 'manual', parseSuccessResponseBody: false } : {}) } });
          return { kind: 'replied', reply: readResponse(response) };
        } catch (error) {
          return readError(error);
        }
      },
    };
  } catch (error) {
    return { kind: 'unavailable', reason: `the client of GitHub's API does not load: ${messageOf(error)}` };
  }
}

/** The client throws what is 400 and over, and what never came. */
function readError(error: unknown): ClientReply {
  const response = (error as { readonly response?: OctokitResponse } | undefined)?.response;
  if (response !== undefined) return { kind: 'replied', reply: readResponse(response) };
  return { kind: 'silent', reason: messageOf(error) };
}

function readResponse({ status, headers, data }: OctokitResponse): ApiReply {
  return { status, headers, body: data };
}

function messageOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : 'it cannot be reached';
}
