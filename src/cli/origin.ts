import type { Origin } from './options.js';

/** `--json`, `TOLLGATE_JSON`, `.tollgate.yml:3:7`, `default`. */
export function describeOrigin(origin: Origin): string {
  switch (origin.kind) {
    case 'flag': return origin.flag;
    case 'variable': return origin.name;
    case 'file': return `${origin.file}:${origin.line}:${origin.column}`;
    case 'default': return 'default';
  }
}
