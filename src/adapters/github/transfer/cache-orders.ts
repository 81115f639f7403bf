import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptsKey } from './accepts-key.js';
import type { OrderFolder } from './order-folder.js';
import { readTrouble } from './read-trouble.js';
import { takePack } from './take-pack.js';
import type { TransferAnswer, TransferOrder } from './transfer-order.js';
import { writePackArchive } from './write-pack-archive.js';

/** A part of every entry's version: another list would find none of the entries there are. */
const paths = ['pack'];

type OrderOf<Kind extends TransferOrder['kind']> = Extract<TransferOrder, { readonly kind: Kind }>;

/** The client tells of failures by what it prints, and answers as if there were no entry. */
export async function findEntry(order: OrderOf<'find'>, place: OrderFolder, printed: readonly string[]): Promise<TransferAnswer> {
  const { restoreCache } = await import('@actions/cache');
  const key = await restoreCache([...paths], order.key, [...order.prefixes]);
  if (key === undefined) {
    const failure = findFailure(printed, /^Failed to restore: (.*)$/su);
    return failure === undefined ? { kind: 'absent' } : { kind: 'failed', trouble: readTrouble(failure, printed) };
  }
  if (!acceptsKey(order, key)) {
    // A longer key stood before the prefixes that were asked for as well.
    const [first, ...others] = order.prefixes;
    if (first === undefined || !key.startsWith(order.key)) return { kind: 'absent' };
    rmSync(place.archive, { force: true });
    return findEntry({ ...order, key: first, prefixes: others.concat(first) }, place, printed);
  }
  if (!existsSync(place.archive)) return { kind: 'failed', trouble: { cause: 'fault', detail: 'the client unpacked the entry in another way than by tar' } };
  await takePack(place.archive, place.pack);
  rmSync(place.archive);
  return { kind: 'found', key, file: place.pack };
}

export async function saveEntry(order: OrderOf<'save'>, place: OrderFolder, printed: readonly string[]): Promise<TransferAnswer> {
  await writePackArchive(order.file, place.archive);
  // It has to be there for the client to go on; what goes up is the archive.
  writeFileSync(join(place.workspace, 'pack'), '');
  const { saveCache } = await import('@actions/cache');
  const id = await saveCache([...paths], order.key);
  return id === -1 ? readRefusal(printed) : { kind: 'saved' };
}

/** «Unable to reserve, another job may be creating this cache» stands for every way in which a reservation fails. */
function readRefusal(printed: readonly string[]): TransferAnswer {
  const denial = findFailure(printed, /(cache write denied:.*)$/su);
  if (denial !== undefined) return { kind: 'denied' };
  const reservation = findFailure(printed, /^Failed to reserve cache: (?:Error: )?(.*)$/su);
  const failure = reservation ?? findFailure(printed, /^Failed to save: (.*)$/su) ?? printed.at(-1) ?? 'the client did not say why';
  if (reservation !== undefined && /\(409\)|already exists|Response was not ok/u.test(reservation)) return { kind: 'exists' };
  return { kind: 'failed', trouble: readTrouble(failure, printed) };
}

function findFailure(printed: readonly string[], pattern: RegExp): string | undefined {
  for (const line of printed) {
    const found = pattern.exec(line)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}
