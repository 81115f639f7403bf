import type { PlannedNeed } from '../plan/plan.js';
import { sampleChain, samplePhase, samplePlan, sampleStep } from '../../../test/fakes/sample-plan.js';
import { createPaint } from './paint.js';
import { renderPlan } from './plan-text.js';
import { widthOf } from './visible-text.js';

const look = { paint: createPaint(false), columns: 80, background: new Set<string>() };
const need = (id: string, number: string, why: PlannedNeed['why'] = 'declared'): PlannedNeed => ({ id, number, why, orderOnly: false });

test('a plan shows phases, steps, brackets, limits, marks, reasons, gates and what comes at the end', () => {
  const plan = samplePlan({
    workflow: 'release',
    version: '2',
    description: 'Build and\nship.',
    preflight: [
      { kind: 'tool', text: 'node >=20', level: 'blocking' },
      { kind: 'run', text: 'git diff --quiet', level: 'warning' },
    ],
    phases: [
      samplePhase(1, 'build', {
        name: 'Build it',
        timeout: { kind: 'limit', limit: 1_800_000 },
        steps: [
          sampleStep('1.1', 'prepare', { wave: 1 }),
          sampleStep('1.2.1', 'unit', { wave: 2, group: '1.2', needs: [need('prepare', '1.1', 'order')], cached: true, effects: 'none' }),
          sampleStep('1.2.2', 'types', { wave: 2, group: '1.2', needs: [need('prepare', '1.1', 'order')], timeout: { kind: 'limit', limit: 300_000 } }),
          sampleStep('1.3', 'pack', { wave: 3, needs: [need('1.2', '1.2', 'order'), need('unit', '1.2.1', 'reference')] }),
        ],
      }),
      samplePhase(2, 'ship', {
        needs: ['build'],
        when: { text: 'inputs.ship', holds: false, because: 'inputs.ship is false' },
        steps: [
          sampleStep('2.1', 'server', { wave: 4 }),
          sampleStep('2.2', 'upload', { wave: 5, effects: 'once', when: { text: 'steps.pack.outcome == \'succeeded\'', holds: 'unknown', because: 'depends on steps.pack.outcome' }, needs: [need('server', '2.1', 'order'), need('pack', '1.3', 'reference')] }),
        ],
        gate: {
          criteria: [{ id: 'answers', proof: 'run', advisory: false }, { id: 'fast', proof: 'check', advisory: true }],
          approval: true,
          onNoGo: [sampleStep('2.no_go.1', 'undo', { wave: 6 })],
        },
      }),
      samplePhase(3, 'docs', { steps: [sampleStep('3.1', 'write', { wave: 1, name: 'Write them' })] }),
    ],
    finally: [sampleStep('finally.1', 'tidy', { wave: 7 })],
    cleanup: [sampleStep('cleanup.1', 'forget', { wave: 1 })],
  });
  expect(renderPlan(plan, { ...look, background: new Set(['server']) })).toBe(`release 2
Build and ship.
3 phases, 7 steps · time limit of the run 6h

0  pre-flight
   tool  node >=20
   run   git diff --quiet · warning

1  build · Build it · at most 30m
   1.1    prepare  shell  1h
 ┌ 1.2.1  unit     shell  1h  cached
 └ 1.2.2  types    shell  5m
   1.3    pack     shell  1h  reads unit

2  ship
   ✗ when inputs.ship — inputs.ship is false: the phase is skipped
   2.1  server   shell  1h  background
   2.2  upload   shell  1h  once · reads pack
        ? when steps.pack.outcome == 'succeeded' — depends on steps.pack.outcome
   ◇ gate  answers · run
           fast · check · advisory
           approval by people
   on NO-GO
   2.no_go.1  undo     shell  1h

3  docs · starts at once
   3.1  write    shell  1h  Write them

finally · whatever happened
   finally.1  tidy     shell  1h

cleanup · only when asked for
   cleanup.1  forget   shell  1h
`);
});

test('steps of one wave stand together, and what waits for some of them says so', () => {
  const steps = [
    sampleStep('1.1', 'a', { wave: 1 }),
    sampleStep('1.2', 'b', { wave: 2, needs: [need('a', '1.1')] }),
    sampleStep('1.3', 'c', { wave: 1 }),
    sampleStep('1.4', 'd', { wave: 2, needs: [need('c', '1.3', 'order')] }),
    sampleStep('1.5', 'e', { wave: 1 }),
  ];
  expect(renderPlan(samplePlan({ phases: [samplePhase(1, 'p', { steps })] }), look).split('\n').slice(4, 9)).toEqual([
    ' ┌ 1.1  a     shell  1h',
    ' │ 1.3  c     shell  1h',
    ' └ 1.5  e     shell  1h',
    ' ┌ 1.2  b     shell  1h  after a',
    ' └ 1.4  d     shell  1h  after c',
  ]);
});

test.each([
  [{ kind: 'later' } as const, '1 cell', ['   1.1  a     shell  1h  cells known during the run']],
  [{ kind: 'known', cells: [{ os: 'linux', node: 20 }] } as const, '', ['   1.1  a     shell  1h  1 cell', '        [os=linux,node=20]']],
  [{ kind: 'known', cells: [] } as const, '', ['   1.1  a     shell  1h  0 cells']],
])('the cells of a matrix: %j', (cells, _note, lines) => {
  const plan = samplePlan({ phases: [samplePhase(1, 'p', { steps: [sampleStep('1.1', 'a', { cells })] })] });
  expect(renderPlan(plan, look).split('\n').slice(4, -1)).toEqual(lines);
});

test.each([
  [true, 'inputs.x is 1', '✓ when inputs.x — inputs.x is 1'],
  [true, '', '✓ when inputs.x'],
  [false, 'inputs.x is 0', '✗ when inputs.x — inputs.x is 0: skipped'],
  ['failed', 'no value for inputs.x', '! when inputs.x — fails: no value for inputs.x'],
] as const)('a condition that %s because of %j', (holds, because, line) => {
  const plan = samplePlan({ phases: [samplePhase(1, 'p', { steps: [sampleStep('1.1', 'a', { when: { text: 'inputs.x', holds, because } })] })] });
  expect(renderPlan(plan, look)).toContain(`\n        ${line}\n`);
});

test('a long reason has a line of its own, and no line is wider than the terminal', () => {
  const when = { text: `inputs.a == '${'x'.repeat(60)}'`, holds: 'unknown', because: 'depends on inputs.a' } as const;
  const plan = samplePlan({ description: 'd'.repeat(100), phases: [samplePhase(1, 'p', { steps: [sampleStep('1.1', 'i'.repeat(40), { when, name: 'n'.repeat(90) })] })] });
  const lines = renderPlan(plan, look).split('\n');
  expect(lines).toContain('          — depends on inputs.a');
  for (const line of lines.filter((each) => !each.includes('iii'))) expect(widthOf(line)).toBeLessThanOrEqual(80);
});

test('names cannot steer the terminal', () => {
  const plan = samplePlan({ description: 'a\u001b[2J', phases: [samplePhase(1, 'p', { name: '\u001b]0;x\u0007', steps: [sampleStep('1.1', 'a', { name: 'b\u009bc\nd' })] })] });
  expect(renderPlan(plan, look)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/u);
});

test('10,000 steps are rendered in time', () => {
  const plan = samplePlan({ phases: Array.from({ length: 10 }, (_, index) => samplePhase(index + 1, `p${index}`, { steps: sampleChain(index + 1, 1000) })) });
  const started = performance.now();
  expect(renderPlan(plan, look).split('\n').length).toBeGreaterThan(10_000);
  expect(performance.now() - started).toBeLessThan(2000);
});
