import { judgeLife } from './judge-life.js';
import type { ProcessView } from './judge-life.js';
import type { ProcessIdentity } from './process-identity.js';

const here: ProcessIdentity = { pid: 10, startTime: 500, host: 'h', machine: 'm', bootId: 'b', pidNamespace: 'pid:[1]' };
const owner: ProcessIdentity = { ...here, pid: 20, startTime: 100 };
const living: ProcessView = { ask: () => 'there', startTimeOf: () => 100, startTimePrecision: 0 };

const cases: readonly (readonly [string, Partial<ProcessIdentity>, Partial<ProcessView>, ReturnType<typeof judgeLife>])[] = [
  ['it is there', {}, {}, 'alive'],
  ['there is none by its pid', {}, { ask: () => 'gone' }, 'dead'],
  ['its pid is that of a later process', {}, { startTimeOf: () => 101 }, 'dead'],
  ['it has ended and waits to be asked for', {}, { startTimeOf: () => undefined }, 'dead'],
  ['it is somebody else, whom we may not look at', {}, { ask: () => 'hidden', startTimeOf: () => undefined }, 'unknown'],
  ['it is somebody else, whom we may look at', {}, { ask: () => 'hidden' }, 'alive'],
  ['start times cannot be read', {}, { startTimeOf: () => NaN }, 'unknown'],
  ['a second is lost in rounding', {}, { startTimeOf: () => 101, startTimePrecision: 2 }, 'alive'],
  ['it is in another pid namespace', { pidNamespace: 'pid:[2]' }, { ask: () => 'gone' }, 'unknown'],
  ['the machine has started anew', { bootId: 'before' }, {}, 'dead'],
  ['it was on another machine', { bootId: 'x', host: 'elsewhere' }, { ask: () => 'gone' }, 'unknown'],
  ['it was on another machine of the same name', { bootId: 'x', machine: 'n' }, { ask: () => 'gone' }, 'unknown'],
  ['its machine has another name by now', { host: 'renamed' }, { ask: () => 'gone' }, 'dead'],
  ['its start of the machine is not known', { bootId: '' }, { ask: () => 'gone' }, 'unknown'],
];

test.each(cases)('%s', (_, changed, view, life) => {
  expect(judgeLife({ ...owner, ...changed }, here, { ...living, ...view })).toBe(life);
});

test('where machines do not say which start it is, pid and start time on the same host tell', () => {
  const [mac, macOwner] = [here, owner].map((each) => ({ ...each, bootId: '', pidNamespace: '', machine: '' })) as [ProcessIdentity, ProcessIdentity];
  expect(judgeLife(macOwner, mac, living)).toBe('alive');
  expect(judgeLife(macOwner, mac, { ...living, ask: () => 'gone' })).toBe('dead');
  expect(judgeLife({ ...macOwner, host: 'elsewhere' }, mac, { ...living, ask: () => 'gone' })).toBe('unknown');
});
