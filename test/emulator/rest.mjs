import { refuseRest } from './answers.mjs';
export function createRest() {
  return { handle: () => refuseRest(404, 'Not Found'), knowJob: () => {}, comments: () => [], plantComment: () => {}, checkRuns: () => [], dispatches: () => [], plantRun: () => {}, plantPull: () => {} };
}
