import { writeFileSync } from 'node:fs';

/** One step: what a start costs. */
export function writeSmallWorkflow(file) {
  writeFileSync(file, 'name: one\nsteps:\n  - id: hello\n    command: echo hello\n');
  return file;
}

/** Steps in ten phases, each with a command, an expression, an input and an output; without its input nobody can say what a run would find. */
export function writeBigWorkflow(file, { steps, isInputGiven }) {
  const lines = ['name: big', 'inputs:', `  level: { type: string, ${isInputGiven ? 'default: low' : 'required: true'} }`, 'phases:'];
  const perPhase = Math.ceil(steps / 10);
  for (let step = 0; step < steps; step++) {
    if (step % perPhase === 0) lines.push(`  - id: phase_${step / perPhase}`, '    steps:');
    lines.push(`      - id: step_${step}`, `        command: cat in-${step}.txt | tr a-z {{ inputs.level }} > out-${step}.txt`, `        inputs: [in-${step}.txt]`, `        outputs: { file: out-${step}.txt }`, '        cache: true');
    if (step % 10 !== 0) lines.push(`        needs: [step_${step - (step % 10)}]`);
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}
