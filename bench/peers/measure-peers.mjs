// The same work done by Tollgate and by others, whole processes in turns, every run checked: outputs byte for byte, and the
// number of commands that really ran.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { median } from '../median.mjs';
import { caseNames, cases } from './cases.mjs';
import { arePeersInstalled, installPeers } from './install.mjs';
import { makeCleanEnv, openLane, runLane } from './lane.mjs';
import { listTools } from './tools.mjs';
import { describeWorkload, expectOutputs, sizes } from './workload.mjs';

/** A tool that has taken this long in one case stops after three rounds. */
const patience = 40_000;

/** A figure for each case, size and tool: the median, the range and the peak, or what was wrong. */
export function measurePeers({ bin, scratch, rounds, wish }) {
  const tools = choose('tools', wish.tools, listTools(bin), ({ name }) => name);
  const kinds = choose('cases', wish.cases, caseNames);
  const chosenSizes = choose('sizes', wish.sizes, sizes);
  if (tools.some(({ usesModules }) => usesModules) && !arePeersInstalled()) installPeers();
  const env = makeCleanEnv(scratch);
  return chosenSizes.flatMap((size) => measureSize(size, { tools, kinds, scratch, env, rounds }));
}

function choose(what, wish, known, nameOf = (each) => each) {
  const names = wish?.split(',') ?? known.map(nameOf);
  const unknown = names.filter((name) => !known.some((each) => nameOf(each) === name));
  if (unknown.length > 0) throw new Error(`--${what} knows no ${unknown.join(', ')}: there are ${known.map(nameOf).join(', ')}`);
  return known.filter((each) => names.includes(nameOf(each)));
}

function measureSize(size, { tools, kinds, scratch, env, rounds }) {
  const workload = describeWorkload(size);
  const takesPart = (tool, kind) => tool.cases?.includes(kind) ?? true;
  const lanes = tools.filter((tool) => kinds.some((kind) => takesPart(tool, kind))).map((tool) => {
    console.error(`N = ${size}: ${tool.name} fills its cache`);
    return openLane(tool, workload, { scratch, env });
  });
  spawnSync('sync');
  const figures = kinds.flatMap((kind) => {
    console.error(`N = ${size}: ${kind}`);
    return measureCase(kind, lanes.filter(({ tool }) => takesPart(tool, kind)), rounds).map((figure) => ({ kind, size, ...figure }));
  });
  for (const { workspace } of lanes) for (const path of [workspace, `${workspace}.ran`, `${workspace}.told`]) rmSync(path, { recursive: true, force: true });
  return figures;
}

/** One run of each, again and again, and each time another begins: a slow moment and a noisy neighbour meet all of them. */
function measureCase(kind, lanes, rounds) {
  const found = lanes.map((lane) => ({ lane, times: [], spent: 0, ...warmUp(kind, lane) }));
  for (let round = 0; round < rounds; round++) {
    const first = round % found.length;
    for (const each of [...found.slice(first), ...found.slice(0, first)]) {
      if (each.faults.length > 0 || (each.times.length >= 3 && each.spent > patience)) continue;
      const { ms, faults } = runCase(kind, each.lane);
      each.times.push(ms);
      each.spent += ms;
      each.faults = faults;
    }
  }
  return found.map(summarize);
}

/** The first run, watched for its memory. A tool whose very first run was wrong is not asked again. */
function warmUp(kind, lane) {
  if (kind === 'cold' || lane.filled.faults.length > 0) return lane.filled;
  return runCase(kind, lane, { watched: true });
}

function runCase(kind, lane, options) {
  lane.edit = `edit ${++lane.edits}\n`;
  const { prepare, commands } = cases[kind];
  prepare(lane);
  if (kind === 'leaf' || kind === 'root') lane.expected = expectOutputs(lane.workspace, lane.work);
  return runLane(lane, { commands: commands(lane.work), ...options });
}

function summarize({ lane, times, faults, peakMb, told }) {
  const { name: tool } = lane.tool;
  if (faults.length > 0) return { tool, faults, told };
  return { tool, ms: median(times), min: Math.min(...times), max: Math.max(...times), rounds: times.length, ...(peakMb === undefined ? {} : { peakMb }) };
}
