import { collectCalls, collectUses } from './collect-uses.js';
import { parseExpression } from './parse-expression.js';

function usesOf(text: string): readonly string[] {
  const { expression } = parseExpression(text);
  if (expression === undefined) throw new Error(text);
  return collectUses(expression).map(({ context, path, at, exact }) => `${[context, ...path].join('/')}${exact ? '' : '/…'} [${text.slice(...at)}]`);
}

test.each([
  ["'x'", []],
  ['a', ['a [a]']],
  ['steps.build.outputs.zip', ['steps/build/outputs/zip [steps.build.outputs.zip]']],
  ["steps['build'][0].x", ["steps/build/0/x [steps['build'][0].x]"]],
  ['a[true]', ['a/true [a[true]]']],
  ['a[null].b', ['a/… [a[null].b]']],
  ['steps.*.outputs', ['steps/… [steps.*.outputs]']],
  ['steps.a.*', ['steps/a/… [steps.a.*]']],
  ['steps[matrix.x].outputs', ['matrix/x [matrix.x]', 'steps/… [steps[matrix.x].outputs]']],
  ['a.b[c.d[e]].f', ['e [e]', 'c/d/… [c.d[e]]', 'a/b/… [a.b[c.d[e]].f]']],
  ['f(a.b, !c) == d || e', ['a/b [a.b]', 'c [c]', 'd [d]', 'e [e]']],
  ['f(a).b[c]', ['a [a]', 'c [c]']],
  ['(a || b).c.*', ['a [a]', 'b [b]']],
  ['(a).b', ['a/b [(a).b]']],
])('uses of %s', (text, uses) => {
  expect(usesOf(text)).toEqual(uses);
});

test('calls are collected from the outside in, by the names of the table', () => {
  const { expression } = parseExpression("tojson(a[HASH('x', f())]) && !Nope() || g == h");
  expect(expression && collectCalls(expression)).toMatchObject([
    { name: 'toJSON', at: [0, 25], args: [{ kind: 'access' }] },
    { name: 'hash', at: [9, 23], args: [{ value: 'x' }, { kind: 'call' }] },
    { name: 'f', at: [19, 22], args: [] },
    { name: 'Nope', at: [30, 36], args: [] },
  ]);
});
