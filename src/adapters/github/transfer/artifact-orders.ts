import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DamagedArchive } from './damaged-archive.js';
import type { OrderFolder } from './order-folder.js';
import type { TransferAnswer, TransferOrder } from './transfer-order.js';
import { unzipFiles } from './unzip-files.js';

type OrderOf<Kind extends TransferOrder['kind']> = Extract<TransferOrder, { readonly kind: Kind }>;

export async function uploadFiles({ name, source, retentionDays }: OrderOf<'upload'>): Promise<TransferAnswer> {
  const { default: client } = await import('@actions/artifact');
  try {
    const { id, size } = await client.uploadArtifact(name, listFiles(source), source, retentionDays === null ? {} : { retentionDays });
    if (id === undefined) throw new Error('the service named no id for the artifact');
    return { kind: 'uploaded', id, size: size ?? 0 };
  } catch (error) {
    if (/\(409\)/u.test(messageOf(error))) return { kind: 'exists' };
    throw error;
  }
}

export async function listArtifacts(): Promise<TransferAnswer> {
  const { default: client } = await import('@actions/artifact');
  const { artifacts } = await client.listArtifacts();
  const listed = artifacts.map(({ id, name, size, createdAt }) => ({ id, name, size, createdAt: createdAt?.getTime() ?? 0 }));
  return { kind: 'listed', artifacts: listed.sort((a, b) => b.createdAt - a.createdAt || b.id - a.id) };
}

/** The client would unpack it on the way down, with no limit; it is kept as it came instead, and unpacked by us. */
export async function downloadFiles({ id }: OrderOf<'download'>, place: OrderFolder): Promise<TransferAnswer> {
  const { default: client } = await import('@actions/artifact');
  try {
    await client.downloadArtifact(id, { path: place.temporary, skipDecompress: true });
  } catch (error) {
    if (isMissing(error)) return { kind: 'absent' };
    throw error;
  }
  const [archive, another] = readdirSync(place.temporary);
  if (archive === undefined || another !== undefined) throw new DamagedArchive('it is not one file');
  await unzipFiles(join(place.temporary, archive), place.files);
  rmSync(join(place.temporary, archive));
  return { kind: 'downloaded', folder: place.files };
}

export async function removeArtifact({ name }: OrderOf<'remove'>): Promise<TransferAnswer> {
  const { default: client } = await import('@actions/artifact');
  try {
    await client.deleteArtifact(name);
    return { kind: 'removed' };
  } catch (error) {
    if (isMissing(error)) return { kind: 'absent' };
    throw error;
  }
}

/** The client would follow a link, and take what it leads to. */
function listFiles(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const odd = entries.find((entry) => !entry.isFile() && !entry.isDirectory());
  if (odd !== undefined) throw new Error(`${join(odd.parentPath, odd.name)} is neither a file nor a folder: it cannot be uploaded`);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && error.name === 'ArtifactNotFoundError';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
