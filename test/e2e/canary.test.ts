import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canaryForms, findCanary } from '../rig/canary-forms.js';
import { runAction } from './action.js';
import { scratchFolder, tollgate } from './tollgate.js';

const secret = 'cAnary-7f3b&"quoted" \\ö/9c1e+=end';
const forms = canaryForms(secret);

/** Prints a file in pieces of a few bytes, one write each, so that every form is torn apart. */
const printer = `
const bytes = require('node:fs').readFileSync(process.argv[1]);
let at = 0;
const next = () => { if (at >= bytes.length) return; process.stdout.write(bytes.subarray(at, (at += 1 + (at % 7))), () => setImmediate(next)); };
next();
`;

const workflow = (file: string): string => `name: canary
defaults: { shell: sh }
secrets: [CANARY]
outputs: { said: { value: "{{ steps.pieces.stdout }}" }, again: { value: "{{ steps.writes.outputs.told }}" } }
steps:
  - { id: pieces, command: "node print.cjs ${file}", secrets: [CANARY] }
  - { id: errors, command: "node print.cjs ${file} >&2", needs: [] }
  - id: writes
    needs: []
    command: |
      cat ${file} >> "$TOLLGATE_SUMMARY"
      printf 'told=%s\\n' "$CANARY" >> "$TOLLGATE_OUTPUT"
      echo {{ secrets.CANARY }}
    secrets: [CANARY]
    outputs: { told: { written: true } }
  - { id: fails, command: "cat ${file}; exit 3", needs: [], recovery: ["mind {{ secrets.CANARY }}"] }
  - id: kept
    needs: []
    command: "node print.cjs ${file}; echo plain > plain.txt"
    secrets: [CANARY]
    env: { TAKEN: "{{ secrets.CANARY }}" }
    inputs: [print.cjs, { value: "{{ secrets.CANARY }}" }]
    outputs: { plain: plain.txt }
    artifacts: true
    cache: true
  - { id: leaks, needs: [], command: "cp ${file} leak.txt", inputs: [print.cjs], outputs: { leak: leak.txt }, artifacts: true, cache: true }
  - { id: names, needs: [], command: "echo told=$CANARY >> $TOLLGATE_OUTPUT", secrets: [CANARY], inputs: [print.cjs], outputs: { told: { written: true } }, cache: true }
  - { id: says, type: assert, needs: [], condition: "secrets.CANARY == 'x'", message: "it is {{ secrets.CANARY }}" }
`;

function everyFile(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

test('no byte that a run shows or keeps holds a secret, in any of its forms', () => {
  expect(forms.length).toBeGreaterThanOrEqual(22);
  using outside = scratchFolder({});
  const file = join(outside.path, 'forms');
  writeFileSync(file, Buffer.concat(forms.flatMap(({ printed }) => [printed, Buffer.from('\n')])));
  using folder = scratchFolder({ 'print.cjs': printer, 'canary.yml': workflow(file) });
  for (const more of [[], ['--json'], ['--verbose'], ['--no-cache']]) {
    const { code, out, err } = tollgate(['run', 'canary.yml', ...more], { folder: folder.path, env: { CANARY: secret } });
    expect([code, findCanary(secret, Buffer.from(out + err))]).toEqual([1, []]);
  }
  const kept = everyFile(join(folder.path, '.tollgate'));
  for (const part of ['/logs/', '/store/blobs/', '/store/results/', '/journal/', '/keys/', '/artifacts/']) expect([part, kept.some((path) => path.includes(part))]).toEqual([part, true]);
  const told = tollgate(['explain', 'canary.yml', '--verbose'], { folder: folder.path, env: { CANARY: secret } });
  expect([told.out.includes('kept'), findCanary(secret, Buffer.from(told.out + told.err))]).toEqual([true, []]);
  expect(kept.flatMap((path) => findCanary(secret, readFileSync(path)).map((form) => `${path}: ${form}`))).toEqual([]);
});

test('nor does a job on GitHub: its log, its annotations, its page and its outputs', async () => {
  using outside = scratchFolder({});
  const file = join(outside.path, 'forms');
  writeFileSync(file, Buffer.concat(forms.flatMap(({ printed }) => [printed, Buffer.from('\n')])));
  using folder = scratchFolder({ 'print.cjs': printer, 'canary.yml': workflow(file) });
  const end = await runAction({ workspace: folder.path, inputs: { workflow: 'canary.yml' }, env: { CANARY: secret } });
  expect(end.exitCode).toBe(1);
  expect([end.summary.includes('***'), end.commands.some(({ name }) => name === 'error')]).toEqual([true, true]);
  // The runner has to be told what it masks; nothing else may hold it.
  const log = end.output.split('\n').filter((line) => !line.startsWith('::add-mask::')).join('\n');
  expect([log, end.summary, JSON.stringify(end.outputs), JSON.stringify(end.state)].map((text) => findCanary(secret, Buffer.from(text)))).toEqual([[], [], [], []]);
});

test('the search finds a secret that is there', () => {
  for (const { name, printed } of forms) expect([name, findCanary(secret, printed).length > 0]).toEqual([name, true]);
});
