import { findEntry, saveEntry } from './cache-orders.js';
import { DamagedArchive } from './damaged-archive.js';
import { followOutput } from './follow-output.js';
import { enterOrderFolder } from './order-folder.js';
import { readGivenUp, readProgress } from './read-printed.js';
import { readTrouble } from './read-trouble.js';
import type { TransferAnswer, TransferNews, TransferOrder, Trouble } from './transfer-order.js';

/** The other side of the channel: carries out one order after the other, for as long as somebody is there to give them. */
export function startTransferProcess(): void {
  let isBusy = false;
  const tell = (news: TransferNews): void => void process.send?.(news);
  const answer = (given: TransferAnswer, reusable: boolean): void => {
    if (!isBusy) return;
    isBusy = false;
    tell({ kind: 'answer', answer: given, reusable });
  };
  const fail = (trouble: Trouble, reusable: boolean): void => answer({ kind: 'failed', trouble }, reusable);
  const { printed } = followOutput((message) => {
    const bytes = readProgress(message);
    if (bytes !== undefined && isBusy) tell({ kind: 'progress', bytes });
    const trouble = isBusy ? readGivenUp(message, printed) : undefined;
    if (trouble !== undefined) fail(trouble, false);
  });
  // A connection that breaks where the client does not look must not be the end of more than the order.
  process.on('uncaughtException', (error) => fail(describeFault(error, printed), false));
  process.on('unhandledRejection', (error) => fail(describeFault(error, printed), false));
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.on('SIGINT', () => undefined);
  process.on('message', (order: TransferOrder) => {
    isBusy = true;
    printed.length = 0;
    carryOut(order, printed).then(
      (given) => answer(given, true),
      (error: unknown) => fail(describeFault(error, printed), true),
    );
  });
}

async function carryOut(order: TransferOrder, printed: readonly string[]): Promise<TransferAnswer> {
  const place = enterOrderFolder(order.folder);
  switch (order.kind) {
    case 'find':
      return findEntry(order, place, printed);
    case 'save':
      return saveEntry(order, place, printed);
    default:
      return { kind: 'failed', trouble: { cause: 'fault', detail: 'not built yet' } };
  }
}

function describeFault(error: unknown, printed: readonly string[]): Trouble {
  if (error instanceof DamagedArchive) return { cause: 'damaged', detail: error.message };
  return readTrouble(error instanceof Error ? error.message : String(error), printed);
}
