import type { SortedForecast } from './sort-forecast.js';

/** The inputs of one job; the root action takes them as they are. */
export interface MatrixEntry {
  readonly name: string;
  /** With commas; empty means all. */
  readonly phases: string;
  readonly only: string;
}

/** A step that would run, or the gate of a phase, which is no step. */
export interface Piece {
  readonly phase: string;
  readonly step: string | null;
}

/** Names the pieces of one job in the words of `phases` and `only`. */
export function createEntryNames({ plan, outlooks, parsed: { outline } }: SortedForecast): (pieces: readonly Piece[]) => MatrixEntry {
  // A group may be called like a phase: then the phase is known by its number alone.
  const groups = new Set(outline.groups.map(({ group }) => group.id?.value.toLowerCase()));
  const nameOf = (id: string): string => (groups.has(id.toLowerCase()) ? String((plan.phases.get(id)?.index ?? 0) + 1) : id);
  return (pieces) => {
    const gated = new Set(pieces.flatMap(({ phase, step }) => (step === null ? [phase] : [])));
    const wanted = new Set(pieces.map(({ step }) => step));
    const parts = [...new Set(pieces.map(({ phase }) => phase))].map((id) => {
      const { steps = [], index = 0 } = plan.phases.get(id) ?? {};
      const taken = steps.filter((step) => wanted.has(step) || (gated.has(id) && outlooks.get(step)?.kind !== 'left-out'));
      return { id, index, steps: taken, isWhole: taken.length === steps.length };
    }).sort((a, b) => a.index - b.index);
    const labels = parts.flatMap(({ id, steps, isWhole }) => (isWhole ? [id] : steps.map((step) => `${id}.${step}`)));
    return {
      name: `${labels[0] ?? ''}${labels.length > 1 ? ` +${labels.length - 1}` : ''}`,
      phases: parts.map(({ id }) => nameOf(id)).join(','),
      only: parts.every(({ isWhole }) => isWhole) ? '' : parts.flatMap(({ id, steps }) => (steps.length === 0 ? [nameOf(id)] : steps.map((step) => `${id}.${step}`))).join(','),
    };
  };
}
