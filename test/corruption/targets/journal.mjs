import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { damages, swap } from '../damage.mjs';
import { oddFiles } from '../odd-files.mjs';

const runId = '20260101-000000-000-abcd';

/** The journal of a run: read up to the damage, which is named, and gone on with from there. */
export const journal = {
  name: 'journal',
  classes: ['flip', 'truncate', 'delete', 'swap', 'poison'],
  run: async ({ folder, random, check, damage, modules }) => {
    mkdirSync(folder, { recursive: true });
    const outside = join(folder, 'outside');
    writeFileSync(outside, 'nobody may touch this');
    const world = writeOwners({ state: join(folder, 'state'), random, modules });
    const victim = random.pick(world.files);
    const did = { swap: () => swapWith(world, victim, random), poison: () => poison(victim, { world, random, outside, modules }) }[damage]?.() ?? damages[damage]?.(victim.path, random);

    const reading = modules.readJournal(world.runPath);
    const { events, newer } = reading;
    check('wrong restores', world.views.some((view) => isBeginning(events, view)), `${did}: ${JSON.stringify(events).slice(0, 200)}`);
    const isLess = !isBeginning(world.events, events);
    check('damage that was not seen', !isLess || newer !== null || reading.damage.length > 0 || reading.torn || isEndAlone(world, victim), `${did} of epoch ${victim.epoch}: ${events.length} of ${world.events.length} records`);
    for (const { file, offset } of reading.damage) check('damage that was not seen', isWhereItBegins(world, { file, offset }), `${did}: ${file} is not damaged at ${offset}`);
    if (newer !== null) return { did, ending: 'refused, named' };

    const before = new Map(reading.damage.map(({ file }) => [file, contentOf(file)]));
    for (const { file, keptAs } of modules.setAside(reading)) check('files of others that are gone', keptAs !== null && contentOf(keptAs) === before.get(file), `${did}: ${file} was kept as ${keptAs}`);
    const after = modules.readJournal(world.runPath);
    check('damaged entries that stay', after.damage.length === 0 && isBeginning(after.events, events) && isBeginning(events, after.events), `${did}: ${JSON.stringify(after.damage)}`);
    const next = { kind: 'phase-skipped', phase: 'next', reason: 'when', because: '', at: 0 };
    const opened = modules.openEpoch({ stateFolder: world.state, runId }, { tollgateVersion: '0', past: after });
    check('damage that does not heal', opened.kind === 'opened' && opened.journal.append(next, { durable: true }).kind === 'written', JSON.stringify(opened));
    opened.journal?.close();
    check('damage that does not heal', isBeginning([...events, next], modules.readJournal(world.runPath).events), did);
    check('files outside the workspace', readFileSync(outside, 'utf8') === 'nobody may touch this', did);
    const leftovers = readdirSync(join(world.runPath, 'journal')).filter((name) => name.endsWith('.tmp'));
    check('leftovers', leftovers.length === 0, leftovers.join(', '));
    return { did, ending: reading.damage.length > 0 ? 'up to it, named' : isLess ? 'cut short' : 'right' };
  },
};

/** Owners one after the other; some write on when they have been succeeded. */
function writeOwners({ state, random, modules }) {
  const runPath = join(state, 'runs', runId);
  mkdirSync(join(runPath, 'journal'), { recursive: true });
  const files = [];
  const views = [];
  let made = 0;
  let epoch = 0;
  const eventOf = () => ({ kind: 'phase-skipped', phase: `p${(made += 1)}`, reason: 'when', because: random.chance(0.1) ? 'ü'.repeat(random.below(20_000)) : `${random.next()}`, at: made });
  for (let count = 1 + random.below(3); files.length < count; ) {
    epoch += 1 + random.below(2);
    const past = modules.readJournal(runPath);
    const { journal: open } = modules.openEpoch({ stateFolder: state, runId }, { tollgateVersion: '0', past, lease: { epoch, isHeld: () => true, successor: () => null } });
    const view = [...past.events];
    const append = (times) => {
      for (let index = 0; index < times; index++) {
        view.push(eventOf());
        open.append(view.at(-1));
      }
    };
    append(random.below(12));
    files.push({ epoch, path: join(runPath, 'journal', `${String(epoch).padStart(6, '0')}.ndjson`), late: () => append(random.below(3)), close: open.close });
    views.push(view);
  }
  const { events } = modules.readJournal(runPath);
  for (const each of files) {
    if (each !== files.at(-1)) each.late();
    each.close();
  }
  return { state, runPath, events, views, files: files.map(({ epoch: number, path }) => ({ epoch: number, path, bytes: readFileSync(path) })) };
}

function swapWith(world, victim, random) {
  const other = random.pick(world.files);
  if (other !== victim && random.chance(0.5)) return swap(victim.path, other.path);
  return swapLines(victim, random);
}

/** Lines of one file change places, come twice, or are gone. */
function swapLines({ path, bytes }, random) {
  const lines = bytes.toString('latin1').split(/(?<=\n)/u);
  if (lines.length < 2) return undefined;
  const at = random.below(lines.length - 1);
  const did = random.pick(['two lines changed places', 'a line came twice', 'a line is gone']);
  if (did === 'two lines changed places') [lines[at], lines[at + 1]] = [lines[at + 1], lines[at]];
  if (did === 'a line came twice') lines.splice(at, 0, lines[at]);
  if (did === 'a line is gone') lines.splice(at, 1);
  writeFileSync(path, Buffer.from(lines.join(''), 'latin1'));
  return did;
}

/** Checks that hold over what no owner has written. */
function poison({ epoch, path, bytes }, { random, outside, modules: { encodeLine, firstCheck } }) {
  if (random.chance(0.4)) {
    const odd = random.pick(Object.keys(oddFiles));
    oddFiles[odd](path, outside);
    return odd;
  }
  const header = JSON.parse(bytes.toString().split('\n')[0].replace(/^\S+ \d+ /u, ''));
  const lies = {
    'of another run': { ...header, run: 'another' },
    'of another epoch': { ...header, epoch: epoch + 1 },
    'of a newer format': { format: 2, tollgate: '99.0.0' },
    'of no format': { ...header, format: '1' },
    'goes on from what never was': { ...header, epoch, follows: { epoch: epoch - 1, seq: header.follows?.seq ?? 0, check: 'f'.repeat(16) } },
    'goes on from itself': { ...header, follows: { epoch, seq: 0, check: firstCheck } },
    'no header': [header],
  };
  const lie = random.pick(Object.keys(lies));
  const first = encodeLine(firstCheck, header.follows?.seq ?? 0, JSON.stringify(lies[lie]));
  const second = encodeLine(first.check, (header.follows?.seq ?? 0) + 1, JSON.stringify({ kind: 'run-ended', status: 'succeeded' }));
  writeFileSync(path, first.text + second.text);
  return lie;
}

function isBeginning(events, view) {
  return JSON.stringify(view.slice(0, events.length)) === JSON.stringify(events);
}

/** Nobody can see that the end is gone, when it ends with a record: the newest file, or as much as nobody follows. */
function isEndAlone({ files }, { path, bytes }) {
  const now = contentOf(path);
  if (now === 'missing') return path === files.at(-1).path || files.length === 1;
  const left = Buffer.from(now, 'latin1');
  return path === files.at(-1).path && left.length < bytes.length && left.equals(bytes.subarray(0, left.length)) && (bytes[left.length] === 0x0a || bytes[left.length - 1] === 0x0a);
}

/** All before it is as it was written; what begins there is not, or hangs on a file that is not. */
function isWhereItBegins({ files }, { file, offset }) {
  const found = files.find(({ path }) => path === file);
  const now = Buffer.from(contentOf(file), 'latin1');
  if (found === undefined) return false;
  if (offset === 0) return !now.equals(found.bytes) || files.some(({ path, bytes }) => path < file && contentOf(path) !== bytes.toString('latin1'));
  const end = found.bytes.indexOf(0x0a, offset);
  const isLine = now[offset - 1] === 0x0a && now.subarray(0, offset).equals(found.bytes.subarray(0, offset));
  return isLine && (end === -1 || !now.subarray(offset, end + 1).equals(found.bytes.subarray(offset, end + 1)));
}

/** As text of bytes. */
function contentOf(path) {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 'missing';
  return stats.isFile() ? readFileSync(path, 'latin1') : 'odd';
}
