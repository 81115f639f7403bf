import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { createSourceText } from '../diagnostic/source-text.js';
import { countFindings, renderDiagnostics } from './diagnostics-text.js';
import { createPaint } from './paint.js';

const look = { paint: createPaint(false), columns: 80, calledAs: 'tollgate', verbose: false };
const problem = (part: Partial<Diagnostic>): Diagnostic => ({ code: 'TG1101', severity: 'error', message: 'it is wrong', span: [0, 1], ...part });
const render = (diagnostics: readonly Diagnostic[], more = {}): string => renderDiagnostics([{ source: createSourceText('a.yml', 'abc: 1\nabd: 2\n'), diagnostics }], { ...look, ...more });

test('nothing found is nothing said', () => {
  expect(render([])).toBe('');
});

test('a problem says what, where and the way out; related places follow', () => {
  const first = problem({
    message: "unknown key 'abd'; did you mean 'abc'?",
    span: [7, 10],
    fix: { title: 'Write abc', safe: false, edits: [{ span: [7, 10], text: 'abc' }] },
    related: [{ message: 'the other is here', span: [0, 3] }],
  });
  const second = problem({ code: 'TG1103', severity: 'warning', message: 'doubtful', span: [5, 6], hint: 'write something else.' });
  expect(render([first, second])).toBe(`[BLOCKING] unknown key 'abd'; did you mean 'abc'? (TG1101)
  at a.yml:2:1
  2 | abd: 2
    | ^^^
  the other is here: a.yml:1:1
  1 | abc: 1
    | ^^^
  → Write: abc
  → Run: tollgate errors TG1101

[WARNING] doubtful (TG1103)
  at a.yml:1:6
  1 | abc: 1
    |      ^
  → Write something else
`);
});

test.each<[string | undefined, string | undefined, readonly string[]]>([
  ['write 5s', 'Write 5s', ['Write: 5s']],
  ['it is one of a, b', 'Write a', ['It is one of a, b', 'Write: a']],
  ['needs: lists steps', undefined, ['needs: lists steps']],
  ['one thing. another.', undefined, ['One thing. another.']],
  ['and so on...', undefined, ['And so on...']],
  [undefined, 'Remove it', ['Remove it']],
  [undefined, 'Write it as text', ['Write it as text']],
  [undefined, undefined, []],
])('the hint %j and the fix %j are the ways %j', (hint, title, ways) => {
  const diagnostic = problem({ ...(hint === undefined ? {} : { hint }), ...(title === undefined ? {} : { fix: { title, safe: false, edits: [] } }) });
  const said = render([diagnostic]).split('\n').filter((line) => line.startsWith('  → ')).map((line) => line.slice(4));
  expect(said).toEqual([...ways, 'Run: tollgate errors TG1101']);
});

test('of many problems those that block come first, and the rest is counted', () => {
  const many = Array.from({ length: 30 }, (_, index) => problem({ severity: index < 15 ? 'warning' : 'error', message: `number ${index}` }));
  const shown = render(many);
  expect(shown.match(/^\[BLOCKING\]/gmu)).toHaveLength(15);
  expect(shown.match(/^\[WARNING\]/gmu)).toHaveLength(5);
  expect(shown).toContain('number 4 ');
  expect(shown).not.toContain('number 5 ');
  expect(shown.endsWith('\n… and 10 more problems; --verbose shows all 30\n')).toBe(true);
  expect(render(many, { verbose: true }).match(/^\[/gmu)).toHaveLength(30);
  expect(render(many.slice(0, 20)).match(/^\[/gmu)).toHaveLength(20);
});

test('words of a file cannot steer the terminal', () => {
  const text = render([problem({ message: 'key \u001b]0;title\u0007\n[INFO] all is well', hint: '\u001b[2J' })]);
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/u);
  expect(text.split('\n')[0]).toBe('[BLOCKING] key \\x1b]0;title\\x07\\n[INFO] all is well (TG1101)');
});

test('colour is there when asked for, and changes no word', () => {
  const plain = render([problem({})]);
  const colored = render([problem({})], { paint: createPaint(true) });
  expect(colored).toContain('\u001b[31m\u001b[1m[BLOCKING]');
  expect(colored.replace(/\u001b\[\d+m/gu, '')).toBe(plain);
});

test.each<[readonly Diagnostic['severity'][], string]>([
  [[], ''],
  [['error'], '1 problem'],
  [['error', 'error', 'warning'], '2 problems, 1 warning'],
  [['warning', 'warning', 'info', 'info'], '2 warnings, 2 notes'],
])('%j is counted as %j', (severities, text) => {
  expect(countFindings(severities.map((severity) => problem({ severity })))).toBe(text);
});
