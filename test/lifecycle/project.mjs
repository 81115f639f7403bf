import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { PATH, HOME } = process.env;

/** The example of a provisioning in a workspace of its own, or a copy of one that was worked in. */
export function openProject(folder, bin, original) {
  mkdirSync(folder);
  if (original === undefined) {
    cpSync(join(root, 'workflows-examples'), join(folder, 'workflows-examples'), { recursive: true });
    writeFileSync(join(folder, '.gitignore'), 'out/\n.tollgate/\n');
  } else cpSync(original.folder, folder, { recursive: true });
  const at = (path) => join(folder, path);
  return {
    folder,
    at,
    call: (...args) => readCall(spawnSync(process.execPath, [bin, ...args, '--json'], { cwd: folder, encoding: 'utf8', env: { PATH, HOME, PROVISION_OWNER: 'lifecycle' }, maxBuffer: 1 << 28 })),
    edit: (path, change) => writeFileSync(at(path), change(readFileSync(at(path), 'utf8'))),
    /** What lies below some folders, with the digest of each file. */
    content: (...paths) => digestBelow(folder, paths),
    /** What the workflow has made that another run of the same sources makes, too. */
    made: () => digestBelow(folder, ['app', 'packages', 'build', 'config.json', 'development.env', 'development.json', 'database.json'].map((name) => `out/provision/${name}`)),
  };
}

/** What a call came to, and what its log says of each step. */
function readCall({ status, stdout, stderr }) {
  const started = [...stderr.matchAll(/^▶ (?:\S+) (\S+?(?:\[[^\]]*\])?) started$/gmu)].map(([, name]) => name);
  return { code: status, log: stderr, result: parse(stdout), executed: started.sort(), mostAtOnce: countMost(stderr) };
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** Servers go on beside what comes after them. */
function countMost(log) {
  let going = 0;
  let most = 0;
  for (const [, mark] of log.matchAll(/^([▶✔✖]) .*?(?: started| succeeded in \d.*| failed in \d.*)$/gmu)) {
    going += mark === '▶' ? 1 : 0;
    most = Math.max(most, going);
    going -= mark === '▶' ? 0 : 1;
  }
  return most;
}

function digestBelow(folder, paths) {
  const files = paths.flatMap((path) => {
    const status = statSync(join(folder, path), { throwIfNoEntry: false });
    if (status === undefined) return [];
    if (!status.isDirectory()) return [path];
    return readdirSync(join(folder, path), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  });
  return Object.fromEntries(files.sort().map((file) => [file, createHash('sha256').update(readFileSync(join(folder, file))).digest('hex')]));
}
