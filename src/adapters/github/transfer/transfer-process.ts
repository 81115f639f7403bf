import { downloadFiles, listArtifacts, removeArtifact, uploadFiles } from './artifact-orders.js';
import { findEntry, saveEntry } from './cache-orders.js';
import { DamagedArchive } from './damaged-archive.js';
import { followOutput } from './follow-output.js';
import { enterOrderFolder } from './order-folder.js';
import { readGivenUp, readProgress } from './read-printed.js';
import { readTrouble } from './read-trouble.js';
import { watchFolder } from './watch-folder.js';
import type { TransferAnswer, TransferNews, TransferOrder, TransferPreparation, Trouble } from './transfer-order.js';

/** The other side of the channel: carries out one order after the other, for as long as somebody is there to give them. */
export function startTransferProcess(): void {
  let order: TransferOrder | undefined;
  const tell = (news: TransferNews): void => void process.send?.(news);
  const answer = (given: TransferAnswer, reusable: boolean): void => {
    if (order === undefined) return;
    const isGone = given.kind === 'failed' && given.trouble.cause === 'gone' && ['find', 'download', 'remove'].includes(order.kind);
    order = undefined;
    tell({ kind: 'answer', answer: isGone ? { kind: 'absent' } : given, reusable });
  };
  const fail = (trouble: Trouble, reusable: boolean): void => answer({ kind: 'failed', trouble }, reusable);
  const { printed } = followOutput((message) => {
    if (order === undefined) return;
    const bytes = readProgress(message);
    if (bytes !== undefined) tell({ kind: 'progress', bytes });
    const trouble = readGivenUp(message, printed);
    if (trouble !== undefined) fail(trouble, false);
  });
  // A connection that breaks where the client does not look must not be the end of more than the order.
  const onFault = (error: unknown): void => fail(describeFault(error, printed), false);
  process.on('uncaughtException', onFault);
  process.on('unhandledRejection', onFault);
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  // Whoever ends a run ends us with it, and may have something left to save.
  process.on('SIGINT', () => undefined);
  process.on('message', (given: TransferOrder | TransferPreparation) => {
    // What is wrong with it is told when there is an order.
    if (given.kind === 'prepare') return void import('@actions/cache').catch(() => undefined);
    order = given;
    printed.length = 0;
    const endWatch = watchFolder(given.folder, (bytes) => tell({ kind: 'progress', bytes }));
    carryOut(given, printed).finally(endWatch).then((done) => answer(done, true), (error: unknown) => fail(describeFault(error, printed), true));
  });
}

async function carryOut(order: TransferOrder, printed: readonly string[]): Promise<TransferAnswer> {
  const place = enterOrderFolder(order.folder);
  switch (order.kind) {
    case 'find':
      return findEntry(order, place, printed);
    case 'save':
      return saveEntry(order, place, printed);
    case 'upload':
      return uploadFiles(order);
    case 'list':
      return listArtifacts();
    case 'download':
      return downloadFiles(order, place);
    case 'remove':
      return removeArtifact(order);
  }
}

function describeFault(error: unknown, printed: readonly string[]): Trouble {
  if (error instanceof DamagedArchive) return { cause: 'damaged', detail: error.message };
  return readTrouble(error instanceof Error ? error.message : String(error), printed);
}
