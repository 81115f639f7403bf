import type { Artifact } from '../../../core/artifact/artifact.js';
import { findNameFault } from '../../../core/artifact/artifact-name.js';
import { digestFiles } from '../../../core/cache/digest-files.js';
import { digestOf } from '../store/digest.js';
import { findResultFault } from '../store/path-faults.js';
import { isStoredFile } from '../store/stored-file-form.js';

export type ArtifactManifest = { readonly kind: 'whole'; readonly artifact: Artifact } | { readonly kind: 'damaged'; readonly reason: string };

const format = 1;
const digestLength = 64;

/** A line with the digest of all that follows, then the artifact as JSON. */
export function writeArtifactManifest(artifact: Artifact): string {
  const body = JSON.stringify({ format, ...artifact });
  return `${digestOf(body)}\n${body}`;
}

/** What lies at a place is only believed when it says itself that it belongs there, and when its files may lie where it says. */
export function readArtifactManifest(bytes: Buffer, place: Pick<Artifact, 'run' | 'name'>): ArtifactManifest {
  const body = bytes.subarray(digestLength + 1);
  if (bytes[digestLength] !== 0x0a || digestOf(body) !== bytes.toString('latin1', 0, digestLength)) return damaged('the checksum of its list of files is wrong');
  const fields = parseFields(body);
  if (fields === undefined) return damaged('its list of files is none');
  if (fields['format'] !== format) return damaged('another version of Tollgate has kept it');
  const artifact = readArtifact(fields);
  if (artifact === undefined) return damaged('its list of files is none');
  if (artifact.run !== place.run || artifact.name !== place.name || findNameFault(artifact.name) !== undefined) return damaged('it is the artifact of another place');
  const fault = findResultFault({ files: artifact.files, folders: [] }, []);
  if (fault !== undefined) return damaged(`its list of files cannot be: ${fault}`);
  return digestFiles(artifact.files) === artifact.version ? { kind: 'whole', artifact } : damaged('its version is that of other files');
}

type Fields = Readonly<Record<string, unknown>>;

function parseFields(body: Buffer): Fields | undefined {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

function readArtifact({ workflow, name, run, version, step, cell, createdAt, files, tags, retentionDays, tollgateVersion }: Fields): Artifact | undefined {
  if (!isText(workflow) || !isText(name) || !isText(run) || !isText(version) || !isText(step) || !isText(cell) || !isText(tollgateVersion)) return undefined;
  if (!isNumber(createdAt) || (retentionDays !== null && !isNumber(retentionDays))) return undefined;
  if (!Array.isArray(files) || !files.every(isStoredFile) || !Array.isArray(tags) || !tags.every(isText)) return undefined;
  return { workflow, name, run, version, step, cell, createdAt, size: weigh(files), files, tags, retentionDays, tollgateVersion };
}

export function weigh(files: Artifact['files']): number {
  return files.reduce((sum, file) => sum + (file.kind === 'file' ? file.size : 0), 0);
}

function damaged(reason: string): ArtifactManifest {
  return { kind: 'damaged', reason };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
