/** How much of a step's output people see: its first lines as they come, and its last ones when it is over. */
export interface CapLimits {
  readonly head: number;
  readonly tail: number;
}

export interface LeftOut {
  readonly lines: number;
  /** In UTF-8, with an end of line each. */
  readonly bytes: number;
}

export interface CappedEnd {
  /** What stood between head and tail; null when nothing is missing. */
  readonly leftOut: LeftOut | null;
  readonly tail: readonly string[];
}

export interface LineCap {
  /** The lines of these that are shown at once. */
  readonly push: (lines: readonly string[]) => readonly string[];
  readonly end: () => CappedEnd;
}

export function createLineCap({ head, tail }: CapLimits): LineCap {
  const ring: string[] = [];
  /** Lines that came after the head; the next one takes the place of the oldest. */
  let later = 0;
  let shown = 0;
  let bytesLeftOut = 0;

  const keep = (line: string): void => {
    const place = later % Math.max(1, tail);
    const oldest = tail === 0 ? line : ring[place];
    if (oldest !== undefined) bytesLeftOut += Buffer.byteLength(oldest) + 1;
    if (tail > 0) ring[place] = line;
    later++;
  };

  return {
    push: (lines) => {
      const room = Math.max(0, head - shown);
      const passed = room >= lines.length ? lines : lines.slice(0, room);
      shown += passed.length;
      for (let index = passed.length; index < lines.length; index++) keep(lines[index] ?? '');
      return passed;
    },
    end: () => {
      const oldest = ring.length < tail || tail === 0 ? 0 : later % tail;
      const missing = later - ring.length;
      return { leftOut: missing === 0 ? null : { lines: missing, bytes: bytesLeftOut }, tail: [...ring.slice(oldest), ...ring.slice(0, oldest)] };
    },
  };
}
