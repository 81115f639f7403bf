import { walkResults } from '../../adapters/local/store/walk-store.js';
import { layOutStore, locateStore } from '../../adapters/local/store/store-layout.js';
import type { StepMeasure } from '../../core/fan-out/estimate-run.js';

/** What steps of a workflow took and cost when they were last done, by the results that were kept of them. */
export function readHistory(stateFolder: string, workflow: string): readonly StepMeasure[] {
  const found: StepMeasure[] = [];
  for (const file of walkResults(layOutStore(locateStore(stateFolder).folder))) {
    const manifest = file.read();
    if (manifest.kind === 'whole' && manifest.result.workflow === workflow) found.push({ step: manifest.result.step, durationMs: manifest.result.durationMs, costUsd: manifest.result.costUsd });
  }
  return found;
}
