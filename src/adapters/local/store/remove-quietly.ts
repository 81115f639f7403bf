import { rmSync } from 'node:fs';
import { describeFileProblem } from '../describe-file-problem.js';

/** Answers why it is still there, where it is. */
export function removeQuietly(path: string): string | undefined {
  try {
    rmSync(path, { recursive: true, force: true });
    return undefined;
  } catch (error) {
    return describeFileProblem(error);
  }
}
