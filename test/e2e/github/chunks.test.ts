import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { startAction } from '../action.js';
import { bin } from '../tollgate.js';
import { useRepository } from './use-repository.js';

const world = useRepository();
const dist = join(dirname(bin), '..', 'dist');

/** Runs before the action, in its process alone: which files of the bundle it reads as code. */
const observer = (folder: string): string => `
const fs = require('node:fs');
const read = fs.readFileSync;
const door = require('node:path').basename(process.argv[1] ?? '');
const seen = [];
fs.readFileSync = (file, ...rest) => { if (String(file).startsWith(${JSON.stringify(dist)}) && String(file).endsWith('.js')) seen.push(String(file)); return read(file, ...rest); };
process.on('exit', () => { if (/^action-/.test(door)) fs.writeFileSync(${JSON.stringify(folder)} + '/' + door + '.json', JSON.stringify(seen)); });
`;

/** Words of code that a job has no use for, which stand in that code alone. */
const marks = {
  'the REST client': 'octokit',
  "the cache's client": 'GetCacheEntryDownloadURL',
  "the artifacts' client": 'CreateArtifact',
  'blob storage': 'x-ms-blob-type',
  'HTTP of the toolkits': 'undici',
  'the comment and the check': 'tells of a later run already',
  'ciphers for states': 'aes-256-gcm',
  'XML of coverage and tests': 'preserveOrder',
  'regular expressions in linear time': 'FOLD_CASE',
  'the pages of errors': 'TG4001',
} as const;

interface Loaded {
  readonly files: readonly string[];
  readonly bytes: number;
  /** Of what it has no use for. */
  readonly useless: readonly string[];
}

const workflow = `name: ci
defaults: { shell: sh }
phases:
  - id: make
    steps:
      - { id: one, command: "echo one >> ../ran; cat in.txt > out/one.txt", inputs: [in.txt], outputs: { file: out/one.txt }, cache: true }
      - { id: two, command: "echo two >> ../ran", inputs: [in.txt], cache: true }
`;

async function play(runId: number, more: Readonly<Record<string, string>> = {}): Promise<{ readonly main: Loaded; readonly post: Loaded; readonly exits: readonly (number | null)[]; readonly executed: number }> {
  const place = join(world.repository.folder, `chunks-${runId}`);
  const workspace = join(place, 'work');
  mkdirSync(join(workspace, 'out'), { recursive: true });
  writeFileSync(join(workspace, 'ci.yml'), workflow);
  writeFileSync(join(workspace, 'in.txt'), 'in');
  writeFileSync(join(place, 'observer.cjs'), observer(place));
  const env = world.github.env({ runId });
  const call = { workspace, inputs: { workflow: 'ci.yml', 'github-token': env['GITHUB_TOKEN'] ?? '' }, env: { ...env, NODE_OPTIONS: `--require ${join(place, 'observer.cjs')}`, ...more } };
  const main = await startAction('main', call).ended;
  const post = await startAction('post', call, main.state).ended;
  const read = (stage: string): Loaded => {
    const files = [...new Set(JSON.parse(readFileSync(join(place, `action-${stage}.js.json`), 'utf8')) as string[])];
    const texts = files.map((file) => readFileSync(file, 'utf8'));
    return {
      files: files.map((file) => basename(file)),
      bytes: texts.reduce((sum, text) => sum + text.length, 0),
      useless: Object.entries(marks).flatMap(([name, mark]) => (texts.some((text) => text.includes(mark)) ? [name] : [])),
    };
  };
  return { main: read('main'), post: read('post'), exits: [main.exitCode, post.exitCode], executed: Object.values(world.repository.takeCounts()).reduce((sum, count) => sum + count, 0) };
}

/** Bytes of code that the action may load for a run; the clients that it does not load have three times as many. */
const mostBytes = 800_000;

describe('what is not used is not loaded', () => {
  test('all of it is in the bundle, and none of it in a door', () => {
    const chunks = readdirSync(dist).filter((file) => file.endsWith('.js')).map((file) => ({ file, text: readFileSync(join(dist, file), 'utf8') }));
    for (const [name, mark] of Object.entries(marks)) {
      const holders = chunks.filter(({ text }) => text.includes(mark)).map(({ file }) => file);
      expect({ name, isThere: holders.length > 0, doors: holders.filter((file) => !file.endsWith('.index.js')) }).toEqual({ name, isThere: true, doors: [] });
    }
  });

  test('by a job that is told of no services', async () => {
    const { main, post, exits, executed } = await play(1, { ACTIONS_RESULTS_URL: '', ACTIONS_RUNTIME_TOKEN: '' });
    expect([exits, executed, main.useless, post.useless]).toEqual([[0, 0], 2, [], []]);
    expect(Math.max(main.bytes, post.bytes)).toBeLessThan(mostBytes);
  });

  test("by a first run, and a second that finds all of it: GitHub's clients are another process's", async () => {
    const first = await play(1);
    expect([first.exits, first.executed, first.main.useless, first.post.useless]).toEqual([[0, 0], 2, [], []]);
    const second = await play(2);
    expect([second.exits, second.executed, second.main.useless, second.post.useless]).toEqual([[0, 0], 0, [], []]);
    expect(world.github.requests().map(({ call }) => call)).toContain('cache.download');
    expect(second.main.files.filter((file) => !first.main.files.includes(file))).toEqual([]);
    expect(Math.max(first.main.bytes, second.main.bytes)).toBeLessThan(mostBytes);
  });
});
