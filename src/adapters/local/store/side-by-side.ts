const atATime = 4;
/** So long others may be kept waiting. */
const turnMs = 8;

/** Does it for each, several at a time where it takes long; others have their turn in between. The first fault ends it and is thrown. */
export async function eachOf<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  let hasFailed = false;
  let since = performance.now();
  const workThrough = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined && !hasFailed; item = items[next++]) {
      try {
        await act(item);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
      if (performance.now() - since > turnMs) {
        await new Promise<void>((resolve) => setImmediate(resolve));
        since = performance.now();
      }
    }
  };
  // All of them come to their end before the fault is told: nobody writes any more.
  const ends = await Promise.allSettled(Array.from({ length: Math.min(atATime, items.length) }, workThrough));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
