const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/**
 * A moment as a person names it: `30m`, `12h`, `7d`, `2w` ago, `today`, `yesterday`, a day, or a day with its time. A day without
 * a time zone is a day of this machine. Milliseconds since 1970; nothing where it names none.
 */
export function readMoment(text: string, now: number): number | undefined {
  const [, count, unit] = /^(\d+) ?(s|m|min|h|d|w)(?: ago)?$/u.exec(text.trim()) ?? [];
  if (count !== undefined && unit !== undefined) return now - Number(count) * (units[unit] ?? 0);
  if (text === 'today') return startOfDay(now, 0);
  if (text === 'yesterday') return startOfDay(now, 1);
  if (!/^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/u.test(text)) return undefined;
  const moment = Date.parse(text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T'));
  return Number.isNaN(moment) ? undefined : moment;
}

function startOfDay(now: number, daysBefore: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - daysBefore).getTime();
}
