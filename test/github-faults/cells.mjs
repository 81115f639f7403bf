// Every fault at every call at both moments, as far as it can be.
import { canBefall, faultNames } from '../emulator/emulator.mjs';
import { routes } from '../emulator/calls.mjs';
import { calls } from './scenes.mjs';

/** The call is answered when its deadline is over, not before: whoever plays them does something else meanwhile. */
const waiting = new Set(['silence', 'stall-after-headers', 'stall-in-body', 'drip']);
const emptyAnswers = ['cache.upload', 'artifact.upload-block', 'artifact.upload-block-list'];

/** What cannot be, and why: the first that says something of a fault, a call and a moment. */
const reasons = [
  ['slow is no fault: test/e2e/github/outages.test.ts has a job of twenty steps on a slow network', ({ fault }) => fault === 'slow'],
  ['the service says so of other calls alone', ({ fault, call }) => !canBefall(fault, call)],
  ['a read changes nothing: before and after are one moment', ({ call, moment }) => moment === 'after' && !isWrite(call)],
  ['the answer to an upload has no bytes that could be fewer or slow', ({ fault, call }) => ['wrong-length', 'drip'].includes(fault) && emptyAnswers.includes(call)],
  ['what a service says of itself has no digest: another byte in it is for TLS to find', ({ fault, call }) => fault === 'flipped-byte' && !call.endsWith('.download')],
  ['what is read once has no second time', ({ extent, moment }) => extent === 'first' && moment === 'before'],
];

export function isWrite(call) {
  return routes.find((route) => route.call === call)?.does === 'write' || /\.upload/u.test(call);
}

/** `extent`: whether it befalls the first call of its kind, or every one. */
export function listCells() {
  const cells = [];
  const left = new Map();
  for (const [call, scenes] of Object.entries(calls)) {
    for (const fault of faultNames) {
      for (const moment of ['before', 'after']) {
        for (const extent of ['every', 'first']) {
          const [reason] = reasons.find(([, holds]) => holds({ fault, call, moment, extent })) ?? [];
          if (reason !== undefined) left.set(reason, (left.get(reason) ?? 0) + 1);
          else for (const scene of scenes) cells.push({ call, fault, moment, extent, scene, isWaiting: waiting.has(fault) });
        }
      }
    }
  }
  return { cells, left };
}

/** Each call, each fault, each moment and each scene at least once, by chance. */
export function chooseCells(cells, random) {
  const missing = new Set(cells.flatMap(marksOf));
  const chosen = [];
  while (missing.size > 0) {
    const worth = (cell) => marksOf(cell).filter((mark) => missing.has(mark)).length;
    const best = Math.max(...cells.map(worth));
    const cell = random.pick(cells.filter((each) => worth(each) === best));
    for (const mark of marksOf(cell)) missing.delete(mark);
    chosen.push(cell);
  }
  return chosen;
}

function marksOf({ call, fault, moment, extent, scene }) {
  return [`call ${call}`, `fault ${fault}`, `moment ${moment}`, `extent ${extent}`, `scene ${scene}`];
}
