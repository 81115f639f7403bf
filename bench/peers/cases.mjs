import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { countAfter, editInput, removeOutputs } from './workload.mjs';

/** What is done before each run, and how many commands that run then has to start. `cold` comes last: its warm-up is the filling. */
export const cases = {
  noop: { title: 'Nothing to do: all is cached, outputs are in place', prepare: () => {}, commands: () => 0 },
  restore: { title: 'Restore: all is cached, outputs are gone', prepare: removeAllOutputs, commands: () => 0 },
  leaf: { title: 'An input of the last task changed', prepare: ({ workspace, work, edit }) => editInput(workspace, work.leaf, edit), commands: () => 1 },
  root: { title: 'An input of the first task changed', prepare: ({ workspace, work, edit }) => editInput(workspace, work.root, edit), commands: (work) => countAfter(work, work.root) },
  cold: { title: 'Cold: nothing is cached, results are kept', prepare: forget, commands: ({ tasks }) => tasks.length },
};

export const caseNames = Object.keys(cases);

function removeAllOutputs({ workspace, work }) {
  removeOutputs(workspace, work);
}

function forget(lane) {
  for (const kept of lane.tool.keeps) rmSync(join(lane.workspace, kept), { recursive: true, force: true });
  removeAllOutputs(lane);
}
