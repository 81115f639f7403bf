import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseForTest } from '../../../test/rig/parse-text.js';
import { findKnownChecks } from './known-checks.js';
import { mayBeMissing } from './usual-programs.js';

/** `node@a,b`: what is checked, and for which steps. */
function checksOf(text: string): readonly string[] {
  const { parsed, diagnostics } = parseForTest(text);
  if (parsed === undefined || diagnostics.some(({ severity }) => severity === 'error')) throw new Error(JSON.stringify(diagnostics));
  return findKnownChecks(parsed.outline).map(({ kind, name, steps }) => `${kind === 'bash' ? '(bash) ' : ''}${name}@${steps.join(',')}`);
}

const sh = (steps: string, more = ''): string => `name: x\n${more}defaults: { shell: sh }\nsteps:\n${steps.trim().split('\n').map((line) => `  - ${line}`).join('\n')}\n`;

test('every program once, with the steps that need it and the place of the first', () => {
  const text = sh('{ id: a, command: npm ci }\n{ id: b, command: "cd x && npm test | jq ." }\n{ id: c, command: cat x }');
  const { parsed } = parseForTest(text);
  expect(findKnownChecks(parsed!.outline)).toEqual([
    { kind: 'tool', name: 'npm', at: [text.indexOf('a, command'), text.indexOf('a, command') + 1], steps: ['a', 'b'] },
    { kind: 'tool', name: 'jq', at: [text.indexOf('b, command'), text.indexOf('b, command') + 1], steps: ['b'] },
  ]);
});

describe('bash', () => {
  test.each<[string, string, readonly string[]]>([
    ['where nothing is said', 'name: x\nsteps:\n  - { id: a, command: cat x }\n  - { id: b, command: cat y, shell: sh }\n', ['(bash) bash@a']],
    ['where a step says so', sh('{ id: a, command: cat x, shell: bash }'), ['(bash) bash@a']],
    ['for readiness', 'name: x\nsteps:\n  - { id: a, command: ./server, shell: sh, background: { ready: { run: nc -z localhost 80 } } }\n', ['(bash) bash@a', 'nc@a']],
    ['called by its name', sh('{ id: a, command: bash x.sh }'), ['bash@a']],
    ['both ways, once', 'name: x\nsteps: [{ id: a, command: bash x.sh }]\n', ['(bash) bash@a']],
    ['never', sh('{ id: a, command: cat x }\n{ id: b, type: assert, condition: true }'), []],
  ])('%s', (_, text, expected) => expect(checksOf(text)).toEqual(expected));
});

describe('only what is sure', () => {
  test.each<[string, string, readonly string[]]>([
    ['a condition', sh('{ id: a, when: "inputs.x == 1", command: npm ci }', 'inputs: { x: { type: number, default: 1 } }\n'), []],
    ["a group's condition", sh('{ when: "run.attempt == 1", parallel: [{ id: a, command: npm ci }] }'), []],
    ['a group', sh('parallel: [{ id: a, command: npm ci }, { id: b, command: go build }]'), ['npm@a', 'go@b']],
    ["a phase's condition", 'name: x\ndefaults: { shell: sh }\nphases:\n  - { id: p, when: "run.attempt == 1", steps: [{ id: a, command: npm ci }] }\n  - { id: q, steps: [{ id: b, command: go build }] }\n', ['go@b']],
    ['forgiven', sh('{ id: a, command: npm ci, continue_on_error: true }\n{ id: b, command: go build, continue_on_error: false }'), ['go@b']],
    ['a forgiven group', sh('{ continue_on_error: true, parallel: [{ id: a, command: npm ci }] }'), []],
    ['costly', sh('{ id: a, command: npm ci, costly: true }'), []],
    ['a PATH of its own', sh('{ id: a, command: npm ci, env: { PATH: /x } }\n{ id: b, command: go build, env: { CI: "1" } }'), ['go@b']],
    ['a PATH for all', sh('{ id: a, command: npm ci }', 'env: { PATH: /x }\n'), []],
    ['a missing program is fine', sh('{ id: a, command: npm ci, ok_codes: [0, 127] }\n{ id: b, command: go build, ok_codes: [0, 1] }'), ['go@b']],
    ['cells', sh('{ id: a, command: "npm ci {{ matrix.x }}", matrix: { x: [1, 2] } }'), ['npm@a']],
    ['cells that may be none', sh('{ id: z, command: echo, outputs: { l: { written: true } } }\n{ id: a, command: npm ci, matrix: { x: "{{ fromJSON(z.outputs.l) }}" } }\n{ id: b, command: go build, matrix: { x: [1], exclude: [{ x: 1 }] } }'), []],
    ['a run that may end before', sh('{ id: a, command: npm ci }\n{ id: e, type: assert, condition: "run.attempt == 1", on_false: end }\n{ id: b, command: go build }'), ['npm@a']],
    ['finally comes all the same', `${sh('{ id: e, type: assert, condition: "run.attempt == 1", on_false: end }\n{ id: b, command: go build }')}finally: [{ id: f, command: docker ps }]\n`, ['docker@f']],
    ['what is done only sometimes', `${sh('{ id: b, command: go build, rollback: terraform destroy }')}cleanup: [{ id: f, command: docker ps }]\n`, ['go@b']],
    ['asked for in the script', sh('{ id: a, command: "command -v jq || exit 1; jq . x" }\n{ id: b, command: "if ! docker info; then x; fi; docker ps" }\n{ id: c, command: "yq || true; yq x" }'), []],
    ['asked for by an earlier step', sh('{ id: a, command: "command -v jq || ./get jq" }\n{ id: b, command: jq . x }'), []],
    ['brought by an earlier step', sh('{ id: a, command: npm ci }\n{ id: b, command: apt-get install -y jq }\n{ id: c, command: jq . x }\n{ id: d, command: npm test }'), ['npm@a', 'apt-get@b']],
    ['brought by the same script', sh('{ id: a, command: "curl -LO https://x/terraform.zip; unzip terraform.zip; terraform init" }'), ['curl@a', 'unzip@a']],
    ['brought later: no doubt', sh('{ id: a, command: jq . x }\n{ id: b, command: apt-get install -y jq }'), ['jq@a', 'apt-get@b']],
    ['brought later in the file, and perhaps earlier in time', sh('{ id: a, command: jq . x, needs: [b] }\n{ id: b, command: apt-get install -y jq }'), ['apt-get@b']],
    ['a script that cannot be read', sh('{ id: a, command: "echo \\"" }\n{ id: b, command: jq . x }'), []],
    ['a written check', sh('{ id: a, command: npm ci }\n{ id: b, command: docker ps }', 'preflight: [{ tool: npm, level: warning }, { env: docker }]\n'), ['docker@b']],
    ['a value for a name', sh('{ id: a, command: "{{ inputs.x }} ci" }', 'inputs: { x: { type: string, default: npm } }\n'), []],
    ['text that is no expression', sh('{ id: a, expressions: false, command: "docker ps --format {{.ID}}" }'), ['docker@a']],
  ])('%s', (_, text, expected) => expect(checksOf(text)).toEqual(expected));
});

test('no workflow of the language makes it fall over, and what it finds can be looked for', () => {
  const here = join(import.meta.dirname, '../../../test/conformance');
  const accepted = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((file) => /\/accepted[^/]*\.yml$/u.test(file));
  expect(accepted.length).toBeGreaterThan(300);
  const found = accepted.flatMap((file) => {
    const text = readFileSync(join(here, file), 'utf8');
    const { parsed } = parseForTest(text);
    if (parsed === undefined) return [];
    const ids = new Set(parsed.outline.steps.map(({ step }) => step.id.value));
    return findKnownChecks(parsed.outline).map(({ name, at, steps }) => ({ file, name, isFound: mayBeMissing(name), hasPlace: at[1] > at[0] && at[1] <= text.length, hasSteps: steps.length > 0 && steps.every((id) => ids.has(id)) }));
  });
  expect(found.length).toBeGreaterThan(50);
  expect(found.filter((each) => !each.isFound || !each.hasPlace || !each.hasSteps)).toEqual([]);
});
