import { join } from 'node:path';
import { createLeases } from '../adapters/local/leases/create-leases.js';
import type { Leases } from '../ports/lease.js';

/** Who goes on with a run: kept with it, and gone with it. */
export function openRunLease(stateFolder: string, runId: string): Leases {
  return createLeases(join(stateFolder, 'runs', runId, 'lease'));
}

/** Who works on what in a state folder. */
export function openLeases(stateFolder: string): Leases {
  return createLeases(join(stateFolder, 'leases'));
}
