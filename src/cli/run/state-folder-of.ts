import { join } from 'node:path';
import type { Call } from '../command.js';

/** Where runs and results of this call's workspace lie. */
export function stateFolderOf({ options, workspace }: Pick<Call, 'options' | 'workspace'>): string {
  return options['state-dir'].value ?? join(workspace, '.tollgate');
}
