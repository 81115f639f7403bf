// TypeScript → ES modules, one file each, without type checks: what the bundle, the docs generator and the fuzzer run on.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** A folder inside node_modules, so that imports of the staged files resolve. */
export function stagingFolder(purpose) {
  return join(root, 'node_modules', '.cache', `tollgate-${purpose}-${process.pid}`);
}

/** `type`: `module` to import the files; nothing for ncc, which then reads both kinds and emits CommonJS. */
export async function stageSources(folder, type) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const version = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')).version;
  const sources = join(root, 'src');
  const entries = await readdir(sources, { withFileTypes: true, recursive: true });
  const build = await digestSources(entries);
  await Promise.all(
    entries.map(async (entry) => {
      if (!entry.isFile() || !entry.name.endsWith('.ts') || entry.name.endsWith('.test.ts')) return;
      const source = join(entry.parentPath, entry.name);
      const target = join(folder, relative(sources, source)).replace(/\.ts$/u, '.js');
      const { code } = await transform(await readFile(source, 'utf8'), {
        filename: entry.name,
        configFile: false,
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript' },
          transform: { optimizer: { globals: { vars: { __TOLLGATE_VERSION__: JSON.stringify(version), __TOLLGATE_BUILD__: JSON.stringify(build) } } } },
        },
        module: { type: 'es6' },
      });
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, code);
    }),
  );
  await writeFile(join(folder, 'package.json'), JSON.stringify(type === undefined ? {} : { type }));
}

/** What the sources are: kept plans of other sources are none of this build's. */
async function digestSources(entries) {
  const hash = createHash('sha256');
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts')).map((entry) => join(entry.parentPath, entry.name)).sort();
  for (const file of files) hash.update(`${relative(root, file)}\0`).update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}
