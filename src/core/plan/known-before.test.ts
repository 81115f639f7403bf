import { createSourceText } from '../diagnostic/source-text.js';
import { parseWorkflow } from '../definition/parse-workflow.js';
import { objectOf } from '../expression/import-value.js';
import { unknownValue } from '../expression/unknown.js';
import { stepTypes } from '../../steps/index.js';
import type { Facts } from './known-before.js';
import { createPlanJudge, filesLater } from './known-before.js';
import { planWorkflow } from './plan-workflow.js';

const files: Facts['files'] = {
  ...filesLater,
  reader: { readText: () => ({ kind: 'missing' }), kindOf: (path) => (path === 'here' ? 'file' : 'missing'), sizeOf: () => undefined, digestOf: () => undefined, glob: () => [] },
};
const facts: Facts = {
  inputs: new Map<string, unknown>([['deploy', false], ['node', 22], ['list', ['a', 'b']]]),
  env: { HOME: '/home/x', MY_TOKEN: 'abc', GONE: undefined },
  github: () => objectOf({ ref: 'refs/heads/main' }),
  workspace: '/w',
  files,
  matches: (text, pattern) => new RegExp(pattern, 'u').test(text),
};

const head = `name: x
inputs:
  deploy: { type: boolean, default: true }
  node: { type: number, required: true }
  list: { type: json }
  open: { type: string, required: true }
  left: { type: string }
  made: { type: string, default: "from-{{ env.HOME }}" }
  round: { type: string, default: "{{ vars.round }}" }
secrets: [KEY]
vars: { region: eu, full: "{{ vars.region }}-{{ inputs.node }}", parts: { a: [1, "{{ vars.full }}"] }, round: "{{ inputs.round }}", ahead: "{{ vars.later }}", later: 1 }
env: { MODE: fast, HOME: "{{ env.HOME }}/sub" }
`;

function judge(text: string): (step: string) => string {
  const source = createSourceText('w.yml', text);
  const { parsed, diagnostics } = parseWorkflow(source, stepTypes);
  expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([]);
  if (parsed === undefined) throw new Error('not parsed');
  const planning = planWorkflow(parsed, source, createPlanJudge(parsed, facts));
  if (planning.kind === 'refused') throw new Error(planning.diagnostics.map(({ message }) => message).join());
  return (id) => {
    const phase = planning.plan.phases.find((each) => each.id === id);
    const when = phase === undefined ? [...planning.plan.phases.flatMap(({ steps }) => steps), ...planning.plan.finally].find((each) => each.id === id)?.when : phase.when;
    return `${String(when?.holds)}: ${when?.because ?? ''}`;
  };
}

test.each([
  ['inputs.deploy', 'false: inputs.deploy is false'],
  ['inputs.node > 20', 'true: inputs.node is 22'],
  ["inputs.open == 'x'", 'unknown: depends on inputs.open'],
  ["inputs.left == ''", 'true: inputs.left is null'],
  ["inputs.made == 'from-/home/x'", "true: inputs.made is 'from-/home/x'"],
  ["inputs.list[1] == 'b'", "true: inputs.list[1] is 'b'"],
  ["inputs.round == 'x'", 'unknown: depends on inputs.round'],
  ["vars.full == 'eu-22'", "true: vars.full is 'eu-22'"],
  ["vars.parts.a[1] == 'eu-22'", "true: vars.parts.a[1] is 'eu-22'"],
  ["vars.ahead == '1'", 'unknown: depends on vars.ahead'],
  ["env.MODE == 'fast'", "true: env.MODE is 'fast'"],
  ["env.HOME == '/home/x/sub'", "true: env.HOME is '/home/x/sub'"],
  ["env.MY_TOKEN != ''", 'unknown: depends on env.MY_TOKEN'],
  ["env.GONE == ''", 'true: env.GONE is null'],
  ["env.FROM_STEP == 'x'", 'unknown: depends on env.FROM_STEP'],
  ["env('HOME', '') == '/home/x/sub'", "true: env('HOME', '') is '/home/x/sub'"],
  ["env('NONE', 'y') == 'y'", "true: env('NONE', 'y') is 'y'"],
  ["github.ref == 'refs/heads/main'", "true: github.ref is 'refs/heads/main'"],
  ["github.event_name == 'push'", 'false: github.event_name is null'],
  ["run.workspace == '/w'", "true: run.workspace is '/w'"],
  ["run.id == '1'", 'unknown: depends on run.id'],
  ["secrets.KEY != ''", 'unknown: depends on secrets.KEY'],
  ["steps.first.outcome == 'succeeded'", 'unknown: depends on steps.first.outcome'],
  ["first.outcome == 'succeeded' && inputs.deploy", 'false: inputs.deploy is false'],
  ['budget.remaining_usd > 1', 'unknown: depends on budget.remaining_usd'],
  ["matches(vars.region, '^e')", "true: matches(vars.region, '^e') is true"],
  ['success()', 'unknown: depends on success()'],
  ['always()', 'true: always() is true'],
  ["exists('here')", "unknown: depends on exists('here')"],
  ["hashFiles('a') == ''", "unknown: depends on hashFiles('a')"],
  ["changed('a')", "unknown: depends on changed('a')"],
  ["baseline('a') > 1", "unknown: depends on baseline('a')"],
])('%s is %s', (condition, expected) => {
  const state = judge(`${head}steps:\n  - { id: first, command: x }\n  - { id: it, command: x, env: { FROM_STEP: "{{ steps.first.stdout }}" }, when: ${JSON.stringify(condition)} }\n`);
  expect(state('it')).toBe(expected);
});

test('env is that of the place: workflow, phase, group and step, the inner over the outer', () => {
  const state = judge(`name: x
env: { A: w, B: w, C: w, D: w }
phases:
  - id: p
    env: { B: "{{ env.B }}p" , C: p, D: p }
    when: env.B == 'wp'
    steps:
      - parallel:
          - { id: inner, command: x, env: { D: "{{ env.C }}{{ env.D }}s" }, when: "env.D == 'ggs' && env.A == 'w'" }
        env: { C: g, D: g }
      - { id: other, command: x, when: "env.D == 'p'" }
finally:
  - { id: last, command: x, when: "env.B == 'w'" }
`);
  expect([state('p'), state('inner'), state('other'), state('last')]).toEqual([
    "true: env.B is 'wp'",
    "true: env.D is 'ggs' and env.A is 'w'",
    "true: env.D is 'p'",
    "true: env.B is 'w'",
  ]);
});

test.each([
  ['the first phase and its first step', { step: '', phase: '' }, ['true', 'true']],
  ['another step that starts at once', { step: ', needs: []', phase: '' }, ['true', 'unknown']],
  ['another phase that starts at once', { step: '', phase: ', needs: []' }, ['unknown', 'unknown']],
])('files count as they are before everything else: %s', (_name, needs, first) => {
  const state = judge(`name: x
phases:
  - id: p
    when: exists('here')
    steps:
      - { id: a, command: x, when: exists('here') }
      - { id: b, command: x, when: exists('here')${needs.step} }
  - { id: q, when: exists('here'), steps: [{ id: c, command: x, when: exists('here') }]${needs.phase} }
`);
  expect(['p', 'a', 'b', 'q', 'c'].map((id) => state(id).split(':')[0])).toEqual([...first, 'unknown', 'unknown', 'unknown']);
});

test('a first step that reads another is not before everything else', () => {
  const state = judge(`name: x
steps:
  - { id: a, command: x, when: "exists('here') && b.exit_code == 0", needs: [] }
  - { id: b, command: x, needs: [] }
`);
  expect(state('a')).toBe("unknown: depends on exists('here') and b.exit_code");
});

test('the commit is asked for only where an expression names it', () => {
  const source = createSourceText('w.yml', 'name: x\nsteps: [{ id: a, command: x, when: "env.A == \'\'" }]\n');
  const { parsed } = parseWorkflow(source, stepTypes);
  if (parsed === undefined) throw new Error('not parsed');
  const asked: string[] = [];
  planWorkflow(parsed, source, createPlanJudge(parsed, { ...facts, github: () => (asked.push('github'), unknownValue) }));
  expect(asked).toEqual([]);
});
