import { spawn } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bin, scratchFolder, tollgate } from './tollgate.js';

const examples = fileURLToPath(new URL('../../workflows-examples', import.meta.url));

interface Result {
  readonly status: string;
  readonly verdict: string | null;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly partial: readonly string[];
  readonly steps: readonly { readonly id: string; readonly status: string; readonly failure: { readonly code: string; readonly line: number } | null }[];
}

function json(args: readonly string[], folder: string): { readonly code: number | null; readonly result: Result } {
  const { code, out } = tollgate([...args, '--json'], { folder });
  return { code, result: JSON.parse(out) as Result };
}

test('the quickstart does what it says', () => {
  using folder = scratchFolder({ 'README.md': `# One\n${'word '.repeat(200)}\n## Two\n` });
  cpSync(examples, join(folder.path, 'workflows-examples'), { recursive: true });
  const { code, result } = json(['run', 'quickstart'], folder.path);
  expect([code, result.status, result.verdict]).toEqual([0, 'succeeded', 'go']);
  expect(readFileSync(join(folder.path, String(result.outputs['report'])), 'utf8')).toContain('words');
});

test('a project is provisioned, and a broken module stops it with its place', () => {
  using folder = scratchFolder();
  cpSync(examples, join(folder.path, 'workflows-examples'), { recursive: true });
  const first = json(['run', 'provision'], folder.path);
  expect([first.code, first.result.verdict, first.result.steps.filter(({ status }) => status !== 'succeeded').map(({ id, status }) => [id, status])]).toEqual([0, 'go', []]);
  const modules = join(folder.path, 'workflows-examples', 'provision', 'modules');
  const broken = readdirSync(modules, { recursive: true, withFileTypes: true }).find((entry) => entry.isFile() && /\.m?js$/u.test(entry.name));
  if (broken === undefined) throw new Error('provision has no module to break');
  writeFileSync(join(broken.parentPath, broken.name), 'export const oops = ;\n');
  const second = json(['run', 'provision'], folder.path);
  expect([second.code, second.result.verdict]).toEqual([1, 'no-go']);
  expect(second.result.steps.filter(({ failure }) => failure !== null).map(({ failure }) => failure?.code)).toContain('TG3101');
}, 120_000);

const chain = `name: chain
defaults: { shell: sh }
steps:
  - { id: a, command: "echo a > a.txt", outputs: { file: a.txt } }
  - { id: b, command: "cat {{ a.outputs.file }}" }
  - { id: c, command: "exit 4" }
  - { id: d, command: "echo d" }
finally:
  - { id: last, command: "echo over > over.txt" }
`;

test('a failure is told with its place, the rest is left out, and finally runs', () => {
  using folder = scratchFolder({ 'chain.yml': chain });
  const { code, out } = tollgate(['run', 'chain.yml'], { folder: folder.path });
  expect(code).toBe(1);
  expect(out).toContain('[BLOCKING] main/c: the command ended with exit code 4 (TG3101)\n  at chain.yml:6:');
  expect(out).toMatch(/– 1\.4 +d +skipped +c failed/u);
  expect(existsSync(join(folder.path, 'over.txt'))).toBe(true);
  expect(tollgate(['status'], { folder: folder.path }).out).toContain('NO-GO  chain failed');
  expect(tollgate(['logs', 'a'], { folder: folder.path }).code).toBe(2);
  expect(tollgate(['logs', 'b'], { folder: folder.path })).toEqual({ code: 0, out: 'a\n', err: '' });
});

test('a part of a workflow is run on values that are given, and has no verdict', () => {
  using folder = scratchFolder({ 'chain.yml': chain, 'a.txt': 'mine' });
  const refused = tollgate(['run', 'chain.yml', '--only', 'b'], { folder: folder.path });
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('--set a.outputs.file=…')]);
  const { code, result } = json(['run', 'chain.yml', '--only', 'b', '--set', 'a.outputs.file=a.txt'], folder.path);
  expect([code, result.verdict, result.partial]).toEqual([0, null, ['--only b']]);
});

test('a known plan gives the same run as a fresh one', () => {
  using folder = scratchFolder({ 'chain.yml': chain });
  const [fresh, known] = [1, 2].map(() => json(['run', 'chain.yml'], folder.path).result.steps.map(({ id, status, failure }) => [id, status, failure?.code, failure?.line]));
  expect(readdirSync(join(folder.path, '.tollgate', 'plans'))).toHaveLength(1);
  expect(known).toEqual(fresh);
  const [name = ''] = readdirSync(join(folder.path, '.tollgate', 'plans'));
  const file = join(folder.path, '.tollgate', 'plans', name);
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 0xff, bytes.length >> 1);
  writeFileSync(file, bytes);
  expect(json(['run', 'chain.yml'], folder.path).result.steps.map(({ id, status, failure }) => [id, status, failure?.code, failure?.line])).toEqual(fresh);
});

const waiting = `name: waiting
defaults: { shell: sh }
steps:
  - { id: wait, command: "echo $$ > pid; exec node -e 'setInterval(() => {}, 1000)'" }
  - { id: never, command: "echo never > never.txt" }
finally:
  - { id: last, command: "echo over > over.txt" }
`;

test('Ctrl-C ends what runs, starts nothing more, and finally runs', async () => {
  using folder = scratchFolder({ 'waiting.yml': waiting });
  const child = spawn(process.execPath, [bin, 'run', 'waiting.yml'], { cwd: folder.path, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let told = false;
  child.stdout.on('data', (bytes: Buffer) => {
    said += bytes.toString();
    // The pid is written right after the start; the run itself says when a step has begun.
    if (!told && said.includes('wait started')) {
      told = true;
      const look = setInterval(() => {
        if (!existsSync(join(folder.path, 'pid')) || readFileSync(join(folder.path, 'pid'), 'utf8') === '') return;
        clearInterval(look);
        child.kill('SIGINT');
      }, 20);
    }
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(code).toBe(130);
  expect(existsSync(join(folder.path, 'over.txt'))).toBe(true);
  expect(existsSync(join(folder.path, 'never.txt'))).toBe(false);
  const pid = Number(readFileSync(join(folder.path, 'pid'), 'utf8'));
  expect(() => process.kill(pid, 0)).toThrow();
});
