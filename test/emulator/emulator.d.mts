export interface EmulatorOptions {
  /** Milliseconds since 1970; the clock of the services. `advance` moves it on. */
  readonly now?: () => number;
  /** `owner/name` */
  readonly repository?: string;
  readonly defaultBranch?: string;
  readonly visibility?: 'public' | 'private';
  /** Before every answer. */
  readonly latencyMs?: number;
  readonly port?: number;
  /** Cache entries begun per minute and repository: 200, then 429. */
  readonly uploadsPerMinute?: number;
  /** REST requests per hour and repository: 1,000, then 403. */
  readonly requestsPerHour?: number;
  /** REST requests that make content, per minute: 80, then 403 with Retry-After. */
  readonly contentPerMinute?: number;
  readonly cacheBytes?: number;
  readonly retentionDays?: number;
  /** Whether the internal list of artifacts shows those of earlier attempts: so it is by default, and evidence differs. */
  readonly attemptsShareArtifacts?: boolean;
}

export interface EmulatedPull {
  readonly number: number;
  /** Branch names. */
  readonly base?: string;
  readonly head?: string;
  /** From a fork: the REST token only reads. */
  readonly fork?: boolean;
}

export interface EmulatedJob {
  readonly runId: number | string;
  readonly attempt?: number | string;
  /** The id of the job in its workflow, GITHUB_JOB. */
  readonly job?: string;
  /** In the log; `run/attempt/job` unless it is given. Cells of a matrix need one each. */
  readonly label?: string;
  /** `refs/heads/…`; the default branch, or the merge ref of the pull request. */
  readonly ref?: string;
  readonly sha?: string;
  readonly event?: string;
  readonly pull?: EmulatedPull;
  /** As the event says: true for `issue_comment` and `pull_request_target`. A fork's `workflow_run` has to say it. */
  readonly readOnlyCache?: boolean;
  /** Cache scopes instead of those of the ref. 1 reads, 2 writes. */
  readonly scopes?: readonly { readonly Scope: string; readonly Permission: 0 | 1 | 2 | 3 }[];
  /** ACTIONS_CACHE_MODE; not there unless given. */
  readonly cacheMode?: 'none' | 'read' | 'write' | 'write-only';
  /** Of the REST token, as `permissions:` of a job: what is not named is `none`. Without it, all write (a fork: all read). */
  readonly permissions?: Readonly<Record<string, 'read' | 'write' | 'none'>>;
  readonly repository?: string;
  readonly workflow?: string;
  readonly workflowPath?: string;
  readonly actor?: string;
}

export interface EmulatedRequest {
  readonly at: number;
  /** One of `callNames`, or `unknown`. */
  readonly call: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** The label of the job whose token or signed address was used. */
  readonly job: string | undefined;
  /** Not there while it is under way, or when a fault left none. */
  readonly status: number | undefined;
  /** Bytes of the body that was sent to the service, and of the one that came back. */
  readonly sent: number;
  readonly received: number;
  /** The cache key or artifact name it is about. */
  readonly name: string | undefined;
  readonly fault: string | undefined;
  /** Until the connection was done with it. */
  readonly ms: number | undefined;
}

export interface FaultOrder {
  /** A name of `callNames`, or the beginning of some with `*` after it; all when it is left out. */
  readonly call?: string;
  /** A name of `faultNames`. */
  readonly fault: string;
  /** The first call it befalls, counted from 1. */
  readonly nth?: number;
  /** How many it befalls; all when it is left out. */
  readonly times?: number;
  /** Before the work of the call is done, or after that and before the answer. */
  readonly moment?: 'before' | 'after';
  /** Of `slow`. */
  readonly ms?: number;
  /** For how long it is set. */
  readonly forMs?: number;
  /** The label of the one job it befalls. */
  readonly job?: string;
  readonly where?: (request: EmulatedRequest) => boolean;
}

export interface SetFault {
  readonly call: string;
  readonly fault: string;
  readonly moment: 'before' | 'after';
  /** How many calls it befell. */
  readonly hits: number;
  /** How many calls it could have. */
  readonly seen: number;
  readonly end: () => void;
}

export interface EmulatedEntry {
  readonly id: number;
  readonly key: string;
  /** `*` answers to any version. */
  readonly version: string;
  /** The ref. */
  readonly scope: string;
  readonly repository: string;
  readonly createdAt: number;
  readonly accessedAt: number;
  readonly finalized: boolean;
  readonly size: number;
  /** Label of the job that made it. */
  readonly job: string | undefined;
  readonly bytes: Buffer | undefined;
}

export interface EmulatedArtifact {
  readonly id: number;
  readonly name: string;
  readonly runId: number;
  readonly attempt: number;
  readonly repository: string;
  readonly job: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly finalized: boolean;
  readonly size: number;
  readonly digest: string | undefined;
  readonly mimeType: string;
  readonly bytes: Buffer | undefined;
}

export interface EmulatedComment {
  readonly id: number;
  readonly issue: number;
  readonly body: string;
  readonly user: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** How often it was changed. */
  readonly edits: number;
}

export interface EmulatedCheckRun {
  readonly id: number;
  readonly name: string;
  readonly headSha: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly output: { readonly title: string; readonly summary: string; readonly text: string | null } | null;
  /** Of all requests about it. */
  readonly annotations: readonly Readonly<Record<string, unknown>>[];
  readonly externalId: string;
  readonly detailsUrl: string | null;
}

export interface EmulatedRun {
  readonly id: number | string;
  readonly repository?: string;
  readonly attempt?: number;
  readonly status?: string;
  readonly conclusion?: string | null;
  readonly event?: string;
  /** A branch name. */
  readonly branch?: string;
  readonly sha?: string;
  readonly workflow?: string;
  readonly workflowPath?: string;
  readonly createdAt?: number;
  readonly actor?: string;
}

export interface Violation {
  readonly at: number;
  readonly call: string;
  readonly reason: string;
}

export interface Emulator {
  readonly url: string;
  readonly port: number;
  /** The environment of a step of the job, without GITHUB_WORKSPACE, RUNNER_TEMP and the command files. Its REST token is GITHUB_TOKEN. */
  readonly env: (job: EmulatedJob) => Record<string, string>;
  /** A REST token of a person; without `permissions` it may do all. */
  readonly token: (given: { readonly permissions?: EmulatedJob['permissions']; readonly repository?: string; readonly login?: string }) => string;
  readonly requests: () => readonly EmulatedRequest[];
  readonly clearRequests: () => void;
  /** What GitHub would not have taken. */
  readonly violations: () => readonly Violation[];
  readonly clearViolations: () => void;
  readonly fault: (order: FaultOrder) => SetFault;
  readonly clearFaults: () => void;
  readonly entries: () => readonly EmulatedEntry[];
  /** Begun and not finished: their keys are taken. */
  readonly reservations: () => readonly EmulatedEntry[];
  /** An entry that nobody saved; in the default branch, and of any version, unless said. Answers its id. */
  readonly plant: (given: { readonly key: string; readonly version?: string; readonly bytes: Buffer; readonly ref?: string; readonly repository?: string; readonly createdAt?: number }) => number;
  /** Removes the entries that were idle for seven days, or those given, and answers their keys. */
  readonly evict: (gone?: (entry: EmulatedEntry) => boolean) => readonly string[];
  readonly setTimes: (id: number, times: { readonly createdAt?: number; readonly accessedAt?: number }) => void;
  readonly artifacts: () => readonly EmulatedArtifact[];
  readonly unfinishedArtifacts: () => readonly EmulatedArtifact[];
  readonly plantArtifact: (given: { readonly runId: number | string; readonly attempt?: number; readonly name: string; readonly bytes: Buffer; readonly id?: number; readonly createdAt?: number; readonly digest?: string; readonly mimeType?: string }) => number;
  readonly removeArtifacts: (gone: (artifact: EmulatedArtifact) => boolean) => readonly string[];
  readonly comments: () => readonly EmulatedComment[];
  readonly plantComment: (given: { readonly issue: number; readonly body: string; readonly user?: string; readonly bot?: boolean; readonly repository?: string }) => number;
  readonly checkRuns: () => readonly EmulatedCheckRun[];
  readonly dispatches: () => readonly Readonly<Record<string, unknown>>[];
  /** A run, or what is new about one: `env` makes one for each run id. */
  readonly plantRun: (run: EmulatedRun) => void;
  readonly plantPull: (pull: EmulatedPull & { readonly sha?: string; readonly baseSha?: string; readonly author?: string; readonly draft?: boolean; readonly state?: 'open' | 'closed'; readonly repository?: string }) => void;
  /** Both tokens of the job with this label are over. */
  readonly expireTokens: (label: string) => void;
  readonly setLatency: (ms: number) => void;
  readonly advance: (ms: number) => void;
  /** The port refuses connections until `comeUp`. */
  readonly goDown: () => Promise<void>;
  readonly comeUp: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export declare const callNames: readonly string[];
export declare const faultNames: readonly string[];
/** Whether a fault can befall a call: some are of one call alone. */
export declare function canBefall(fault: string, call: string): boolean;
export declare function startEmulator(options?: EmulatorOptions): Promise<Emulator>;
