import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { examineUpload, listForUpload } from '../../adapters/github/artifacts/examine-upload.js';
import type { RemoteArtifacts } from '../../adapters/github/transfer/transfers.js';
import { describeRefusedUpload } from '../../core/artifact/describe-refused-upload.js';

export interface ReportWish {
  readonly remote: RemoteArtifacts;
  /** Of this job and attempt alone. */
  readonly name: string;
  /** The page of the job, without GitHub's limit for it. */
  readonly page: string;
  readonly json: string;
  readonly runPath: string;
  readonly scratch: string;
  readonly tokens: readonly string[];
  readonly retentionDays: number | undefined;
}

export type ReportUploaded = { readonly kind: 'uploaded'; readonly id: number } | { readonly kind: 'kept-here'; readonly reason: string };

/** For people: what a run came to, and the logs of its steps, as one artifact. */
export async function uploadReport({ remote, name, page, json, runPath, scratch, tokens, retentionDays }: ReportWish): Promise<ReportUploaded> {
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, 'report-'));
  try {
    writeFileSync(join(folder, 'report.md'), page);
    writeFileSync(join(folder, 'run.json'), json);
    copyLogs(join(runPath, 'logs'), join(folder, 'logs'));
    const faults = await examineUpload(folder, listForUpload(folder), { tokens, runnerFolders: [] });
    if (faults.length > 0) return { kind: 'kept-here', reason: describeRefusedUpload(faults) };
    const uploaded = await remote.upload({ name, folder, ...(retentionDays === undefined ? {} : { retentionDays }) });
    if (uploaded.kind === 'uploaded') return uploaded;
    return { kind: 'kept-here', reason: uploaded.kind === 'exists' ? `there is an artifact ${name} already` : uploaded.reason };
  } catch (error) {
    return { kind: 'kept-here', reason: error instanceof Error ? error.message : String(error) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** GitHub takes fewer characters in a name than a matrix may have in its values. */
function copyLogs(from: string, to: string): void {
  if (!existsSync(from)) return;
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.isFile()) copyFileSync(join(from, entry.name), join(to, entry.name.replaceAll(/[\u0000-\u001f\u007f"<>:|*?\\]/gu, '_')));
  }
}
