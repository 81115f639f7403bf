import type { Outline } from '../definition/check/outline.js';

/** The ids of steps that go on in the background. */
export function findBackgroundSteps({ steps }: Outline): ReadonlySet<string> {
  const ids = steps.flatMap(({ step: { background, id } }) => {
    const switchedOff = background !== undefined && 'kind' in background && background.kind === 'written' && !background.value;
    return background === undefined || switchedOff ? [] : [id.value];
  });
  return new Set(ids);
}
