import type { StepKey } from './step-keys.js';

/** One cell of a run. */
export interface CellPlace {
  readonly step: string;
  readonly cell: number;
}

/** Results that are being made: who would make the very same one waits for it. */
export interface Flights {
  /** The name of whoever makes it already; nothing when this cell is the first, which makes it from now on. */
  readonly join: (key: StepKey | undefined, at: CellPlace & { readonly name: string }) => string | undefined;
  /** It is made, or it failed: those that waited may look again. */
  readonly land: (key: StepKey | undefined, name: string) => readonly CellPlace[];
}

export function createFlights(): Flights {
  const flights = new Map<string, { readonly name: string; readonly waiting: CellPlace[] }>();
  return {
    join: (key, { step, cell, name }) => {
      if (key === undefined || !key.description.cached) return undefined;
      const flight = flights.get(key.key);
      if (flight === undefined) flights.set(key.key, { name, waiting: [] });
      else flight.waiting.push({ step, cell });
      return flight?.name;
    },
    land: (key, name) => {
      const flight = flights.get(key?.key ?? '');
      if (key === undefined || flight?.name !== name) return [];
      flights.delete(key.key);
      return flight.waiting;
    },
  };
}
