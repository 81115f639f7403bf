import type { LeaseOwner } from '../ports/lease.js';

/** «run 2026… of release (process 4711 on build-3, since …)». */
export function describeOwner({ note, pid, host, since }: LeaseOwner): string {
  return `${note} (process ${pid} on ${host}, since ${new Date(since).toISOString()})`;
}
