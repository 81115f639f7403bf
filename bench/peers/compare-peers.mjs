import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { measurePeers } from './measure-peers.mjs';
import { drawFaults, drawPeerTables } from './report.mjs';
import { judge } from './targets.mjs';

/** The comparison as tables, whether every target that could be judged holds, and whether every tool did its work right. */
export function comparePeers({ bin, scratch, rounds, wish, json }) {
  const figures = measurePeers({ bin, scratch, rounds, wish });
  const verdicts = judge(figures);
  const faults = drawFaults(figures);
  const missed = verdicts.filter(({ ok }) => !ok);
  const circumstances = { node: process.version, processors: availableParallelism(), rounds };
  if (json !== undefined) writeFileSync(json, `${JSON.stringify({ ...circumstances, figures, verdicts }, null, 2)}\n`);
  for (const fault of faults) console.error(`\n${fault}`);
  if (missed.length > 0) console.error(`\nmissed: ${missed.map(({ tool, kind, size, figure, target }) => `${tool}, ${kind}, N = ${size}: ${figure} of at most ${target}`).join('; ')}`);
  const head = `Node ${process.version}, ${circumstances.processors} processors, medians of ${rounds} in turns (of 3 where a tool is slow); × is the ratio to turbo as npm installs it.`;
  return { table: `${head}\n\n${drawPeerTables(figures, verdicts)}`, holds: missed.length === 0, isRight: faults.length === 0 };
}
