import { parseForTest, summarize } from '../../../../test/rig/parse-text.js';
import { stepTypes } from '../../../steps/index.js';
import { findUnbuilt } from './find-unbuilt.js';

function refusals(text: string): readonly string[] {
  const { parsed, diagnostics } = parseForTest(text);
  expect(summarize(text, diagnostics)).toEqual([]);
  if (parsed === undefined) throw new Error('not parsed');
  const found = findUnbuilt(parsed.outline, { version: '9.9.9', types: stepTypes });
  expect(found.every(({ code, severity, message }) => code === 'TG2901' && severity === 'error' && message.endsWith(' is not built yet in tollgate 9.9.9'))).toBe(true);
  return summarize(text, found).map((line) => line.replace('TG2901 ', '').replace(' is not built yet in tollgate 9.9.9', ''));
}

const step = '{ id: a, command: x }';

test.each<[string, string, readonly string[]]>([
  ['nothing but a step', `name: x\nsteps: [${step}]\n`, []],
  ['what only describes, selects or shapes the GitHub workflow', `name: x\ndescription: d\nversion: 1\non: push\nschedule: [{ cron: "0 9 * * *" }]\ngithub: { runs_on: ubuntu-latest }\nnext_steps: go\nsteps: [{ id: a, name: A, description: d, labels: [slow], recovery: [wait], command: x }]\n`, []],
  ['clean-up is no part of a run', `name: x\nsteps: [${step}]\ncleanup: [{ id: b, command: x }]\n`, []],
  ['switches that are off', 'name: x\nsteps: [{ id: a, command: x, background: false, cache: false, artifacts: false, continue_on_error: false, costly: false, retry: { attempts: 1 }, effects: idempotent }]\n', []],
  [
    'a step with everything',
    `name: x
secrets: [S]
steps:
  - id: a
    command: x
    matrix: { n: [1] }
    retry: { attempts: 2 }
    cache: true
    continue_on_error: true
    locks: [db]
    cost: { usd: 1 }
    costly: true
    artifacts: true
    rollback: undo
    secrets: [S]
    budget: { usd: 1 }
  - { id: a2, command: x, effects: once, background: true }
  - { id: a3, command: x, cache_key: k, rollback: [{ id: r, command: x }] }
  - parallel: [{ id: a4, command: x }]
`,
    [
      "11:13 the cost of 'a'",
      "12:13 costly of 'a'",
      "14:15 the rollback of 'a'",
      "16:15 the budget of 'a'",
      "18:11 the rollback of 'a3'",
    ],
  ],
  ['what speaks of earlier runs and of money', `name: x\nsteps: [{ id: a, command: x, when: "changed('src/**')" }, { id: b, command: "echo {{ budget.spent_usd }} {{ baseline('lines') }}" }]\n`, ['2:36 the function changed()', '2:77 the context budget', '2:77 the function baseline()']],
  [
    'a workflow with everything',
    `name: x
outputs: { o: { value: 1 } }
defaults: { retry: { attempts: 2 } }
concurrency: { group: g }
budget: { usd: 5 }
protect: [tests]
preflight: [{ tool: git }]
profiles: { p: {} }
services: { s: {} }
notify: me
resume_when: "true"
step_types: { mine: ./mine.mjs }
phases:
  - id: p
    budget: { usd: 1 }
    protect: { paths: [a] }
    steps: [{ id: a, type: claude_code, prompt: p }]
    gate: { criteria: [{ id: c, run: x }], protect: [b] }
finally: [{ id: f, type: mine }]
`,
    [
      '5:11 the budget of the run',
      '6:11 protecting files',
      '8:11 profiles',
      '9:11 services',
      '10:9 notify',
      '11:14 resume_when',
      "12:15 the step type 'mine' of your own",
      "15:15 the budget of phase 'p'",
      "16:16 protecting files in phase 'p'",
      "17:19 step type 'claude_code' of 'a'",
      "18:13 the gate of phase 'p'",
      "18:54 protecting files at the gate of 'p'",
      "19:17 step type 'mine' of 'f'",
    ],
  ],
])('%s', (_name, text, expected) => {
  expect(refusals(text)).toEqual(expected);
});
