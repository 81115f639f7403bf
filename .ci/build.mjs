// Builds the bundle: `node .ci/build.mjs [--out <folder>]` (default: this repository).
// TypeScript → ES modules → ncc as CommonJS (it starts faster than an ES module entry) → minified chunks.
// What a command does not use is in a chunk that it does not load.
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { minify } from '@swc/core';
import ncc from '@vercel/ncc';
import { root, stageSources } from './stage-sources.mjs';

const { values } = parseArgs({ options: { out: { type: 'string' } } });
const out = resolve(values.out ?? root);
// Module ids follow from paths below the working folder: both are the same for every build.
const staging = join(root, 'node_modules', '.cache', 'tollgate-build');
process.chdir(root);

try {
  await stageSources(staging);
  await stageYaml(join(staging, 'node_modules', 'yaml'));
  await stageCore(join(staging, 'node_modules', '@actions', 'core'));
  await stageClients(join(staging, 'node_modules'));
  const files = await bundle(join(staging, 'main.js'));
  const dist = join(out, 'dist');
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(dist, name), content);
  if (out !== resolve(root)) await cp(join(root, 'bin'), join(out, 'bin'), { recursive: true });
  const total = Object.values(files).reduce((sum, content) => sum + content.length, 0);
  console.log(`built ${relative(root, dist)}: ${Object.keys(files).length} files, ${Math.round(total / 1024)} kB`);
} catch (error) {
  // ncc throws with its own minified source attached: the message is what helps
  console.error(`the bundle could not be built: ${String(error?.message ?? error).slice(0, 4000)}`);
  process.exitCode = 1;
} finally {
  await rm(staging, { recursive: true, force: true });
}

/**
 * Of YAML only the parser of tokens is used. The package's ES modules (the same sources, which it ships for browsers)
 * let ncc leave out the rest, which would be two thirds of the code that a plan loads.
 */
async function stageYaml(folder) {
  await cp(join(root, 'node_modules', 'yaml', 'browser'), folder, { recursive: true });
  await cp(join(root, 'node_modules', 'yaml', 'LICENSE'), join(folder, 'LICENSE'));
  const { name, version, license } = JSON.parse(await readFile(join(root, 'node_modules', 'yaml', 'package.json'), 'utf8'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version, license, type: 'module', main: 'dist/index.js', sideEffects: false }));
}

/** Its files do nothing but define; told so, ncc leaves out what asks for tokens, and the whole HTTP client with it, which every job would load. */
async function stageCore(folder) {
  const from = join(root, 'node_modules', '@actions', 'core');
  await cp(from, folder, { recursive: true, filter: (path) => !/\.(d\.m?ts|map)$/u.test(path) });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...JSON.parse(await readFile(join(from, 'package.json'), 'utf8')), sideEffects: false }));
}

/**
 * The clients of GitHub's services, with the way to the one file whose helpers for ES modules (`require` made from
 * `import.meta.url`) ncc takes for its own and breaks. Its author takes them out by the same two marks for CommonJS, which the bundle is.
 */
async function stageClients(folder) {
  for (const name of ['@actions/cache', '@actions/artifact', '@azure/storage-blob', '@azure/storage-common']) {
    const filter = (path) => !/[\\/]dist[\\/](browser|react-native|commonjs)\b|\.(d\.m?ts|map)$/u.test(path);
    await cp(join(root, 'node_modules', name), join(folder, name), { recursive: true, filter });
  }
  const file = join(folder, '@azure', 'storage-common', 'dist', 'esm', 'crc64.js');
  const source = await readFile(file, 'utf8');
  const parts = source.split(/^\/\/ ESM-COMPAT-(?:START|END).*\n/mu);
  if (parts.length !== 3) throw new Error('@azure/storage-common/dist/esm/crc64.js has no block of helpers any more: see whether the bundle can do without taking it out');
  await writeFile(file, parts[0] + parts[2]);
}

/** Name → content of every file of the bundle. */
async function bundle(entry) {
  const { code, assets } = await ncc(entry, { cache: false, quiet: true, minify: false, license: 'licenses.txt', target: 'es2022', debugLog: false });
  const files = { 'main.js': await compress(code) };
  for (const [name, { source }] of Object.entries(assets)) files[name] = name.endsWith('.js') ? await compress(String(source)) : source;
  // The build's own name, by which bin/ tells compiled code of this build from that of another.
  const build = createHash('sha256').update(JSON.stringify(Object.entries(files).map(([name, content]) => [name, String(content)]).sort())).digest('hex').slice(0, 16);
  // What action.yml names, and what an action starts for itself: the bundle tells by the script's name which door is meant.
  for (const door of ['action-main', 'action-post', 'action-plan', 'action-verdict', 'transfer']) files[`${door}.js`] = "require('./main.js');\n";
  files['package.json'] = `${JSON.stringify({ type: 'commonjs', build })}\n`;
  return files;
}

/** ncc leaves chunks as they are; less text to read is a faster start. */
async function compress(code) {
  const result = await minify(code, { compress: { defaults: true, passes: 1 }, mangle: true, ecma: 2022, format: { comments: false } });
  return `${result.code}\n`;
}
