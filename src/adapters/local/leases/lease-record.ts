import type { ProcessIdentity } from './process-identity.js';

/** What an owner says of itself in its file. */
export interface LeaseRecord extends ProcessIdentity {
  readonly name: string;
  readonly note: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

const texts = ['host', 'machine', 'bootId', 'pidNamespace', 'name', 'note'] as const;
const numbers = ['pid', 'startTime', 'since'] as const;

/** Nothing for a file that says something else. */
export function parseLeaseRecord(text: string): LeaseRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isLeaseRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isLeaseRecord(value: unknown): value is LeaseRecord {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return texts.every((name) => typeof fields.get(name) === 'string') && numbers.every((name) => Number.isSafeInteger(fields.get(name))) && Number(fields.get('pid')) > 0;
}
