import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder, tollgate } from './tollgate.js';

const hello = 'name: hello\nsteps:\n  - id: hello\n    command: echo hello\n';

function call(folder: string, env: Readonly<Record<string, string>> = {}) {
  return tollgate(['plan', 'hello.yml'], { folder, env: { HOME: folder, XDG_CACHE_HOME: join(folder, 'cache'), ...env } });
}

/** The files of compiled code, wherever they lie below a folder. */
function compiledIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.name.endsWith('.bin')).map((each) => join(each.parentPath, each.name));
}

test('the first call keeps compiled code for the next, readable by its owner alone', () => {
  using folder = scratchFolder({ 'hello.yml': hello });
  const first = call(folder.path);
  const files = compiledIn(folder.path);
  expect(files.length).toBeGreaterThan(2);
  expect(files.map((file) => statSync(file).mode & 0o077)).toEqual(files.map(() => 0));
  const before = files.map((file) => statSync(file).mtimeMs);
  expect(call(folder.path)).toEqual(first);
  expect(files.map((file) => statSync(file).mtimeMs)).toEqual(before);
});

const damages: readonly (readonly [string, (bytes: Buffer) => Buffer])[] = [
  ['flipped in the middle', (bytes) => { bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 0xff, bytes.length >> 1); return bytes; }],
  ['flipped at the end', (bytes) => { bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1); return bytes; }],
  ['cut short', (bytes) => bytes.subarray(0, bytes.length >> 1)],
  ['empty', () => Buffer.alloc(0)],
  ['something else', () => Buffer.from('not compiled code at all, but long enough to be read as a header')],
];

test.each(damages)('code that is %s is not used, and written anew', (_, damage) => {
  using folder = scratchFolder({ 'hello.yml': hello });
  const healthy = call(folder.path);
  const files = compiledIn(folder.path);
  for (const file of files) writeFileSync(file, damage(readFileSync(file)));
  const damaged = files.map((file) => readFileSync(file));
  expect(call(folder.path)).toEqual(healthy);
  expect(files.map((file, index) => damaged[index]?.equals(readFileSync(file)))).toEqual(files.map(() => false));
  expect(call(folder.path)).toEqual(healthy);
});

test.each([['TOLLGATE_CODE_CACHE', 'off'], ['NODE_DISABLE_COMPILE_CACHE', '1']])('%s=%s leaves nothing behind', (name, value) => {
  using folder = scratchFolder({ 'hello.yml': hello });
  expect(call(folder.path, { [name]: value }).code).toBe(0);
  expect(compiledIn(folder.path)).toEqual([]);
});

test('a folder that others can write to is not used', () => {
  using folder = scratchFolder({ 'hello.yml': hello });
  call(folder.path);
  const [file = ''] = compiledIn(folder.path);
  const cache = join(file, '..');
  const before = readFileSync(file);
  chmodSync(cache, 0o777);
  writeFileSync(file, Buffer.alloc(0));
  expect(call(folder.path).code).toBe(0);
  expect(readFileSync(file)).toHaveLength(0);
  expect(before.length).toBeGreaterThan(0);
});

test('a cache that cannot be made is no fault', () => {
  using folder = scratchFolder({ 'hello.yml': hello, cache: 'a file in the way' });
  mkdirSync(join(folder.path, 'home'));
  expect(call(folder.path)).toMatchObject({ code: 0, err: '' });
});
