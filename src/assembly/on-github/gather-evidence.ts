import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundPlan } from '../../adapters/github/segments/plan-entries.js';
import { findPlanEntries } from '../../adapters/github/segments/plan-entries.js';
import type { FoundSegment } from '../../adapters/github/segments/find-segments.js';
import { findSegments } from '../../adapters/github/segments/find-segments.js';
import type { SegmentName } from '../../adapters/github/segments/segment-names.js';
import { readJournal } from '../../adapters/local/run-folder/journal/read-journal.js';
import type { Evidence, EvidenceSource, LostEvidence } from '../../core/verdict/evidence.js';
import { decodePlanEvidence } from '../../core/verdict/plan-evidence.js';
import type { ImportedRun } from '../import-run.js';
import { importRun } from '../import-run.js';
import type { JobIdentity } from './identify-job.js';
import { nameWorkflowGroup, readPartName } from './identify-job.js';
import type { GithubServices } from './open-services.js';

export interface GatheredEvidence {
  readonly evidence: readonly Evidence[];
  /** Why it is not known what there is. */
  readonly problem?: string;
}

export interface EvidenceWish {
  readonly services: GithubServices;
  readonly identity: JobIdentity;
  readonly workflow: string;
  readonly workspace: string;
}

/** What the jobs of this run have left of one workflow; what cannot be used is named. */
export async function gatherEvidence({ services, identity, workflow, workspace }: EvidenceWish): Promise<GatheredEvidence> {
  const { transfers, api, folder } = services;
  const sources = { cache: transfers.cache, artifacts: transfers.artifacts, api, folder };
  const own = nameWorkflowGroup(workflow);
  const isOwn = ({ part }: SegmentName): boolean => readPartName(part)?.group.startsWith(own) !== false;
  const { found, missing, problem } = await findSegments(sources, { run: identity.run, isWanted: isOwn });
  const plans = (await findPlanEntries(sources, identity.run)).filter(({ group }) => group === '' || group.startsWith(own));
  const evidence: Evidence[] = missing.map(({ segment, reason }) => lost(sourceOf(segment, identity), { reason: 'missing', because: reason }));
  for (const each of found) evidence.push(await readPart(each, { services, identity, workspace }));
  for (const each of plans) evidence.push(readPlan(each, identity));
  return { evidence, ...(problem === undefined ? {} : { problem }) };
}

async function readPart({ segment, file, release }: FoundSegment, { services: { seal, folder }, identity, workspace }: Pick<EvidenceWish, 'services' | 'identity' | 'workspace'>): Promise<Evidence> {
  const source = sourceOf(segment, identity);
  const place = mkdtempSync(join(folder, 'evidence-'));
  const open = join(place, 'open');
  try {
    const unsealed = seal === null ? undefined : await seal.unseal(file, open);
    if (unsealed !== undefined && unsealed.kind !== 'opened') return lost(source, { reason: 'unreadable', because: unsealed.reason });
    const imported = importRun({ file: seal === null ? file : open, stateFolder: place, workspace, accepted: [] });
    if (imported.kind !== 'imported') return lost(source, describeRefusal(imported));
    const { events } = readJournal(join(place, 'runs', imported.run));
    const begin = events.findLast((event) => event.kind === 'run-started' || event.kind === 'run-resumed');
    const commit = begin !== undefined && 'commit' in begin ? begin.commit : null;
    return { kind: 'part', source: { ...source, commit, label: begin?.cell ?? null }, events };
  } finally {
    release();
    rmSync(place, { recursive: true, force: true });
  }
}

function readPlan({ group, attempt, text }: FoundPlan, identity: JobIdentity): Evidence {
  const url = addressOf(identity, attempt);
  const source = { job: '', cell: null, attempt, runId: group, commit: null, url };
  if (typeof text !== 'string') return { ...lost(source, { reason: 'missing', because: text.reason }), of: 'plan', job: null };
  const decoded = decodePlanEvidence(text);
  return decoded.kind === 'decoded' ? { kind: 'plan', plan: decoded.plan, job: 'plan', url } : { ...lost(source, decoded), of: 'plan', job: null };
}

function sourceOf({ part, attempt }: SegmentName, identity: JobIdentity): EvidenceSource {
  const name = readPartName(part);
  return { job: name?.job ?? part, cell: name?.rest ?? null, label: null, attempt, runId: name?.group ?? part, commit: null, url: addressOf(identity, attempt) };
}

function addressOf({ address }: JobIdentity, attempt: number): string {
  return address.replace(/\d+$/u, String(attempt));
}

function lost({ job, cell, label, attempt, runId, commit, url }: EvidenceSource, { reason, because }: Pick<LostEvidence, 'reason' | 'because'>): LostEvidence {
  return { kind: 'lost', of: 'part', reason, because, job, cell, attempt, runId, commit, url, phases: null, ...(label === undefined ? {} : { label }) };
}

function describeRefusal(imported: Exclude<ImportedRun, { kind: 'imported' }>): Pick<LostEvidence, 'reason' | 'because'> {
  switch (imported.kind) {
    case 'newer': return { reason: 'newer', because: `it was written by Tollgate ${imported.tollgate}` };
    case 'foreign': return { reason: 'unreadable', because: `it is of another ${imported.what}: ${imported.name}` };
    case 'there': return { reason: 'unreadable', because: 'it is there twice' };
    case 'refused': return { reason: 'damaged', because: imported.reason };
  }
}
