import { resolve } from 'node:path';
import type { PlanningPlace } from '../../assembly/planning-place.js';
import type { Call } from '../command.js';
import { stateFolderOf } from './state-folder-of.js';

/** Where a call is meant, for whoever prepares what it asks for. */
export function placeOf(call: Call): PlanningPlace {
  const { workspace, env, calledAs } = call;
  return { workspace, env, calledAs, stateFolder: resolve(stateFolderOf(call)) };
}
