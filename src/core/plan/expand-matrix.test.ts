import { parseForTest } from '../../../test/rig/parse-text.js';
import { expandMatrix } from './expand-matrix.js';

const cellsOf = (matrix: string) => {
  const { parsed } = parseForTest(`name: m\nsteps:\n  - id: s\n    command: echo {{ matrix.a }}\n    matrix: ${matrix}\n`);
  const written = parsed?.outline.steps[0]?.step.matrix;
  if (written === undefined) throw new Error('the matrix was refused');
  return expandMatrix(written);
};

test.each([
  ['{ a: [1, 2] }', [{ a: 1 }, { a: 2 }]],
  ['{ a: [1, 2], b: [x] }', [{ a: 1, b: 'x' }, { a: 2, b: 'x' }]],
  ['{ a: [1, 2], b: [x, y], exclude: [{ a: 1, b: y }] }', [{ a: 1, b: 'x' }, { a: 2, b: 'x' }, { a: 2, b: 'y' }]],
  ['{ a: [1, 2], exclude: [{ a: 1 }, { a: 2 }] }', []],
  ['{ a: [1, 2], include: [{ a: 1, extra: true }] }', [{ a: 1, extra: true }, { a: 2 }]],
  ['{ a: [1], include: [{ a: 3 }] }', [{ a: 1 }, { a: 3 }]],
  ['{ a: [1, 2], include: [{ extra: 5 }] }', [{ a: 1, extra: 5 }, { a: 2, extra: 5 }]],
  ['{ include: [{ a: 1 }, { a: 2 }] }', [{ a: 1 }, { a: 2 }]],
  ['{ a: [] }', []],
])('%s', (matrix, cells) => {
  expect(cellsOf(matrix)).toEqual({ kind: 'cells', cells });
});

test('cells that an expression makes are known later', () => {
  expect(cellsOf('"{{ fromJSON(vars.list) }}"').kind).toBe('later');
  expect(cellsOf('{ a: "{{ fromJSON(env.A) }}" }').kind).toBe('later');
  expect(cellsOf('{ a: ["{{ env.A }}"] }').kind).toBe('later');
  expect(cellsOf('{ a: [1], include: [{ b: "{{ env.A }}" }] }').kind).toBe('later');
  expect(cellsOf('{ a: [[{ deep: "{{ env.A }}" }]] }').kind).toBe('later');
});

test('the number of cells has an end', () => {
  const ten = '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]';
  expect(cellsOf(`{ a: ${ten}, b: ${ten}, c: ${ten}, d: ${ten} }`).kind).toBe('cells');
  expect(cellsOf(`{ a: ${ten}, b: ${ten}, c: ${ten}, d: ${ten}, e: [1, 2] }`)).toEqual({ kind: 'too many', count: 20_000 });
});
