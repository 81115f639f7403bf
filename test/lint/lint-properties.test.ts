import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applySafeFixes } from '../../src/core/lint/apply-fixes.js';
import { readCommand } from '../../src/core/lint/commands/read-command.js';
import { mendWorkflow } from '../../src/core/lint/mend-workflow.js';
import { lintText } from './lint-text.js';

const long = process.env['LINT_LONG'] === '1';

const fragment = fc.constantFrom(
  'git push', 'gh pr create --fill', 'npm ci', 'npm publish', 'terraform apply', 'date', 'echo $RANDOM', 'docker login -p "$P_TOKEN"', 'curl -X POST https://x.example', 'aws s3 sync a s3://b',
  'jq ".{{ inputs.x }}" f', "awk '{{ inputs.x }}'", '{{ run.id }}', '{{ secrets.S }}', '{{ env.API_KEY }}', '{{ env.HOME }}', '{{ default(s0.outputs.o, 1) }}', '\\{{ x }}',
  '&&', '||', ';', '|', '\n', '# git push\n', '$(', ')', '`', '"', "'", '<<EOF\n', '\nEOF\n', '$((', '))', '${X:-y}', '${', '}', '((', 'if', 'then', 'fi', 'case x in', 'esac', 'bash -c', 'sudo', 'npx', 'env', '--', '-', '\\', 'é😀', '\u0000',
);
const sound = fc.array(fc.constantFrom('git push', 'make', 'gh pr create', 'npm ci', 'npm publish', 'terraform apply', 'date > x', 'echo "$RANDOM"', 'cat {{ inputs.x }}', 'echo \\{{ x }} {{ run.id }}', '(git push origin {{ inputs.x }})', 'V=$(git describe) make'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' && '));
const wild = fc.array(fragment, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(' '));
const command = fc.oneof({ weight: 4, arbitrary: sound }, { weight: 1, arbitrary: wild });

const fields = fc.subarray([
  'cache: true', 'effects: idempotent', 'retry: { attempts: 2 }', 'continue_on_error: true', 'inputs: [a, "src/**", "{{ inputs.x }}", { value: "{{ run.id }}" }]', 'outputs: { o: out.txt }', 'pass_env: [NPM_TOKEN, "AWS_*"]',
  'env: { X: "{{ run.id }}", HOME: "{{ env.HOME }}" }', 'secrets: [S]', 'cache_key: "{{ github.sha }}"', 'when: "inputs.x == \'1\'"', 'expressions: false', '# tollgate: allow TG4002 it is right here', '# tollgate: allow',
]);

/** A step in one of the ways in which people write them. */
const step = fc.record({ command, fields, style: fc.constantFrom('block', 'flow', 'literal', 'late', 'quoted') }).map(({ command: text, fields: more, style }) => (id: string): string => {
  const written = JSON.stringify(text);
  const lines = more.map((field) => `    ${field}\n`).join('');
  switch (style) {
    case 'flow': return `  - { id: ${id}, command: ${written}${more.filter((field) => !field.startsWith('#')).map((field) => `, ${field}`).join('')} }\n`;
    case 'literal': return `  - id: ${id} # a comment\n${lines}    command: |\n${text.replaceAll('\u0000', '').split('\n').map((line) => `      ${line}\n`).join('')}`;
    case 'late': return `  - command: ${written}\n${lines}    id: ${id}\n`;
    case 'quoted': return `  -   id: "${id}"\n${lines.replaceAll(/^ {4}/gmu, '      ')}      command: ${written}\n`;
    default: return `  - id: ${id}\n${lines}    command: ${written}\n`;
  }
});

const workflow = fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 5 }), crlf: fc.boolean(), proof: fc.boolean(), extra: fc.subarray(['outputs: { z: { type: file } }', 'vars: { v: 1 }', 'env: { R: "{{ run.id }}" }', 'pass_env: [A_SECRET]', 'defaults: { retry: { attempts: 3 } }']) }).map(({ steps, crlf, proof, extra }) => {
  const text = `name: w\ninputs: { x: { type: string } }\nsecrets: [S]\n${extra.map((line) => `${line}\n`).join('')}steps:\n${proof ? '  - { id: proof, type: assert, condition: "1 == 1" }\n' : ''}${steps.map((write, index) => write(`s${index}`)).join('')}`;
  return crlf ? text.replaceAll('\n', '\r\n') : text;
});

const lint = (text: string) => lintText(text, { fileExists: (path) => path.length % 2 === 0 });

test('lint never throws, points into the file, and its safe fixes leave a workflow', () => {
  const seen = { valid: 0, fixed: 0 };
  fc.assert(
    fc.property(workflow, (text) => {
      const linted = lint(text);
      for (const { span, message, fix } of linted.diagnostics) {
        expect(span[0] >= 0 && span[0] <= span[1] && span[1] <= text.length).toBe(true);
        expect(message).not.toMatch(/undefined|\[object/u);
        for (const edit of fix?.edits ?? []) expect(edit.span[0] >= 0 && edit.span[0] <= edit.span[1] && edit.span[1] <= text.length).toBe(true);
      }
      if (!linted.valid) return;
      seen.valid++;
      const mended = mendWorkflow(text, lint);
      if (mended.applied.length > 0) seen.fixed++;
      expect(mended.refused).toEqual([]);
      expect(mended.linting.valid).toBe(true);
      expect(mended.linting.diagnostics.filter(({ fix }) => fix?.safe === true)).toEqual([]);
      const left = linted.diagnostics.filter(({ fix }) => fix?.safe !== true).map(({ message }) => message).sort();
      expect(mended.linting.diagnostics.map(({ message }) => message).sort()).toEqual(left);
      expect(applySafeFixes(mended.text, mended.linting.diagnostics).text).toBe(mended.text);
    }),
    { numRuns: long ? 20_000 : 100 },
  );
  expect(seen.valid).toBeGreaterThan(15);
  expect(seen.fixed).toBeGreaterThan(3);
});

test('any text can be read as a command, and its places lie in it', () => {
  fc.assert(
    fc.property(fc.oneof(wild, fc.string({ maxLength: 60 })), fc.constantFrom('bash', 'sh'), (text, shell) => {
      const { calls, variables } = readCommand(text, shell);
      for (const { at } of [...calls, ...variables]) expect(at[0] >= 0 && at[0] <= at[1] && at[1] <= text.length).toBe(true);
    }),
    { numRuns: long ? 50_000 : 500 },
  );
});

const root = join(import.meta.dirname, '..', '..');

test.each(['workflows-examples', 'test/tour'])('every workflow of %s can be linted', (folder) => {
  for (const file of readdirSync(join(root, folder)).filter((name) => /\.ya?ml$/u.test(name))) {
    expect(() => lintText(readFileSync(join(root, folder, file), 'utf8'))).not.toThrow();
  }
});
