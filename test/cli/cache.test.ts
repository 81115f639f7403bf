import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheWords } from '../../src/cli/commands/cache.js';
import { findCommand } from '../../src/cli/commands.js';
import type { Place } from './memory-world.js';
import { createPlace, removePlaces } from './memory-world.js';

afterAll(removePlaces);

const workflow = `name: ci
defaults: { shell: sh }
steps:
  - { id: a, command: "head -c 30000 /dev/zero > a.bin", outputs: { f: a.bin }, inputs: [in.txt], cache: true, needs: [] }
  - { id: b, command: "head -c 20000 /dev/urandom > b.bin", outputs: { f: b.bin }, inputs: [in.txt], cache: true, needs: [] }
`;
const world = { env: { PATH: process.env['PATH'] } };

interface CacheJson {
  readonly results: readonly { readonly step: string; readonly key: string; readonly bytes: number; readonly files: number }[];
}

async function createCache(): Promise<Place & { readonly cache: (...argv: readonly string[]) => ReturnType<Place['call']>; readonly json: <T>(...argv: readonly string[]) => Promise<T>; readonly run: () => Promise<void> }> {
  const place = createPlace({ 'ci.yml': workflow, 'in.txt': '1' });
  const cache = (...argv: readonly string[]): ReturnType<Place['call']> => place.call(['cache', ...argv], world);
  const run = async (): Promise<void> => expect((await place.call(['run', 'ci.yml', '--quiet', '--max-parallel', '1'], world)).exitCode).toBe(0);
  await run();
  return { ...place, cache, run, json: async <T>(...argv: readonly string[]) => JSON.parse((await cache(...argv, '--json')).out) as T };
}

test('ls lists what is kept, stats how much room it takes', async () => {
  const { cache, json } = await createCache();
  const { results } = await json<CacheJson>('ls');
  expect(results.map(({ step, bytes, files }) => [step, bytes, files]).sort()).toEqual([['a', 30_000, 1], ['b', 20_000, 1]]);
  expect((await cache('ls')).out).toMatch(/^(?:[0-9a-f]{12} {2}ci\/[ab] {2}(?:29\.3|19\.5) KiB {2}made \d+ s ago, used \d+ s ago\n){2}$/u);
  expect(await json('stats')).toMatchObject({ results: 2, contents: 2, max_bytes: 5 * 1024 ** 3, workflows: [{ workflow: 'ci', results: 2, bytes: 50_000 }] });
  expect((await cache('stats')).out).toMatch(/^2 results, 2 contents, 5\d\.\d KiB of at most 5\.0 GiB \(0 %\)\nnot used for longest: \d+ s ago\nin .*store\n {2}ci {2}2 results, 48\.8 KiB\n$/u);
  expect((await json<CacheJson>('ls', '--workflow', 'other')).results).toEqual([]);
});

test('gc makes room: what was not used for longest goes, and the rest fits', async () => {
  const { cache, json, run } = await createCache();
  expect(await json('gc', '--max-size', '60000')).toMatchObject({ removed: 0 });
  expect((await cache('gc', '--max-size', '40KB')).out).toMatch(/^1 result removed, .* KiB freed, .* KiB of at most 39\.1 KiB kept\.\n$/u);
  expect((await json<{ readonly bytes: number }>('stats')).bytes).toBeLessThanOrEqual(40_000);
  await run();
  expect((await json<CacheJson>('ls')).results).toHaveLength(2);
  expect(await json('gc', '--max-size', '0')).toMatchObject({ removed: 2, contents_removed: 2, kept_bytes: 0 });
});

test('a run keeps to the size that is set for good', async () => {
  const { json, write, run } = await createCache();
  write('.tollgate.yml', 'max_size: 55KB\n');
  for (const text of ['2', '3']) {
    write('in.txt', text);
    await run();
  }
  expect((await json<{ readonly bytes: number }>('stats')).bytes).toBeLessThanOrEqual(55_000);
  expect(await json('stats')).toMatchObject({ max_bytes: 55_000 });
});

test('verify reads all, removes what is damaged, and says so by its exit code', async () => {
  const { cache, json, folder } = await createCache();
  expect(await cache('verify')).toEqual({ exitCode: 0, out: expect.stringMatching(/^2 results are whole, with 2 contents of \d+\.\d KiB\.\n$/u) as unknown, err: '' });
  const blobs = join(folder, '.tollgate', 'store', 'blobs');
  const [first = ''] = readdirSync(blobs);
  const [name = ''] = readdirSync(join(blobs, first));
  const bytes = readFileSync(join(blobs, first, name));
  bytes.writeUInt8(bytes.readUInt8(7) ^ 1, 7);
  writeFileSync(join(blobs, first, name), bytes);
  const { exitCode, out, err } = await cache('verify');
  expect([exitCode, out]).toEqual([1, expect.stringContaining('1 result is whole') as unknown]);
  expect(err).toContain(`[WARNING] ${join(blobs, first, name)}: its content is another than its name says; it was removed (TG3402)\n`);
  expect((await cache('verify')).exitCode).toBe(0);
  expect((await json<CacheJson>('ls')).results).toHaveLength(1);
});

test('clear removes all, or says what it would', async () => {
  const { cache, json } = await createCache();
  expect((await cache('clear', '--dry-run')).out).toMatch(/^2 results \(.* KiB\) would be removed\.\n$/u);
  expect((await json<CacheJson>('ls')).results).toHaveLength(2);
  expect((await cache('clear')).out).toMatch(/^2 results \(.* KiB\) removed\.\n$/u);
  expect(await cache('ls')).toEqual({ exitCode: 0, out: '', err: 'No result is kept here.\n' });
  expect((await cache('stats')).out).toMatch(/^0 results, 0 contents, 0 bytes of at most 5\.0 GiB/u);
});

test.each([
  [['cache'], "error: 'cache' needs a word more: cache <ls|stats|verify|clear|gc>"],
  [['cache', 'veryfi'], "error: 'veryfi' is none of ls, stats, verify, clear, gc; did you mean 'verify'?"],
  [['cache', 'gc', '--max-size', 'lots'], "error: --max-size: 'lots' is no size: write 500MB, 5GiB or a number of bytes"],
  [['cache', 'ls', 'x'], "error: 'cache' takes one argument; 'x' is too much"],
])('%j is refused with what would do', async (argv, message) => {
  const { exitCode, err } = await createPlace().call(argv);
  expect([exitCode, err.split('\n')[0]]).toEqual([2, message]);
});

test('the words of the command are those of the table', () => {
  expect(findCommand('cache')?.argument?.words).toEqual(cacheWords);
});
