import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

/** How much sooner than ourselves, in thousandths of the memory there is. */
const moreLikely = 300;
const highest = 1000;

/**
 * When memory runs out the kernel is to take a step and not the one who keeps its books. Raising the score needs no
 * rights, and what the child starts inherits it. Answers nothing where there is no such thing.
 */
export function prepareOomScore(): ((pid: number) => void) | undefined {
  const own = readOwnScore();
  if (own === undefined) return undefined;
  const score = Buffer.from(String(Math.min(highest, own + moreLikely)));
  return (pid) => {
    try {
      const file = openSync(`/proc/${pid}/oom_score_adj`, 'w');
      try {
        writeSync(file, score);
      } finally {
        closeSync(file);
      }
    } catch {
      // It has ended already, or runs as somebody else: then it is as likely as we are.
    }
  };
}

function readOwnScore(): number | undefined {
  try {
    return Number(readFileSync('/proc/self/oom_score_adj', 'latin1'));
  } catch {
    return undefined;
  }
}
