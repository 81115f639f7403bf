import type { CellForecast } from '../run/forecast/cell-forecast.js';

/** What `explain --json` and `plan --json` say of each cell. */
export function toForecastJson(forecast: readonly CellForecast[]) {
  return forecast.map(({ step, matrix, answer, key, because, differences, nearest }) => ({
    step, matrix, answer, key, because, nearest_key: nearest,
    differences: differences.map(({ part, name, was, is }) => ({ part, name, was: was ?? null, is: is ?? null })),
  }));
}
