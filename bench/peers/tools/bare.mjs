// What the work itself costs: nothing here knows a cache.
import { fileURLToPath } from 'node:url';

const loop = fileURLToPath(new URL('loop.mjs', import.meta.url));

/** The floor of any Node program: the same shells, started and recorded in the same way. */
export const nodeloop = {
  name: 'nodeloop',
  cases: ['cold'],
  keeps: ['loop.log', 'kept'],
  files: ({ tasks }) => ({ 'loop.json': tasks.map(({ id, folder, needs, command }) => ({ id, folder, needs, command })) }),
  node: [loop],
};

/** The one command that a changed leaf needs, in a shell and nothing else. */
export const command = {
  name: 'command',
  cases: ['leaf'],
  keeps: [],
  files: ({ tasks, leaf }) => ({ 'all.sh': tasks.map(writeLine).join(''), 'leaf.sh': writeLine(leaf) }),
  fill: ['sh', 'all.sh'],
  argv: ['sh', 'leaf.sh'],
};

function writeLine({ folder, command: text }) {
  return `(cd ${folder} && { ${text}; }) || exit 1\n`;
}
