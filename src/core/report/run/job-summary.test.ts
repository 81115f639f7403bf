import fc from 'fast-check';
import { makeCellSummary, makeFailedRun, makeFailure, makePhaseSummary, makeRunSummary, makeStepSummary, makeSucceededRun } from '../../../../test/fakes/run-summary.js';
import type { PartStatus, RunSummary, StepSummary } from '../run-summary.js';
import { renderJobSummary } from './job-summary.js';
import type { StepNote } from './step-notes.js';

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');
const withoutPicture = (text: string): string => text.replace(/```mermaid\n[^`]*```/u, '(picture)');

test('a run that failed: the failure first, what to run, the verdict, the tables', () => {
  expect(withoutPicture(renderJobSummary(makeFailedRun(), { stepNotes: [{ step: 'review', markdown: 'All **good**.\n\n```\nopen' }] }))).toBe(`> [!CAUTION]
> **&#91;BLOCKING&#93;** build/authorizer: lambda zip not found at build/authorizer.zip (TG3102)<br>
> at <code>.github/tollgate/release.yml:41:7</code><br>
> → Run: <code>cd lambdas/authorizer &#38;&#38; bash build.sh</code><br>
> → Or: <code>tollgate run release --skip build.authorizer</code>

The last lines of build/authorizer (all of it: <code>.tollgate/runs/20260301-101500-4f2a/logs/authorizer.log</code>):

\`\`\`text
$ zip -r authorizer.zip dist
zip error: Nothing to do! (try: zip -r authorizer.zip . -i dist)
 100%
\`\`\`

**Run next:**

\`\`\`sh
tollgate run release --from authorizer
\`\`\`

## ❌ NO-GO — release failed after 42.3 s at build/authorizer

Run <code>20260301-101500-4f2a</code> · 1 of 7 steps cached · <span>$</span>0.31 · commit <code>0123456789ab</code> · by mona

### ✅ 1 prepare — GO, 3.1 s, $0.31

| | Step | Result | Time | Cached | Cost |
|---|---|---|--:|---|--:|
| ✅ | 1.1 install | succeeded | 84 ms | yes |  |
| ✅ | 1.2 review | succeeded | 3.0 s |  | $0.31 |
| ⚠️ | 1.3 spelling | failed, tolerated | 3.0 s |  |  |

### ❌ 2 build — NO-GO, 39.0 s

| | Step | Result | Time | Cached | Cost |
|---|---|---|--:|---|--:|
| ❌ | 2.1 authorizer | failed (3 attempts) | 38.9 s |  |  |
| – | 2.2 package | skipped: authorizer did not succeed |  |  |  |

### – 3 deploy — skipped: build is NO-GO

1 step, none of them started.

### finally

| | Step | Result | Time | Cached | Cost |
|---|---|---|--:|---|--:|
| ✅ | tidy | succeeded | 210 ms |  |  |

(picture)

### Warnings and notes

- **&#91;WARNING&#93;** prepare/spelling: the command ended with exit code 2 (TG3101)<br>
  at <code>.github/tollgate/release.yml:22:7</code><br>
  → Run: <code>npm run spell</code>

### Note of review

All **good**.

\`\`\`
open
\`\`\`
`);
});

test('artifacts are named as somebody takes them up', () => {
  const artifact = { name: 'a|b', reference: 'w/a|b@r', version: 'a'.repeat(64), files: 1, size: 3, path: null };
  const text = withoutPicture(renderJobSummary(makeRunSummary({ phases: [makePhaseSummary(1, 'all', { steps: [makeStepSummary('1.1', 'build', { artifacts: [artifact] })] })] }), { stepNotes: [] }));
  expect(text).toContain('### Artifacts\n\n| Artifact | Version | Files | Size | Named |\n|---|---|--:|--:|---|\n');
  expect(text.split('\n').find((line) => line.includes('aaaaaaaaaaaa'))).toBe('| <code>a&#124;b</code> | <code>aaaaaaaaaaaa</code> | 1 file | 3 bytes | <code>w/a&#124;b&#64;r</code> |');
});

test('a run that succeeded: the verdict first, its outputs and next steps', () => {
  const text = withoutPicture(renderJobSummary(makeSucceededRun(), { stepNotes: [{ step: 'x', markdown: ' \n' }] }));
  expect(text.split('\n', 1)).toEqual(['## ✅ GO — release succeeded in 42.3 s']);
  expect(text).toContain('| ✅ | 2.1 unit | succeeded (2 cells) | 38.9 s |  |  |\n| ✅ | ↳ node=20 | succeeded | 38.9 s |  |  |\n| ✅ | ↳ node=24 | succeeded (2 attempts) | 1.0 s |  |  |\n');
  expect(text.slice(text.indexOf('### Outputs'))).toBe(`### Outputs

| Output | Value |
|---|---|
| <code>version</code> | <code>1.4.2</code> |
| <code>report</code> | <code>htmlcov/index.html</code> |
| <code>counts</code> | <code>&#123;&#34;passed&#34;:412,&#34;failed&#34;:0&#125;</code> |

### Next steps

\`\`\`text
Open the report with: python3 -m webbrowser htmlcov/index.html
Then tag the release.
\`\`\`
`);
});

test('a failure without a way out names its page where it can be typed', () => {
  const run = makeRunSummary({ status: 'failed', verdict: null, failure: makeFailure({ hints: [] }) });
  expect(renderJobSummary(run, { stepNotes: [], calledAs: 'npx tollgate' })).toContain('> → Run: <code>npx tollgate errors TG3102</code>\n');
  expect(renderJobSummary(run, { stepNotes: [] })).not.toContain('→');
});

const hostile = '</code></details><img src=x onerror=alert(1)>\n\n# heading\n```\n|a|b|\n@team #12 [x](javascript:y) <!-- --> <details> `tick` \u202e\u001b[31m\u0000';

function hostileRun(): RunSummary {
  const failure = makeFailure({ message: hostile, file: hostile, hints: [hostile, `Run: ${hostile}`], code: hostile });
  const cell = makeCellSummary(hostile, { status: 'failed', failure, tail: [hostile] });
  const steps = [makeStepSummary('1.1', hostile, { name: hostile, status: 'failed', failure, tail: hostile.split('\n'), because: hostile, log: hostile, recovery: [hostile], warnings: [{ ...failure, severity: 'warning' }] }), makeStepSummary('1.2', hostile, { status: 'failed', cells: [cell] })];
  return makeFailedRun({ workflow: hostile, runId: hostile, actor: hostile, commit: hostile, partial: [hostile], outputs: { [hostile]: hostile }, nextSteps: hostile, nextCommand: hostile, phases: [makePhaseSummary(1, hostile, { name: hostile, because: hostile, status: 'failed', steps, failure })], messages: [failure] });
}

test('nothing from outside is markdown or HTML', () => {
  const text = renderJobSummary(hostileRun(), { stepNotes: [] });
  const outside = outsideOfFences(text).join('\n').replace(/<\/?code>|<br>|<span>\$<\/span>/gu, '').replace(/^> /gmu, '').replaceAll('[!CAUTION]', '');
  expect(outside).not.toMatch(/[<>`@[\]~_]|\\/u);
  expect(outside.replace(/&#\d+;|^#{2,3} /gmu, '')).not.toContain('#');
  expect(outside.match(/^#+ .*/gmu)?.every((line) => /^#{2,3} (?:❌|✅|finally|Outputs|Next steps|Warnings)/u.test(line))).toBe(true);
  for (const line of outside.split('\n')) if (line.startsWith('|')) expect([7, 3]).toContain(line.split('|').length - 1);
});

/** The lines that stand in no fence; that every fence is closed is asserted on the way. */
function outsideOfFences(text: string): readonly string[] {
  let fence: string | undefined;
  const outside: string[] = [];
  for (const line of text.split('\n')) {
    const mark = /^(`{3,})[a-z]*$/u.exec(line)?.[1];
    if (fence !== undefined) {
      if (mark === line && line.length >= fence.length) fence = undefined;
    } else if (mark !== undefined) fence = mark;
    else outside.push(line);
  }
  expect(fence).toBeUndefined();
  return outside;
}

const many = (count: number, part: (index: number) => Parameters<typeof makeStepSummary>[2] = () => ({})): RunSummary =>
  makeRunSummary({ phases: [makePhaseSummary(1, 'all', { steps: Array.from({ length: count }, (_, index) => makeStepSummary(`1.${index + 1}`, `step-${index + 1}`, part(index))) })] });

test('what does not fit is given up in order: the picture, the notes, the rows of what succeeded', () => {
  const run = many(100);
  const notes: readonly StepNote[] = [{ step: 'small', markdown: 'few words' }, { step: 'large', markdown: `\`\`\`\n${'line of a note\n'.repeat(2_000)}\`\`\`` }];
  const whole = renderJobSummary(run, { stepNotes: notes, limitBytes: 1_000_000 });
  const at = (limitBytes: number): string => renderJobSummary(run, { stepNotes: notes, limitBytes });
  expect(at(bytes(whole))).toBe(whole);
  const second = at(bytes(whole) - 1);
  expect(second).toContain('The picture of this run is left out');
  expect(second).toContain('line of a note\n```\n');
  expect(second).not.toContain('The rest of this note');
  const third = at(bytes(second) - 1);
  expect(third).toContain('### Note of small\n\nfew words\n');
  expect(third).toMatch(/line of a note\n```\n\n_The rest of this note had no room here._\n$/u);
  expect(third).toContain('| ✅ | 1.100 step-100 |');
  expect(bytes(third)).toBeGreaterThan(bytes(second) - 1_000);
  const bare = renderJobSummary(run, { stepNotes: [], limitBytes: bytes(renderJobSummary(run, { stepNotes: [] })) - 1 });
  const fourth = at(bytes(bare) + 300);
  expect(fourth).toContain('The notes of 2 steps had no room here.');
  expect(fourth).toContain('| ✅ | 1.100 step-100 |');
  const fifth = at(bytes(bare));
  expect(fifth).not.toContain('step-100');
  expect(fifth).toContain('\n\n100 steps succeeded.\n');
  expect(at(60)).toBe('## ✅ GO — release succeeded in 42.3 s\n');
});

test('of thousands of steps those that failed keep their rows', () => {
  const text = renderJobSummary(many(30_000, (index) => (index % 1_000 === 7 ? { status: 'cancelled' } : {})), { stepNotes: [] });
  expect(bytes(text)).toBeLessThanOrEqual(1_048_574);
  expect(text).toContain('| 🟡 | 1.8 step-8 | cancelled |');
  expect(text).toContain('\n\n29970 steps succeeded.\n');
});

test('10,000 steps with the worst of names stay within the limit', () => {
  const part = { id: hostile, name: hostile, because: hostile, status: 'failed', failure: makeFailure({ message: hostile, hints: [hostile] }), tail: [hostile] } as const;
  const text = renderJobSummary(many(10_000, () => part), { stepNotes: [] });
  expect(bytes(text)).toBeLessThanOrEqual(1_048_574);
  outsideOfFences(text);
});

test('a tail of megabytes is its last lines', () => {
  const text = renderJobSummary(many(1, () => ({ status: 'failed', failure: makeFailure(), tail: ['x'.repeat(2_000_000), ...Array<string>(1_000).fill('y')] })), { stepNotes: [] });
  expect(bytes(text)).toBeLessThan(5_000);
});

const status = fc.constantFrom<PartStatus[]>('pending', 'running', 'succeeded', 'failed', 'skipped', 'cancelled', 'indeterminate');
const text = fc.oneof(fc.string({ unit: fc.constantFrom('`', '```', '\n', '|', '<', '@', '~~~', 'é', '😀', '\ud800', '<!--', '<details>', 'a', ' ', '  '), maxLength: 80 }), fc.constant(hostile));
const failure = fc.option(fc.record({ message: text, code: text, hints: fc.array(text, { maxLength: 2 }), tolerated: fc.boolean() }).map((part) => makeFailure(part)));
const anyStep = fc.record({ id: text, status, name: fc.option(text), because: fc.option(text), failure, tail: fc.array(text, { maxLength: 3 }), attempts: fc.nat(3), recovery: fc.array(text, { maxLength: 1 }) });
const anyRun = fc.record({ workflow: text, status: fc.constantFrom<RunSummary['status'][]>('succeeded', 'failed', 'cancelled', 'paused', 'running'), failure, outputs: fc.dictionary(text, text, { maxKeys: 3 }), nextSteps: fc.option(text), nextCommand: fc.option(text) });
/** The steps over and over: large runs are described in few words. */
const anySize = fc.record({ steps: fc.array(anyStep, { minLength: 1, maxLength: 5 }), times: fc.constantFrom(1, 1, 3, 50, 300), tail: fc.constantFrom(0, 0, 2_000_000) });

function buildRun(part: Partial<RunSummary>, { steps, times, tail }: { readonly steps: readonly Partial<StepSummary>[]; readonly times: number; readonly tail: number }): RunSummary {
  const all = Array.from({ length: times }, () => steps).flat();
  return makeRunSummary({ ...part, phases: [makePhaseSummary(1, 'p', { steps: all.map((step, index) => makeStepSummary(`1.${index + 1}`, step.id ?? '', index === 0 && tail > 0 ? { ...step, tail: ['`'.repeat(tail)] } : step)) })] });
}

const anyNotes = fc.array(fc.record({ step: text, markdown: text, times: fc.constantFrom(1, 500) }), { maxLength: 4 });

test('whatever the run: within the limit to the byte, with its verdict, every fence closed', () => {
  fc.assert(
    fc.property(anyRun, anySize, anyNotes, fc.constantFrom(3_000, 20_000, 1_048_574), (part, size, notes, limitBytes) => {
      const run = buildRun(part, size);
      const stepNotes = notes.map(({ step, markdown, times }) => ({ step, markdown: markdown.repeat(times) }));
      const check = (limit: number): string => {
        const page = renderJobSummary(run, { stepNotes, limitBytes: limit });
        expect(bytes(page)).toBeLessThanOrEqual(limit);
        expect(page).toMatch(/^## (?:✅|❌|🟡|⏳) [A-Z-]+ — /mu);
        return page;
      };
      const page = check(limitBytes);
      const exact = bytes(page);
      for (const limit of [exact - 1, exact, exact + 1]) check(Math.max(2_600, limit));
      if (stepNotes.length === 0) outsideOfFences(page);
    }),
    { numRuns: 40 },
  );
});

test('phases that were not asked for are one line, however many there are', () => {
  const leftOut = Array.from({ length: 30 }, (_, at) => makePhaseSummary(at + 2, `p${at}`, { status: 'skipped', because: 'left out by --phases build' }));
  const text = renderJobSummary(makeRunSummary({ partial: ['--phases build'], phases: [makePhaseSummary(1, 'build'), ...leftOut, makePhaseSummary(40, 'own', { status: 'skipped', because: 'when' })] }), { stepNotes: [] });
  expect(text).toContain('\n\nLeft out by --phases build: 2 p0, 3 p1, ');
  expect(text).toContain(', 21 p19 and 10 more.\n\n');
  expect(text.split('\n').filter((line) => line.startsWith('### ')).map((line) => line.replace(/ — .*/u, ''))).toEqual([expect.stringContaining('1 build'), expect.stringContaining('40 own')]);
});
