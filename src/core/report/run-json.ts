export { toRefusedRunJson } from './run/run-json.js';
export type { RefusedRun } from './run/run-json.js';
