import fc from 'fast-check';
import { anyRunSummary, hostileRun } from '../../../../test/fakes/any-run-summary.js';
import { makeFailedRun, makeFailure, makePhaseSummary, makeRunSummary, makeStepSummary, makeSucceededRun } from '../../../../test/fakes/run-summary.js';
import { createSourceText } from '../../diagnostic/source-text.js';
import type { RunSummary } from '../run-summary.js';
import type { CheckConclusion } from './check-run.js';
import { toCheckRun } from './check-run.js';

test('a run that failed: title, what failed, tables, and each problem beside its line', () => {
  const check = toCheckRun(makeFailedRun());
  expect(check.title).toBe('NO-GO — release failed after 42.3 s at build/authorizer');
  expect(check.conclusion).toBe('failure');
  expect(check.summary).toMatch(/^## ❌ NO-GO — .*\n\n> \[!CAUTION\]\n[^]*\*\*Run next:\*\*[^]*\| ❌ \| 2 build \| NO-GO \(2 steps, 1 failed\) \|[^]*by mona$/u);
  expect(check.text).toMatch(/^### ✅ 1 prepare — GO[^]*\| ❌ \| 2\.1 authorizer \| failed \(3 attempts\) \|[^]*### Warnings and notes/u);
  expect(check.annotations).toEqual([
    { path: '.github/tollgate/release.yml', startLine: 41, endLine: 41, startColumn: 7, endColumn: 7, level: 'failure', title: 'build/authorizer (TG3102)', message: 'lambda zip not found at build/authorizer.zip\n→ Run: cd lambdas/authorizer && bash build.sh\n→ Or: tollgate run release --skip build.authorizer\ndocs/errors.md#tg3102' },
    { path: '.github/tollgate/release.yml', startLine: 22, endLine: 22, startColumn: 7, endColumn: 7, level: 'warning', title: 'prepare/spelling (TG3101)', message: 'the command ended with exit code 2\n→ Run: npm run spell\ndocs/errors.md#tg3101' },
  ]);
});

test.each<[string, Partial<RunSummary>, CheckConclusion]>([
  ['succeeded with GO', { status: 'succeeded', verdict: 'go' }, 'success'],
  ['succeeded without gates', { status: 'succeeded', verdict: null }, 'success'],
  ['succeeded with NO-GO', { status: 'succeeded', verdict: 'no-go' }, 'failure'],
  ['of some steps', { status: 'succeeded', verdict: null, partial: ['only x'] }, 'neutral'],
  ['of some steps, with NO-GO', { status: 'succeeded', verdict: 'no-go', partial: ['only x'] }, 'failure'],
  ['ended early', { status: 'succeeded', verdict: 'go', endedEarly: { step: 'a', message: 'nothing to do' } }, 'success'],
  ['failed', { status: 'failed', verdict: null }, 'failure'],
  ['failed though the verdict is GO', { status: 'failed', verdict: 'go' }, 'failure'],
  ['cancelled', { status: 'cancelled', verdict: null }, 'cancelled'],
  ['paused', { status: 'paused', verdict: null }, 'action_required'],
  ['cut short', { status: 'running', verdict: null }, 'cancelled'],
])('a run that %s', (_name, part, expected) => {
  expect(toCheckRun(makeRunSummary(part)).conclusion).toBe(expected);
});

test('what is wrong with the workflow stands beside its line, over lines without columns', () => {
  const source = createSourceText('.github/tollgate/a.yml', 'name: a\nphases:\n  - id: x\n');
  const { annotations } = toCheckRun(makeSucceededRun(), { findings: [{ source, diagnostics: [{ code: 'TG3101', severity: 'warning', message: 'odd', hint: 'mend it', span: [6, 7] }, { code: 'TG3101', severity: 'error', message: 'wrong\u001b[1m', span: [8, 20] }] }] });
  expect(annotations).toEqual([
    { path: '.github/tollgate/a.yml', startLine: 2, endLine: 3, startColumn: 1, endColumn: 4, level: 'failure', title: 'TG3101', message: 'wrong\\x1b[1m\ndocs/errors.md#tg3101' },
    { path: '.github/tollgate/a.yml', startLine: 1, endLine: 1, startColumn: 7, endColumn: 7, level: 'warning', title: 'TG3101', message: 'odd\n→ mend it\ndocs/errors.md#tg3101' },
  ]);
});

const annotationsOf = (part: Parameters<typeof makeFailure>[0], run: Partial<RunSummary> = {}): ReturnType<typeof toCheckRun>['annotations'] => toCheckRun(makeRunSummary({ status: 'failed', verdict: 'no-go', failure: makeFailure(part), ...run })).annotations;

test('without a place of its own a problem stands at the head of the workflow; outside of the repository nowhere', () => {
  expect(annotationsOf({ file: null, line: null, column: null })).toMatchObject([{ path: '.github/tollgate/release.yml', startLine: 1, startColumn: null }]);
  expect(annotationsOf({ file: './src/a.ts', line: 3, column: null })).toMatchObject([{ path: 'src/a.ts', startLine: 3, startColumn: null }]);
  for (const file of ['/etc/passwd', '../a.yml', 'a/../../b', 'C:\\a.yml', '', 'a\nb']) expect(annotationsOf({ file })).toEqual([]);
});

test('of more problems than have room the severest stay, and the rest is counted', () => {
  const steps = Array.from({ length: 700 }, (_, index) => makeStepSummary(`1.${index + 1}`, `s${index}`, { warnings: [makeFailure({ severity: 'warning', message: `w${index}` })], ...(index >= 600 ? { status: 'failed' as const, failure: makeFailure({ message: `f${index}` }) } : {}) }));
  const { annotations, summary } = toCheckRun(makeRunSummary({ status: 'failed', verdict: 'no-go', phases: [makePhaseSummary(1, 'p', { steps })] }));
  expect(annotations).toHaveLength(500);
  expect(annotations.filter(({ level }) => level === 'failure')).toHaveLength(100);
  expect(summary).toContain('300 more problems have no room beside their lines');
});

test('nothing from outside is markup in a hostile run', () => {
  const { summary, text } = toCheckRun(hostileRun());
  for (const page of [summary, text]) {
    const outside = page.replace(/^(`{3,})[a-z]*\n[^]*?\n\1$/gmu, '').replace(/<\/?code>|<br>|<span>\$<\/span>/gu, '').replace(/^> /gmu, '').replaceAll('[!CAUTION]', '').replaceAll('**', '');
    expect(outside).not.toMatch(/[<>`@[\]~_*]|\\|https?:\/\/|www\./u);
  }
});

test('whatever the run: GitHub takes it', () => {
  fc.assert(
    fc.property(anyRunSummary, (run) => {
      const { title, summary, text, annotations, conclusion } = toCheckRun(run);
      expect(title).not.toMatch(/\p{Cc}/u);
      expect(Buffer.byteLength(title)).toBeLessThanOrEqual(255);
      for (const page of [summary, text]) expect(Buffer.byteLength(page)).toBeLessThanOrEqual(65_535);
      expect(summary).toMatch(/^## /u);
      if (conclusion === 'success') expect([run.status, run.verdict === 'no-go', run.partial.length]).toEqual(['succeeded', false, 0]);
      expect(annotations.length).toBeLessThanOrEqual(500);
      for (const { path, startLine, endLine, title: head, message } of annotations) {
        expect(path).toMatch(/^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))./u);
        expect(startLine).toBeGreaterThanOrEqual(1);
        expect(endLine).toBeGreaterThanOrEqual(startLine);
        expect(head.length).toBeLessThanOrEqual(255);
        expect(message).not.toBe('');
        expect(Buffer.byteLength(message)).toBeLessThanOrEqual(65_536);
      }
    }),
    { numRuns: 60 },
  );
});
