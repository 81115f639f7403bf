import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { damages, swap } from '../damage.mjs';
import { oddFiles } from '../odd-files.mjs';
import { digestOf } from '../world.mjs';

const names = ['a', 'b', '-rf', ' ', 'ü', 'new\nline', 'back\\slash', '...', '$(x)', '😀', '#x', '!y'];
/** As if all of it were written long after the files were: else what was just made is not kept in it. */
const later = () => Date.now() + 60_000;

/** What files of the workspace contain: when what is known of them is damaged they are read again, and no answer differs. */
export const fileIndex = {
  name: 'file index',
  classes: ['flip', 'truncate', 'delete', 'swap', 'poison'],
  run: async ({ folder, random, check, damage, modules }) => {
    const [one, other] = ['one', 'other'].map((name) => makeTree(join(folder, name), random));
    const outside = join(folder, 'outside');
    writeFileSync(outside, 'nobody may touch this');
    const open = ({ root }) => modules.openWorkspaceFiles({ root, indexFile: indexOf({ root }), now: later });
    for (const tree of [one, other]) askAll(open(tree)).keep();
    if (random.chance(0.5)) changeSome(one, random);
    const did = { swap: () => swap(indexOf(one), indexOf(other)), poison: () => poison(one, { random, outside, modules }) }[damage]?.() ?? damages[damage]?.(indexOf(one), random);
    for (const tree of [one, other, one]) {
      const files = open(tree);
      check('wrong fingerprints', isDeepStrictEqual(files.all([]), wantedOf(tree)), `${did}: ${JSON.stringify(files.all([])).slice(0, 300)}`);
      const paths = [...tree.files.keys()].filter(() => random.chance(0.5));
      check('wrong fingerprints', isDeepStrictEqual(files.look(paths), paths.map((path) => wantedOf(tree).find((file) => file.path === path))), did);
      files.keep();
      files.keep();
      check('damage that does not heal', askedAgain(open(tree), indexOf(tree)), did);
    }
    const left = readdirSync(dirname(indexOf(one))).filter((name) => name !== 'files' && name !== 'files0');
    check('leftovers', left.length === 0, left.join(', '));
    check('files outside the workspace', readFileSync(outside, 'utf8') === 'nobody may touch this', did);
    return { did, ending: 'right' };
  },
};

function indexOf({ root }) {
  return join(root, '.tollgate', 'index', 'files');
}

function askAll(files) {
  files.all([]);
  return files;
}

/** A whole index has nothing to learn: it stays as it is. */
function askedAgain(files, path) {
  const before = lstatSync(path, { throwIfNoEntry: false });
  askAll(files).keep();
  return before?.isFile() === true && lstatSync(path).ino === before.ino;
}

function makeTree(root, random) {
  const files = new Map();
  const count = 1 + random.below(random.chance(0.1) ? 300 : 8);
  for (let index = 0; index < count; index++) {
    const path = [...Array.from({ length: random.below(3) }, () => `${random.pick(names)}d`), `${random.pick(names)}${index}`].join('/');
    const bytes = Buffer.alloc(8 + random.below(200), random.below(256));
    bytes.writeDoubleLE(random.next(), 0);
    files.set(path, bytes);
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
    utimesSync(join(root, path), 1_000_000, 1_000_000);
  }
  return { root, files };
}

/** Of another length: whether the clock of the file system has gone on since is not the question here. */
function changeSome({ root, files }, random) {
  for (const [path, bytes] of files) {
    if (random.chance(0.5)) continue;
    const changed = Buffer.concat([bytes, Buffer.from('x')]).reverse();
    files.set(path, changed);
    writeFileSync(join(root, path), changed);
    utimesSync(join(root, path), 1_000_000, 1_000_000);
  }
}

function wantedOf({ files }) {
  return [...files].map(([path, bytes]) => ({ path, digest: digestOf(bytes), executable: false })).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A right checksum over lies that can be told from the truth, or something odd in its place. */
function poison(tree, { random, outside, modules }) {
  const path = indexOf(tree);
  if (random.chance(0.4)) {
    const odd = random.pick(Object.keys(oddFiles));
    oddFiles[odd](path, outside);
    return odd;
  }
  const table = modules.decodeIndex(readFileSync(path));
  const entries = table.paths.map((_, row) => table.entryAt(row));
  const lie = random.pick(['other times', 'the stamps of others', 'paths outside', 'no numbers', 'one path many times', 'another count', 'another format', 'no paths']);
  const lied = {
    'other times': entries.map((entry) => ({ ...entry, digest: digestOf('lie'), ctimeMs: entry.ctimeMs - 1 })),
    'the stamps of others': entries.length === 1 ? [] : entries.map((entry, at) => ({ ...entries[(at + 1) % entries.length], path: entry.path })),
    'paths outside': [...entries, ...['../outside', '/etc/passwd', '', '.git/HEAD'].map((each) => ({ ...entries[0], path: each }))],
    'no numbers': entries.map((entry) => ({ ...entry, size: NaN, digest: digestOf('lie') })),
    'one path many times': entries.flatMap((entry) => [{ ...entry, ino: -1, digest: digestOf('lie') }, entry, { ...entry, mode: 0, digest: digestOf('lie') }]),
  }[lie];
  const bytes = modules.encodeIndex(lied ?? entries, random.pick([0, 1, NaN, 1e300]));
  if (lie === 'another count') bytes.writeDoubleLE(random.pick([-1, 0.5, NaN, Infinity, 1e6, 1e15]), 40);
  if (lie === 'another format') bytes.write('TGFILES2', 0);
  const body = lie === 'no paths' ? bytes.subarray(40, bytes.length - 1 - random.below(8)) : bytes.subarray(40);
  writeFileSync(path, Buffer.concat([bytes.subarray(0, 8), createHash('sha256').update(body).digest(), body]));
  return lie;
}
