import type { DiagnosticCode } from '../../src/core/diagnostic/codes.js';
import { definitionPages } from '../../src/core/definition/shape/definition-pages.js';
import { planPages } from '../../src/core/plan/plan-pages.js';
import { hasErrors } from '../../src/core/definition/parse-workflow.js';
import { planForTest } from '../rig/parse-text.js';

/** Pieces of a workflow, told apart by how they begin, made into whole ones. */
function complete(piece: string): string | undefined {
  const indented = (spaces: number): string => piece.replace(/^/gmu, ' '.repeat(spaces));
  if (/^name:/u.test(piece)) return `${piece}\n`;
  if (/^steps:|^secrets:/u.test(piece)) return `name: demo\n${piece}\n`;
  if (/^- \{ cron/u.test(piece)) return `name: demo\nschedule:\n${indented(2)}\nsteps: [{ id: a, command: x }]\n`;
  if (/^- /u.test(piece)) return `name: demo\nsteps:\n${indented(2)}\n`;
  if (/^gate:/u.test(piece)) return `name: demo\nphases:\n  - id: p\n    steps: [{ id: a, command: x }]\n${indented(4)}\n`;
  if (/^(?:node|pattern):/u.test(piece)) return `name: demo\ninputs:\n${piece.startsWith('pattern') ? `  x:\n    type: string\n${indented(4)}` : indented(2)}\nsteps: [{ id: a, command: x }]\n`;
  if (/^command:/u.test(piece)) return `name: demo\nsteps:\n  - id: a\n${indented(4)}\n`;
  if (/^(?:timeout|needs|effects|retry|outputs|matrix):/u.test(piece) && !piece.includes('…')) return `name: demo\nsteps:\n  - { id: build, command: x }\n  - id: a\n    command: x\n${indented(4)}\n`;
  return undefined;
}

function codesOf(text: string): readonly string[] {
  const { parsing, planning } = planForTest(text);
  return [...parsing.diagnostics, ...(planning?.diagnostics ?? [])].map(({ code }) => code);
}

const examples = Object.entries({ ...definitionPages, ...planPages }).flatMap(([code, { example }]): [DiagnosticCode, string, string][] => {
  const [wrong, right] = [complete(example?.wrong ?? ''), complete(example?.right ?? '')];
  return wrong === undefined || right === undefined ? [] : [[code as DiagnosticCode, wrong, right]];
});

test.each(examples)('the example of %s has the problem, and what to write instead has none', (code, wrong, right) => {
  expect(codesOf(wrong)).toContain(code);
  const { parsing, planning } = planForTest(right);
  expect([...parsing.diagnostics, ...(planning?.diagnostics ?? [])].map(({ message }) => message)).toEqual([]);
  expect(hasErrors(parsing.diagnostics)).toBe(false);
});

test('only examples of calls and of what is too large to write are not tried', () => {
  const untried = Object.entries({ ...definitionPages, ...planPages }).filter(([code, { example }]) => example !== undefined && !examples.some(([tried]) => tried === code));
  expect(untried.map(([code]) => code)).toEqual(['TG1301', 'TG1302', 'TG1303', 'TG1304', 'TG1305', 'TG1306', 'TG1307', 'TG1308', 'TG2204']);
});
