/** A count as a report writes it: a whole number, not negative; anything else is no count. */
export function readCount(written: string | undefined): number | undefined {
  if (written === undefined || !/^\d{1,15}$/.test(written)) return undefined;
  return Number(written);
}
