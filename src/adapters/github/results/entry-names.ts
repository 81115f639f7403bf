import { createHash } from 'node:crypto';

/** Which job of which workflow: jobs that work at once never write to the same index. */
export interface IndexOwner {
  readonly workflow: string;
  /** Which phases and steps the job was asked for. */
  readonly parts: string;
  /** The job, with the values of its matrix. */
  readonly cell: string;
  /** GitHub's run. */
  readonly run: string;
  /** Run and attempt: no entry is ever written twice. */
  readonly turn: string;
}

/** How the entries of results are called. Neither commas nor more than 512 characters, whatever the names are. */
export function nameResult(domain: string, key: string): string {
  return `tollgate-result-1-${nameDomain(domain)}-${key}`;
}

export function nameIndex(domain: string, owner: IndexOwner, count: number): string {
  return `${ownIndexes(domain, owner)}${owner.turn}-${count}`;
}

/** For all jobs of one run: what somebody has brought together for them. */
export function nameSharedIndex(domain: string, owner: IndexOwner): string {
  return `${sharedIndexes(domain, owner)}${owner.turn}`;
}

/** What was brought together for this run; else its own of an earlier run, else of another cell, else of the workflow; of each domain that may be read. */
export function listIndexPrefixes(domains: readonly string[], owner: IndexOwner): readonly string[] {
  return domains.flatMap((domain) => [sharedIndexes(domain, owner), ownIndexes(domain, owner), partIndexes(domain, owner), workflowIndexes(domain, owner)]);
}

/** The domain of an entry, among those that were asked for. */
export function domainOfEntry(name: string, domains: readonly string[]): string | undefined {
  return domains.find((domain) => [`tollgate-result-1-${nameDomain(domain)}-`, `tollgate-index-1-${nameDomain(domain)}-`].some((prefix) => name.startsWith(prefix)));
}

/** The newest index of each cell of each part of a workflow, among the names of entries that are there, the newest first. */
export function chooseIndexes(names: readonly string[], domains: readonly string[], owner: IndexOwner): readonly string[] {
  const chosen = new Map<string, string>();
  for (const domain of domains) {
    const prefix = workflowIndexes(domain, owner);
    for (const name of names.filter((each) => each.startsWith(prefix))) {
      const cell = /^[0-9a-f]{16}-[0-9a-f]{16}-/u.exec(name.slice(prefix.length))?.[0];
      if (cell !== undefined && !chosen.has(`${domain} ${cell}`)) chosen.set(`${domain} ${cell}`, name);
    }
  }
  return [...chosen.values()];
}

/** What all indexes of a workflow begin with. */
export function prefixOfIndexes(domain: string, owner: IndexOwner): string {
  return workflowIndexes(domain, owner);
}

function sharedIndexes(domain: string, owner: IndexOwner): string {
  return `${workflowIndexes(domain, owner)}run${owner.run}-`;
}

function ownIndexes(domain: string, owner: IndexOwner): string {
  return `${partIndexes(domain, owner)}${shorten(owner.cell)}-`;
}

function partIndexes(domain: string, owner: IndexOwner): string {
  return `${workflowIndexes(domain, owner)}${shorten(owner.parts)}-`;
}

function workflowIndexes(domain: string, { workflow }: IndexOwner): string {
  return `tollgate-index-1-${nameDomain(domain)}-${shorten(workflow)}-`;
}

/** `default`, `pr_12`; one that has other characters goes by its digest. No name is the beginning of another. */
function nameDomain(domain: string): string {
  return /^[a-z]+(?::\d+)?$/u.test(domain) ? domain.replace(':', '_') : shorten(domain);
}

function shorten(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
