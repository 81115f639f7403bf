import { readFileSync } from 'node:fs';
import { pause } from './workload.mjs';

/** Waits until nothing else uses the processors, two seconds at most: some tools go on after they have answered. Linux only. */
export function waitForQuiet() {
  const until = Date.now() + 2_000;
  while (Date.now() < until) {
    const before = readBusyTicks();
    pause(60);
    if (readBusyTicks() - before <= 1) return;
    pause(100);
  }
}

function readBusyTicks() {
  try {
    const [user, nice, system, , , interrupt, soft, stolen] = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0].split(/\s+/u).slice(1).map(Number);
    return user + nice + system + interrupt + soft + stolen;
  } catch {
    return 0;
  }
}
