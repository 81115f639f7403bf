import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { bin, scratchFolder, tollgate } from './tollgate.js';

const dist = join(dirname(bin), '..', 'dist');

/** The files of the bundle that a call loads, as Node itself counts them. */
function loadedBy(args: readonly string[], workflow: string): readonly string[] {
  using folder = scratchFolder({ 'flow.yml': workflow, 'list.cjs': "process.on('exit', () => require('fs').writeFileSync('loaded.json', JSON.stringify(Object.keys(require.cache))));" });
  const { code, err } = tollgate(args, { folder: folder.path, node: ['--require', join(folder.path, 'list.cjs')] });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const loaded = JSON.parse(readFileSync(join(folder.path, 'loaded.json'), 'utf8')) as string[];
  return loaded.filter((file) => file.startsWith(dist)).map((file) => basename(file)).sort();
}

const hello = 'name: hello\nsteps:\n  - id: hello\n    command: echo hello\n';
const sizeOf = (files: readonly string[]): number => files.reduce((sum, file) => sum + readFileSync(join(dist, file)).length, 0);
const text = (files: readonly string[]): string => files.map((file) => readFileSync(join(dist, file), 'utf8')).join('\n');

test('--version loads the entry alone', () => {
  expect(loadedBy(['--version'], hello)).toEqual(['main.js']);
  expect(sizeOf(['main.js'])).toBeLessThan(60_000);
});

test('a plan loads neither XML, nor regular expressions in linear time, nor the pages of errors, nor lint', () => {
  const files = loadedBy(['plan', 'flow.yml'], hello);
  const content = text(files);
  for (const mark of ['TG4001', 'billion', 'JaCoCo', 'RE2']) expect({ mark, loaded: content.includes(mark) }).toEqual({ mark, loaded: false });
  expect(sizeOf(files)).toBeLessThan(500_000);
});

test('the entry knows nothing of YAML', () => {
  expect(text(['main.js'])).not.toContain('parsePlainScalar');
});
