import { describe, expect, test } from '@jest/globals';
import { cases } from '../../../test/hand-over/cases.js';
import type { Expected } from '../../../test/hand-over/cases.js';
import { partsOf } from '../../../test/hand-over/parts-of.js';
import { handOver, refuseShell } from './hand-over.js';
import type { HandOverResult } from './hand-over.js';
import { DEEPEST } from './reading.js';

const said = (command: string): string => JSON.stringify(show(handOver(partsOf(command), 'bash')));

function show(result: HandOverResult): Expected {
  if (result.kind === 'refused') return result.refusals.map(({ code, at, message }) => `${code} @${at[0]} ${message}`);
  const { script, variables } = result.ok;
  const kinds = variables.map(({ as }) => as[0]).join('');
  return kinds.includes('i') ? { script, kinds } : script;
}

describe('each place of shell text', () => {
  test.each(cases.map(([command, bash, sh]) => ({ command, bash, sh })))('$command', ({ command, bash, sh }) => {
    expect(show(handOver(partsOf(command), 'bash'))).toEqual(bash);
    expect(show(handOver(partsOf(command), 'sh'))).toEqual(sh ?? bash);
  });
});

test('a command without values is passed as it is, readable or not', () => {
  expect(handOver([{ kind: 'text', text: 'echo "$(' }, { kind: 'text', text: '\0' }], 'bash')).toEqual({ kind: 'ok', ok: { script: 'echo "$(\0', variables: [] } });
  expect(handOver([], 'sh')).toEqual({ kind: 'ok', ok: { script: '', variables: [] } });
});

test('a variable knows the part, the type and the place of its value', () => {
  const result = handOver(partsOf('echo ‹› # ‹›\n(( ‹n› )); x=‹b›'), 'bash');
  expect(result).toEqual({
    kind: 'ok',
    ok: {
      script: 'echo "${TOLLGATE_V1}" # \n(( ${TOLLGATE_V2} )); x="${TOLLGATE_V3}"',
      variables: [
        { name: 'TOLLGATE_V1', part: 1, as: 'text', type: 'other', at: [5, 7] },
        { name: 'TOLLGATE_V2', part: 5, as: 'integer', type: 'number', at: [16, 19] },
        { name: 'TOLLGATE_V3', part: 7, as: 'text', type: 'boolean', at: [26, 29] },
      ],
    },
  });
});

test('a NUL in the text is refused', () => {
  expect(show(handOver(partsOf('echo \0 ‹›'), 'bash'))).toEqual(['TG2112 @7 it cannot be told where this value stands: the command holds a NUL character']);
});

test.each([
  ['( ', ' )'], ['{ ', '; }'], ['$( ', ' )'], ['"$(', ')"'], ['if ', '; then :; fi'], ['echo ${x:-', '}'], ['echo $((', '))'], ['f() { ', '; }'], ['! ', ''],
])('nesting of %j is read as deep as %# levels allow, and then refused', (open, close) => {
  const nest = (depth: number) => said(`${open.repeat(depth)}x${close.repeat(depth)}; echo ‹›`);
  expect(nest(DEEPEST + 1)).toContain(`it is nested more than ${DEEPEST} levels deep`);
  expect(nest(5)).not.toContain('levels deep');
});

test('exactly the deepest nesting passes', () => {
  const nest = (depth: number) => handOver(partsOf(`${'( '.repeat(depth)}echo ‹›${' )'.repeat(depth)}`), 'bash').kind;
  expect([nest(DEEPEST), nest(DEEPEST + 1)]).toEqual(['ok', 'refused']);
});

test('too many functions, and too many texts for the name of a program, are refused', () => {
  expect(said(`${Array.from({ length: 301 }, (_, index) => `f${index}() { :; }\n`).join('')}echo ‹›`)).toContain('more than 300 functions');
  expect(handOver(partsOf(`${Array.from({ length: 300 }, (_, index) => `f${index}() { :; }\n`).join('')}echo ‹›`), 'bash').kind).toBe('ok');
  expect(said(`${'c=a;'.repeat(101)}$c ‹›`)).toContain('is set more than 100 times');
  expect(handOver(partsOf(`${'c=a;'.repeat(100)}$c ‹›`), 'bash').kind).toBe('ok');
});

test('each refusal names the way out', () => {
  const hints = new Map(cases.flatMap(([command]) => {
    const result = handOver(partsOf(command), 'bash');
    return result.kind === 'refused' ? result.refusals.map(({ code, hint }) => [code, hint] as const) : [];
  }));
  expect([...hints].sort(([a], [b]) => (a < b ? -1 : 1))).toMatchSnapshot();
  for (const hint of hints.values()) expect(hint).toContain('`env:`');
});

test('another shell is refused for each value', () => {
  expect(refuseShell(partsOf('a ‹› ‹n›'), 'pwsh')).toEqual([[2, 4], [5, 8]].map((at) => ({
    code: 'TG2115', at, message: 'a value cannot be handed to `pwsh`: only bash and sh are known well enough', hint: 'use `shell: bash` and call pwsh from it: pwsh script {{ … }}; or name the value under `env:`',
  })));
});
