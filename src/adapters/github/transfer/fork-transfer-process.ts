import { fork } from 'node:child_process';
import type { TransferAnswer, TransferNews, TransferOrder, TransferPreparation } from './transfer-order.js';

/** A process that carries out one order at a time. */
export interface TransferProcess {
  /** Loads what most orders need, before the first. */
  readonly prepare: () => void;
  /** Answers when the process does, or ends. */
  readonly carryOut: (order: TransferOrder, onProgress: (bytes: number) => void) => Promise<TransferAnswer>;
  /** Whether it can be given another order. */
  readonly isReusable: () => boolean;
  readonly kill: () => Promise<void>;
}

/** Started at once; it keeps us alive only while it carries out an order, and does not outlive us. */
export function forkTransferProcess(script: string, env: Readonly<Record<string, string>>): TransferProcess {
  const child = fork(script, [], { env, execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  let isReusable = true;
  let settle: ((answer: TransferAnswer) => void) | undefined;
  let follow: (bytes: number) => void = () => undefined;
  const finish = (answer: TransferAnswer): void => {
    child.unref();
    child.channel?.unref();
    const told = settle;
    settle = undefined;
    told?.(answer);
  };
  const ended = new Promise<void>((resolve) => {
    const end = (detail: string): void => {
      isReusable = false;
      finish({ kind: 'failed', trouble: { cause: 'fault', detail } });
      resolve();
    };
    child.once('exit', (code, signal) => end(`the transfer process ended (${signal ?? `code ${code ?? 'unknown'}`})`));
    child.on('error', (error) => {
      if (child.pid === undefined) end(`the transfer process cannot be started (${error.message})`);
      else child.kill('SIGKILL');
    });
  });
  child.on('message', (news: TransferNews) => {
    if (news.kind === 'progress') return follow(news.bytes);
    isReusable &&= news.reusable;
    finish(news.answer);
  });
  finish({ kind: 'absent' });
  return {
    prepare: () => void child.send({ kind: 'prepare' } satisfies TransferPreparation, () => undefined),
    carryOut: (order, onProgress) =>
      new Promise((resolve) => {
        child.ref();
        child.channel?.ref();
        follow = onProgress;
        settle = resolve;
        if (!isReusable) return finish({ kind: 'failed', trouble: { cause: 'fault', detail: 'the transfer process has ended' } });
        // Where this fails, the process has ended, which is told.
        child.send(order, () => undefined);
      }),
    isReusable: () => isReusable,
    kill: async () => {
      isReusable = false;
      // Whoever waits for the end has to be there when it comes.
      child.ref();
      child.kill('SIGKILL');
      await ended;
    },
  };
}
