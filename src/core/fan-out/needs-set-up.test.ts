import { workflowForTest } from '../../../test/rig/play-part.js';
import { needsSetUp } from './needs-set-up.js';

/** What can be told of a step before its job is set up. */

function ask(step: string, { top = '', phase = '', group = '' } = {}): string {
  const inner = `{ id: s, ${step} }`;
  const { parsed } = workflowForTest(`name: w\n${top}\nphases: [{ id: p, ${phase} steps: [{ id: a, command: x }, ${group === '' ? inner : `{ parallel: [${inner}], ${group} }`}] }]`);
  return needsSetUp(parsed.outline.steps.find(({ step: { id } }) => id.value === 's')!, parsed.outline) ?? '';
}

test.each<[string, string, ...Parameters<typeof ask>]>([
  ['a plain step', '', 'command: x, cache: true'],
  ['an input and an output of another', '', 'command: "x {{ inputs.n }} {{ a.outcome }} {{ secrets.T }}"', { top: 'inputs: { n: { type: string } }\nsecrets: [T]' }],
  ['tools', 'tools', 'command: x, cache: { tools: [node --version] }'],
  ['pass_env', 'variables', 'command: x, pass_env: [HOME_*]'],
  ['pass_env of the phase', 'variables', 'command: x', { phase: 'pass_env: [A],' }],
  ['pass_env of the workflow', 'variables', 'command: x', { top: 'pass_env: [A]' }],
  ['names in cache.env', 'variables', 'command: x, cache: { env: [A] }'],
  ['env.X in its command', 'environment', 'command: "x {{ env.A }}"'],
  ['env.X in its condition', 'environment', 'command: x, when: env.A'],
  ['env.X in its inputs', 'environment', 'command: x, inputs: ["{{ env.A }}"]'],
  ['env by a name that is made', 'environment', 'command: "x {{ env[inputs.n] }}", env: { A: b }', { top: 'inputs: { n: { type: string } }' }],
  ['all of env', 'environment', 'command: "x {{ toJSON(env) }}", env: { A: b }'],
  ['the function env', 'environment', `command: "x {{ env('A', '') }}"`],
  ['a declared variable', '', 'command: "x {{ env.A }}"', { top: 'env: { a: b }' }],
  ['a declared variable that is made of an input', '', 'command: "x {{ env.A }}"', { top: 'inputs: { n: { type: string } }\nenv: { A: "{{ inputs.n }}" }' }],
  ['a variable of the workflow that reads another', 'environment', 'command: x', { top: 'env: { A: "{{ env.B }}" }' }],
  ['a variable that reads its namesake outside', 'environment', 'command: x', { top: 'env: { A: "{{ env.A }}" }' }],
  ['a variable that reads its namesake around it', '', 'command: x, env: { A: "{{ env.A }}" }', { top: 'env: { A: b }' }],
  ['a variable of the phase', 'environment', 'command: x', { phase: 'env: { A: "{{ env.B }}" },' }],
  ['the condition of the phase', 'environment', 'command: x', { phase: 'when: env.A,' }],
  ['the condition of its group', 'environment', 'command: x', { group: 'when: env.A' }],
  ['a constant that reads the environment', 'environment', 'command: "x {{ vars.v }}"', { top: 'vars: { v: "{{ env.A }}" }' }],
  ['a constant that does not', '', 'command: "x {{ vars.v }}"', { top: 'vars: { v: b }' }],
  ['a constant that nobody reads', '', 'command: x', { top: 'vars: { v: "{{ env.A }}" }' }],
  ['its rollback and recovery, which come later', '', 'command: x, rollback: "y {{ env.A }}", recovery: ["see {{ env.B }}"]'],
])('%s', (_name, word, ...asked) => {
  const because = ask(...asked);
  if (word === '') expect(because).toBe('');
  else expect(because).toContain(word);
});
