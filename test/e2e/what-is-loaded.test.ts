import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { bin, scratchFolder, tollgate } from './tollgate.js';

const dist = join(dirname(bin), '..', 'dist');

/** Runs before the call, and remembers which files of the bundle it reads as code. */
const observer = `
const fs = require('node:fs');
const read = fs.readFileSync;
const seen = [];
fs.readFileSync = (file, ...rest) => { if (String(file).startsWith(${JSON.stringify(dist)}) && String(file).endsWith('.js')) seen.push(String(file)); return read(file, ...rest); };
process.on('exit', () => fs.writeFileSync('loaded.json', JSON.stringify(seen)));
`;

function loadedBy(args: readonly string[], workflow: string): readonly string[] {
  using folder = scratchFolder({ 'flow.yml': workflow, 'observer.cjs': observer });
  const { code, err } = tollgate(args, { folder: folder.path, node: ['--require', join(folder.path, 'observer.cjs')] });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return (JSON.parse(readFileSync(join(folder.path, 'loaded.json'), 'utf8')) as string[]).map((file) => basename(file)).sort();
}

const hello = 'name: hello\nsteps:\n  - id: hello\n    command: echo hello\n';
const text = (files: readonly string[]): string => files.map((file) => readFileSync(join(dist, file), 'utf8')).join('\n');

test('--version loads the entry alone, and that is small', () => {
  expect(loadedBy(['--version'], hello)).toEqual(['main.js']);
  expect(text(['main.js']).length).toBeLessThan(10_000);
});

test('a plan loads neither XML, nor regular expressions in linear time, nor lint, nor the pages of errors', () => {
  const loaded = text(loadedBy(['plan', 'flow.yml'], hello));
  for (const mark of ['TG4001', 'preserveOrder', 'FOLD_CASE', 'createHash']) expect({ mark, loaded: loaded.toLowerCase().includes(mark.toLowerCase()) }).toEqual({ mark, loaded: false });
  expect(loaded.length).toBeLessThan(400_000);
});

test('matches() brings its engine with it', () => {
  const loaded = loadedBy(['plan', 'flow.yml'], `${hello}    when: matches(env.HOME, '^/')\n`);
  expect(text(loaded)).toContain('FOLD_CASE');
});
