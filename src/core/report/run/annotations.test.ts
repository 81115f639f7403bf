import fc from 'fast-check';
import { makeCellSummary, makeFailedRun, makeFailure, makePhaseSummary, makeRunSummary, makeStepSummary } from '../../../../test/fakes/run-summary.js';
import type { FailureSummary, RunSummary } from '../run-summary.js';
import { renderAnnotations } from './annotations.js';

test('failures first, each beside its line, with the way out', () => {
  expect(renderAnnotations(makeFailedRun())).toEqual([
    '::error file=.github/tollgate/release.yml,line=41,col=7,title=build/authorizer (TG3102)::lambda zip not found at build/authorizer.zip%0A→ Run: cd lambdas/authorizer && bash build.sh%0A→ Or: tollgate run release --skip build.authorizer%0Adocs/errors.md#tg3102',
    '::warning file=.github/tollgate/release.yml,line=22,col=7,title=prepare/spelling (TG3101)::the command ended with exit code 2%0A→ Run: npm run spell%0Adocs/errors.md#tg3101',
  ]);
});

test.each<[string, Partial<FailureSummary>, string]>([
  ['a place without a column', { column: null }, '::error file=.github/tollgate/release.yml,line=41,title='],
  ['a file alone', { line: null, column: null }, '::error file=.github/tollgate/release.yml,title='],
  ['no place', { file: null }, '::error title=a/x (TG3102)::'],
  ['signs that end a property', { file: 'a,b:c%.yml' }, '::error file=a%2Cb%3Ac%25.yml,line='],
  ['signs that end a command', { message: '100%\r\n::set-output name=a::b' }, '::100%25%0A::set-output name=a::b%0A'],
  ['signs that hide', { message: 'a\u001b[31mb\u202e' }, String.raw`::a\x1b[31mb\u202e%0A`],
])('%s', (_name, part, expected) => {
  expect(renderAnnotations(runWith([makeFailure(part)]))[0]).toContain(expected);
});

test('ten of each kind, the severest first, and the tenth says how many more there are', () => {
  const failures = Array.from({ length: 12 }, (_, index) => makeFailure({ message: `f${index}` }));
  const messages = [...Array.from({ length: 11 }, (_, index) => makeFailure({ severity: 'info', message: `i${index}` })), ...Array.from({ length: 10 }, (_, index) => makeFailure({ severity: 'warning', message: `w${index}` }))];
  const lines = renderAnnotations({ ...runWith(failures), messages });
  expect(lines.map((line) => /^::\w+/u.exec(line)?.[0])).toEqual([...Array<string>(10).fill('::error'), ...Array<string>(10).fill('::warning'), ...Array<string>(10).fill('::notice')]);
  expect(lines[9]).toContain('%0A… and 2 more: the job summary');
  expect(lines.filter((line) => line.includes('… and'))).toHaveLength(2);
});

test('a message of 4,097 characters is cut to 4,096, and its page is still named', () => {
  const of = (length: number): string => unescape(/title=[^:]*::(.*)$/u.exec(renderAnnotations(runWith([makeFailure({ message: 'x'.repeat(length), hints: [] })]))[0] ?? '')?.[1] ?? '');
  const page = '\ndocs/errors.md#tg3102';
  expect(of(4_096 - page.length)).toBe(`${'x'.repeat(4_096 - page.length)}${page}`);
  expect(of(4_097 - page.length)).toBe(`${'x'.repeat(4_095 - page.length)}…${page}`);
  expect(of(1_000_000)).toHaveLength(4_096);
});

test('the failed cells of a matrix are named', () => {
  const cells = [makeCellSummary('node=20', { status: 'failed', failure: makeFailure() })];
  expect(renderAnnotations(makeRunSummary({ phases: [makePhaseSummary(1, 'a', { steps: [makeStepSummary('1.1', 'x', { status: 'failed', cells })] })] }))[0]).toContain('title=a/x[node=20] (TG3102)::');
});

test('whatever is said, each is one command on one line of the length that GitHub takes', () => {
  const text = fc.string({ unit: fc.constantFrom('\n', '\r', '%', ':', ',', '::', '##[', 'a', '%0A', '\u0000', '😀'), maxLength: 5_000 });
  fc.assert(
    fc.property(text, text, text, (message, hint, id) => {
      for (const line of renderAnnotations(runWith([makeFailure({ message, hints: [hint], file: id })], id))) {
        expect(line).toMatch(/^::error file=[^:,\r\n]*,line=41,col=7,title=[^:,\r\n]*::[^\r\n]*$/u);
        expect(unescape(line.slice(line.indexOf('::', 7) + 2)).length).toBeLessThanOrEqual(4_096);
      }
    }),
  );
});

function runWith(failures: readonly FailureSummary[], id = 'x'): RunSummary {
  return makeRunSummary({ status: 'failed', phases: [makePhaseSummary(1, 'a', { steps: failures.map((failure, index) => makeStepSummary(`1.${index + 1}`, id, { status: 'failed', failure })) })] });
}

/** As the runner reads it. */
function unescape(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
