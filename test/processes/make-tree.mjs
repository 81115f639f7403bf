import { createRandom, seedOf } from '../fuzz/random.mjs';

/** How a process is started by the one above it. */
export const ways = ['fork', 'own group', 'own session', 'double fork', 'environment cleared'];
/** What it does once it has started its own. */
export const deeds = ['sleeps', 'is busy', 'forks all the time', 'is stopped', 'leaves'];
/** What else may be said of it; of a tree, how it is ended. */
export const traits = ['ignores signals', 'holds the output', 'nested'];
export const endings = ['stop with SIGTERM', 'stop with SIGINT', 'a second runner by the mark'];

/**
 * A tree of processes by its number, as a bash script whose first argument says which process of the tree it is. Each carries
 * the token in its arguments and (but for those that clear it) in its environment, and touches `up.<id>` when it has begun.
 */
export function makeTree(seed, index) {
  const random = createRandom(seedOf(seed, index));
  const nodes = [];
  grow(random, nodes, { way: 'fork', depth: 0, inSession: true, cleared: false }, 3 + random.below(8));
  const busy = nodes.filter(({ deed }) => deed === 'is busy' || deed === 'forks all the time');
  for (const node of busy.slice(1)) node.deed = 'sleeps';
  return {
    nodes,
    script: writeScript(nodes),
    ending: random.pick(endings),
    killAfterMs: random.pick([0, 50, 200]),
    // Half of them are stopped while they still grow.
    stopAfterMs: random.chance(0.5) ? random.below(40) : undefined,
  };
}

function grow(random, nodes, { way, depth, inSession, cleared }, room) {
  const id = nodes.length;
  const deed = random.pick(depth === 0 ? ['sleeps', 'sleeps', 'is busy', 'leaves'] : deeds);
  const node = { id, way, deed, depth, ignores: random.chance(0.4), holds: random.chance(0.6), children: [] };
  nodes.push(node);
  const wanted = depth > 4 ? 0 : 1 + random.below(3);
  for (let count = 0; count < wanted && nodes.length < room; count++) {
    // Clearing the environment and leaving the session is outside the promise; so a cleared one stays where it is.
    const below = random.pick(cleared ? ['fork', 'own group'] : inSession && deed !== 'leaves' ? ways : ways.slice(0, 4));
    const leaves = below === 'own session' || below === 'double fork';
    node.children.push(grow(random, nodes, { way: below, depth: depth + 1, inSession: inSession && !leaves, cleared: cleared || below === 'environment cleared' }, room));
  }
  // Its first process may only leave when nobody is known by the session alone.
  if (node.deed === 'leaves' && hasCleared(nodes, node)) node.deed = 'sleeps';
  return id;
}

function hasCleared(nodes, node) {
  return node.children.some((id) => nodes[id].way === 'environment cleared' || hasCleared(nodes, nodes[id]));
}

function writeScript(nodes) {
  const start = ({ id, way, holds }) => {
    const quiet = holds ? '' : ' > /dev/null 2>&1';
    const call = `/bin/bash "$0" ${id} "$2" "$3"${quiet}`;
    switch (way) {
      case 'own group': return `set -m; ${call} & set +m`;
      case 'own session': return `setsid ${call} &`;
      case 'double fork': return `(setsid ${call} &)`;
      case 'environment cleared': return `/usr/bin/env -i ${call} &`;
      default: return `${call} &`;
    }
  };
  const act = {
    'sleeps': 'exec -a "$2" /bin/sleep 300',
    'is busy': 'while :; do :; done',
    'forks all the time': 'while :; do /bin/true "$2"; done',
    'is stopped': 'kill -STOP $$; exec -a "$2" /bin/sleep 300',
    'leaves': 'exit 0',
  };
  const cases = nodes.map((node) => [
    `${node.id})`,
    ...(node.ignores ? ["  trap '' TERM INT HUP"] : []),
    ...node.children.map((id) => `  ${start(nodes[id])}`),
    `  : > "$3/up.${node.id}"`,
    `  ${act[node.deed]}`,
    '  ;;',
  ].join('\n'));
  return `PATH=/usr/bin:/bin\ncase "$1" in\n${cases.join('\n')}\nesac\n`;
}
