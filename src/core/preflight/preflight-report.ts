import type { Span } from '../diagnostic/diagnostic.js';

export type CheckKind = 'tool' | 'bash' | 'env' | 'file' | 'run' | 'check' | 'url' | 'secret' | 'disk';

/** `blocking`: nothing starts; `warning` may matter later; `info` is only said. */
export type CheckLevel = 'blocking' | 'warning' | 'info';

/** How one thing stands that has to hold before anything starts. */
export interface CheckResult {
  /** Its id in the workflow; none where it was not given one, or nobody wrote the check. */
  readonly id: string | null;
  /** How people read it: `node >=20`, `env NPM_TOKEN`. */
  readonly label: string;
  readonly kind: CheckKind;
  readonly level: CheckLevel;
  /** `not-checked`: something before it has to hold first, or nothing here could ask. It proves nothing. */
  readonly status: 'holds' | 'fails' | 'not-checked';
  /** What is wrong, or what was found. */
  readonly message: string;
  readonly hint: string | null;
  /** What mends it, with its values in it, for a person to read and paste. */
  readonly fix: { readonly command: string } | null;
  /** It failed, and its fix was run, and then it held. */
  readonly fixed: boolean;
  /** Its place in the workflow; none for what is checked without being written and belongs to no step. */
  readonly at: Span | null;
  readonly durationMs: number;
}

export interface PreflightSummary {
  /** Whether the run may start. */
  readonly ok: boolean;
  readonly blocking: readonly CheckResult[];
  readonly warnings: readonly CheckResult[];
}

/** `strict` lets a warning stop the run as well. What blocks and could not be checked does not hold. */
export function summarizePreflight(results: readonly CheckResult[], { strict }: { readonly strict: boolean }): PreflightSummary {
  const open = results.filter(({ status }) => status !== 'holds');
  const blocking = open.filter(({ level }) => level === 'blocking');
  const warnings = open.filter(({ level }) => level === 'warning');
  return { ok: blocking.length === 0 && !(strict && warnings.length > 0), blocking, warnings };
}
