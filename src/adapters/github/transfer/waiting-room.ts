/** What holds up a run goes first, and what can be done in the background leaves it room. */
export type Urgency = 'awaited' | 'background';

export interface WaitingRoom {
  /** Answers when it is one's turn, with what ends the turn. */
  readonly enter: (urgency: Urgency) => Promise<() => void>;
}

/** So many at once; of those in the background one fewer, where there is room for more than one. */
export function createWaitingRoom(most: number): WaitingRoom {
  const queues = { awaited: [] as (() => void)[], background: [] as (() => void)[] };
  const inside = { awaited: 0, background: 0 };
  const hasRoom = (urgency: Urgency): boolean => inside.awaited + inside.background < most && (urgency === 'awaited' || inside.background < Math.max(1, most - 1));
  const admit = (): void => {
    for (const urgency of ['awaited', 'background'] as const) {
      while (hasRoom(urgency)) {
        const next = queues[urgency].shift();
        if (next === undefined) break;
        inside[urgency] += 1;
        next();
      }
    }
  };
  return {
    enter: (urgency) =>
      new Promise((resolve) => {
        let isOver = false;
        queues[urgency].push(() =>
          resolve(() => {
            if (isOver) return;
            isOver = true;
            inside[urgency] -= 1;
            admit();
          }),
        );
        admit();
      }),
  };
}
