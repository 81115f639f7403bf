/** How the jobs ended that the verdict's job needs, by their ids. */
export type Needs = ReadonlyMap<string, NeedResult>;

/** `unknown`: a word that GitHub has not used so far. */
export type NeedResult = 'success' | 'failure' | 'cancelled' | 'skipped' | 'unknown';

export type ReadNeeds = { readonly kind: 'read'; readonly needs: Needs } | { readonly kind: 'refused'; readonly because: string };

const results: ReadonlySet<string> = new Set<NeedResult>(['success', 'failure', 'cancelled', 'skipped']);

/** Reads `${{ toJSON(needs) }}`. */
export function readNeeds(text: string): ReadNeeds {
  const given = parse(text);
  if (!isRecord(given)) return { kind: 'refused', because: 'it is no map of jobs; write needs: ${{ toJSON(needs) }}' };
  const needs = new Map<string, NeedResult>();
  for (const [job, said] of Object.entries(given)) {
    const result = isRecord(said) ? said['result'] : undefined;
    needs.set(job, typeof result === 'string' && results.has(result) ? (result as NeedResult) : 'unknown');
  }
  return { kind: 'read', needs };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
