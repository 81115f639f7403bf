import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Names that are hard on file systems, shells and terminals. */
const names = ['a', 'b', '-rf', ' ', 'ü', 'new\nline', 'back\\slash', '...', '$(x)', 'z'.repeat(120), 'app.js', '😀'];

/** A workspace with the outputs of two steps, a store that has both results, and a file outside that nobody may touch. */
export async function createWorld({ folder, random, modules }) {
  const workspace = join(folder, 'workspace');
  const outside = join(folder, 'outside');
  for (const path of [workspace, outside]) mkdirSync(path, { recursive: true });
  writeFileSync(join(outside, 'file'), 'nobody may touch this');
  writeFileSync(join(folder, 'log'), `log ${random.next()}\n`);
  const place = modules.locateStore(join(folder, 'state'));
  const layout = modules.layOutStore(place.folder);
  const open = () => modules.openDirectoryResultStore({ ...place, workspace, domains: { write: 'local', read: ['local'] }, isIgnored: () => false, now: Date.now });
  const world = { folder, workspace, outside: join(outside, 'file'), layout, placedIndexFile: place.placedIndexFile, open };
  const [victim, bystander] = ['victim', 'bystander'].map((step) => ({ step, key: digestOf(`${step} ${random.next()}`), outputs: makeOutputs(step, random), isWhole: random.chance(0.5) }));
  for (const result of [victim, bystander]) {
    writeOutputs(world, result);
    await saveResult(world, result);
  }
  return { ...world, victim, bystander };
}

/** Path → what lies there. */
function makeOutputs(step, random) {
  const outputs = new Map([[step, { kind: 'folder' }]]);
  const count = 1 + random.below(6);
  for (let index = 0; index < count; index++) {
    const parts = [step, ...Array.from({ length: random.below(3) }, () => `${random.pick(names)}d`), `${random.pick(names)}${index}`];
    for (let end = 2; end < parts.length; end++) outputs.set(parts.slice(0, end).join('/'), { kind: 'folder' });
    outputs.set(parts.join('/'), { kind: 'file', bytes: makeBytes(random), executable: random.chance(0.3) });
  }
  if (random.chance(0.3)) outputs.set(`${step}/empty`, { kind: 'folder' });
  if (random.chance(0.3)) outputs.set(`${step}/link`, { kind: 'link', target: random.pick(['a0', './nowhere', '../elsewhere']) });
  return outputs;
}

/** No two alike. */
function makeBytes(random) {
  const size = random.chance(0.02) ? 1_048_570 + random.below(600_000) : random.chance(0.7) ? 8 + random.below(300) : 8 + random.below(30_000);
  const bytes = Buffer.alloc(size, random.below(256));
  bytes.writeDoubleLE(random.next(), 0);
  return bytes;
}

export function writeOutputs({ workspace }, { outputs }) {
  for (const [path, output] of outputs) {
    const at = join(workspace, path);
    mkdirSync(dirname(at), { recursive: true });
    if (output.kind === 'folder') mkdirSync(at, { recursive: true });
    else if (output.kind === 'link') symlinkSync(output.target, at);
    else {
      writeFileSync(at, output.bytes);
      chmodSync(at, output.executable ? 0o755 : 0o644);
    }
  }
}

export async function saveResult(world, { step, key, outputs, isWhole }) {
  const store = world.open();
  const paths = isWhole ? [step] : [...outputs].filter(([, { kind }]) => kind !== 'folder').map(([path]) => path);
  const result = { key, workflow: 'corruption', step, definition: digestOf(step), tollgateVersion: '0', createdAt: Date.now(), durationMs: 1, exitCode: 0, stdout: 'made ✔\n', outputs: { path: step }, costUsd: 0, tokens: 0, folders: isWhole ? [step] : [], log: null };
  const saved = await store.save(result, { paths, log: join(world.folder, 'log'), holdsSecret: null });
  if (saved.kind !== 'saved') throw new Error(`the world could not be made: ${JSON.stringify(saved)}`);
  store.keep();
}

export const situations = ['absent', 'absent', 'absent', 'partly', 'partly', 'changed', 'changed', 'present'];

/** How the outputs stand when they are asked for. */
export function setSituation(world, result, situation, random) {
  if (situation === 'present') return;
  if (situation === 'absent') return rmSync(join(world.workspace, result.step), { recursive: true, force: true });
  const files = [...result.outputs].filter(([, { kind }]) => kind === 'file');
  const [first] = files;
  for (const [path, { bytes }] of files) {
    if (path !== first[0] && random.chance(0.5)) continue;
    if (situation === 'partly') rmSync(join(world.workspace, path));
    // Of the same length, as the hardest to see.
    else writeFileSync(join(world.workspace, path), Buffer.from(bytes).reverse());
  }
}

/** Where the outputs of a result are not as they were made; nothing where they are. */
export function findWrong(world, { outputs, isWhole }) {
  for (const [path, output] of outputs) {
    if (output.kind === 'folder' && !isWhole) continue;
    const found = describePath(join(world.workspace, path));
    const wanted = output.kind === 'file' ? `${output.executable ? 'program' : 'file'} ${digestOf(output.bytes)}` : output.kind === 'link' ? `link ${output.target}` : 'folder';
    if (found !== wanted) return `${JSON.stringify(path)} is ${found}, not ${wanted}`;
  }
  return undefined;
}

/** All that lies below a folder, but for the state. */
export function takeSnapshot(folder) {
  const lines = [];
  const visit = (at, name) => {
    lines.push(`${name}: ${describePath(at)}`);
    if (lstatSync(at).isDirectory()) for (const each of readdirSync(at).sort()) if (name !== '' || each !== 'state') visit(join(at, each), `${name}/${each}`);
  };
  visit(folder, '');
  return lines.join('\n');
}

export function findLeftovers(folder) {
  return readdirSync(folder, { recursive: true }).filter((path) => path.includes('tollgate-tmp'));
}

function describePath(path) {
  if (!existsSync(path) && lstatSync(path, { throwIfNoEntry: false }) === undefined) return 'missing';
  const stats = lstatSync(path);
  if (stats.isDirectory()) return 'folder';
  if (stats.isSymbolicLink()) return `link ${readlinkSync(path)}`;
  if (!stats.isFile()) return 'odd';
  return `${(stats.mode & 0o100) === 0 ? 'file' : 'program'} ${digestOf(readFileSync(path))}`;
}

export function digestOf(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}
