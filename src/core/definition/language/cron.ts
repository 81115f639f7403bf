interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly words: readonly string[];
}

const fields: readonly CronField[] = [
  { name: 'minute', min: 0, max: 59, words: [] },
  { name: 'hour', min: 0, max: 23, words: [] },
  { name: 'day of the month', min: 1, max: 31, words: [] },
  { name: 'month', min: 1, max: 12, words: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { name: 'day of the week', min: 0, max: 6, words: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

/** What is wrong with a schedule in GitHub's five fields, or nothing. */
export function findCronProblem(text: string): string | undefined {
  const parts = text.trim().split(/\s+/u);
  if (parts.length !== fields.length) return `it has ${parts.length} field${parts.length === 1 ? '' : 's'}, not five`;
  for (const [index, field] of fields.entries()) {
    const part = parts[index] ?? '';
    const wrong = part.split(',').find((item) => !isCronItem(item, field));
    if (wrong !== undefined) return `'${wrong}' is no ${field.name} (${field.min}-${field.max})`;
  }
  return undefined;
}

/** `*`, `5`, `1-5`, and each with `/2`. */
function isCronItem(item: string, field: CronField): boolean {
  const [range = '', step, ...more] = item.split('/');
  if (more.length > 0) return false;
  if (step !== undefined && !(/^\d+$/u.test(step) && Number(step) >= 1 && Number(step) <= field.max)) return false;
  if (range === '*') return true;
  const ends = range.split('-').map((end) => cronNumber(end, field));
  if (ends.length > 2 || ends.some((end) => end === undefined)) return false;
  const [from = 0, to = from] = ends as number[];
  return from <= to;
}

function cronNumber(text: string, field: CronField): number | undefined {
  const word = field.words.indexOf(text.toLowerCase());
  if (word !== -1) return field.min + word;
  const value = /^\d+$/u.test(text) ? Number(text) : NaN;
  return value >= field.min && value <= field.max ? value : undefined;
}
