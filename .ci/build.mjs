// Builds the bundle: `node .ci/build.mjs [--out <folder>]` (default: this repository).
// TypeScript → ES modules → ncc as CommonJS (it starts faster than an ES module entry) → minified chunks.
// What a command does not use is in a chunk that it does not load.
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { minify, transform } from '@swc/core';
import ncc from '@vercel/ncc';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { out: { type: 'string' } } });
const out = resolve(values.out ?? root);
// Inside node_modules, so that imports resolve; CommonJS by its package.json, so that ncc emits CommonJS.
const staging = join(root, 'node_modules', '.cache', `tollgate-build-${process.pid}`);

try {
  await rm(staging, { recursive: true, force: true });
  const version = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')).version;
  await stageSources(join(root, 'src'), staging, version);
  await writeFile(join(staging, 'package.json'), '{"type":"commonjs"}\n');
  const files = await bundle(join(staging, 'cli', 'main.js'));
  const dist = join(out, 'dist');
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(dist, name), content);
  if (out !== root) await cp(join(root, 'bin'), join(out, 'bin'), { recursive: true });
  const total = Object.values(files).reduce((sum, content) => sum + content.length, 0);
  console.log(`built ${relative(process.cwd(), dist) || '.'}: ${Object.keys(files).length} files, ${Math.round(total / 1024)} kB`);
} finally {
  await rm(staging, { recursive: true, force: true });
}

async function stageSources(from, to, version) {
  const entries = await readdir(from, { withFileTypes: true, recursive: true });
  await Promise.all(
    entries.map(async (entry) => {
      if (!entry.isFile() || !entry.name.endsWith('.ts') || entry.name.endsWith('.test.ts')) return;
      const source = join(entry.parentPath, entry.name);
      const target = join(to, relative(from, source)).replace(/\.ts$/u, '.js');
      const { code } = await transform(await readFile(source, 'utf8'), {
        filename: entry.name,
        configFile: false,
        jsc: { target: 'es2022', parser: { syntax: 'typescript' }, transform: { optimizer: { globals: { vars: { __TOLLGATE_VERSION__: JSON.stringify(version) } } } } },
        module: { type: 'es6' },
      });
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, code);
    }),
  );
}

/** Name → content of every file of the bundle. */
async function bundle(entry) {
  const { code, assets } = await ncc(entry, { cache: false, quiet: true, minify: false, license: 'licenses.txt', target: 'es2022', debugLog: false });
  const files = { 'main.js': await compress(code) };
  for (const [name, { source }] of Object.entries(assets)) files[name] = name.endsWith('.js') ? await compress(String(source)) : source;
  files['package.json'] = '{"type":"commonjs"}\n';
  return files;
}

/** ncc leaves chunks as they are; less text to read is a faster start. */
async function compress(code) {
  const result = await minify(code, { compress: { defaults: true, passes: 1 }, mangle: true, ecma: 2022, format: { comments: false } });
  return `${result.code}\n`;
}
