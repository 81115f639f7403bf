import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryRemoteCache } from '../../../../test/fakes/memory-remote-cache.js';
import { claimRun } from './claim-run.js';

describe('claimRun', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-claim-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const at = (run: number, attempt = 1): string => `https://github.com/o/r/actions/runs/${run}/attempts/${attempt}`;
  const wish = (owner: string, isGone: (owner: string) => boolean = () => false): Parameters<typeof claimRun>[1] => ({
    run: '1', part: 'build.x', turn: 2, owner, folder,
    isGone: async (other) => await Promise.resolve(isGone(other)),
    after: (_, act) => {
      queueMicrotask(act);
      return () => undefined;
    },
  });

  test('of two, one holds it and the other learns who does', async () => {
    const cache = createMemoryRemoteCache();
    expect(await claimRun(cache, wish(at(1, 2)))).toEqual({ kind: 'held' });
    expect(await claimRun(cache, wish(at(7)))).toEqual({ kind: 'busy', owner: at(1, 2) });
    expect(await claimRun(cache, wish(at(1, 2)))).toEqual({ kind: 'held' });
  });

  test('turns of those that ended without leaving anything are passed over, one after the other', async () => {
    const cache = createMemoryRemoteCache();
    expect(await claimRun(cache, wish(at(1, 2)))).toEqual({ kind: 'held' });
    const isGone = (owner: string): boolean => [at(1, 2), at(1, 3)].includes(owner);
    expect(await claimRun(cache, wish(at(1, 3), isGone))).toEqual({ kind: 'held' });
    expect(await claimRun(cache, wish(at(1, 4), isGone))).toEqual({ kind: 'held' });
    expect(await claimRun(cache, wish(at(7), isGone))).toEqual({ kind: 'busy', owner: at(1, 4) });
  });

  test('an entry that somebody begins is waited for, and one that nobody finishes tells nothing', async () => {
    const cache = createMemoryRemoteCache();
    let asked = 0;
    const begun = { ...cache, save: async () => await Promise.resolve({ kind: 'exists' as const }) };
    expect(await claimRun({ ...begun, find: async (named) => ((asked += 1) === 3 ? (await cache.save(named.key, file(at(9))), await cache.find(named)) : await cache.find(named)) }, wish(at(7)))).toEqual({ kind: 'busy', owner: at(9) });
    expect(asked).toBe(3);
    expect(await claimRun({ ...begun, find: async () => await Promise.resolve({ kind: 'absent' as const }) }, wish(at(7)))).toMatchObject({ kind: 'unknown' });
  });

  test.each([['denied', 'may only read'], ['down', '503']] as const)('a cache that is %s tells nothing', async (mode, reason) => {
    const cache = createMemoryRemoteCache();
    cache.mode = mode;
    const claim = await claimRun(cache, wish(at(7)));
    expect(claim).toMatchObject({ kind: 'unknown' });
    expect(claim.kind === 'unknown' ? claim.reason : '').toContain(reason);
  });
  function file(text: string): string {
    const path = join(folder, 'planted');
    writeFileSync(path, text);
    return path;
  }
});
