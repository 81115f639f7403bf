/** A part of a run on GitHub: what one job was asked for. */
export interface RunPart {
  /** GITHUB_RUN_ID. */
  readonly run: string;
  /** The job with its matrix, the workflow and its inputs, the phases and steps. */
  readonly part: string;
}

export interface SegmentName extends RunPart {
  readonly attempt: number;
  readonly count: number;
}

export interface NamedSegment {
  readonly name: string;
  readonly segment: SegmentName;
}

/** `nonce`: no entry is ever written twice, whoever tries. */
export function nameSegment({ run, part, attempt, count }: SegmentName, nonce: string): string {
  return `${prefixOfPart({ run, part })}${attempt}-${String(count).padStart(6, '0')}-${nonce}`;
}

export function prefixOfPart({ run, part }: RunPart): string {
  return `${prefixOfRun(run)}${part}-`;
}

export function prefixOfRun(run: string): string {
  return `tollgate-state-1-${run}-`;
}

export function readSegmentName(name: string): SegmentName | undefined {
  const [, run, part, attempt, count] = /^tollgate-state-1-(\d+)-([\w.]+)-(\d+)-(\d+)-\w+$/u.exec(name) ?? [];
  return run === undefined || part === undefined ? undefined : { run, part, attempt: Number(attempt), count: Number(count) };
}

/** Of each part the newest: by attempt and count, which a service's own order need not follow. */
export function chooseNewest(names: readonly string[]): readonly NamedSegment[] {
  const newest = new Map<string, NamedSegment>();
  for (const name of names) {
    const segment = readSegmentName(name);
    if (segment === undefined) continue;
    const before = newest.get(segment.part)?.segment;
    if (before === undefined || isNewer(segment, before)) newest.set(segment.part, { name, segment });
  }
  return [...newest.values()];
}

/** None of its part, among those of these names, is newer. */
export function isNewest({ segment }: NamedSegment, names: readonly string[]): boolean {
  return !chooseNewest(names).some((other) => other.segment.part === segment.part && isNewer(other.segment, segment));
}

function isNewer(a: SegmentName, b: SegmentName): boolean {
  return a.attempt > b.attempt || (a.attempt === b.attempt && a.count > b.count);
}

/** Who makes this entry goes on with the run for the nth time; nobody else can. */
export function nameClaim({ run, part }: RunPart, turn: number): string {
  return `tollgate-claim-1-${run}-${part}-${turn}`;
}
