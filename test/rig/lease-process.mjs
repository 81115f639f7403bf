// A process that claims what it is told to, a line at a time: `node lease-process.mjs <staged sources> <folder of leases>`.
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [sources, folder] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(join(sources, path)).href);
const { createLeases } = await load('adapters/local/leases/create-leases.js');
const { readStartTime } = await load('adapters/local/leases/read-start-time.js');
const leases = createLeases(folder);
let lease;

const commands = {
  claim: ({ name, takeOver = false }) => {
    const claim = leases.claim(name, { note: `of ${process.pid}`, takeOver });
    if (claim.kind !== 'held') return claim;
    ({ lease } = claim);
    return { kind: 'held', epoch: lease.epoch };
  },
  isHeld: () => lease.isHeld(),
  successor: () => lease.successor(),
  release: () => lease.release() ?? null,
  startTimeOf: ({ pid }) => readStartTime(pid) ?? 'none',
};

// Its own number, as it sees itself.
console.log(JSON.stringify(process.pid));
for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...given } = JSON.parse(line);
  console.log(JSON.stringify(commands[command](given)));
}
