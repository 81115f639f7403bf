import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../stage-sources.mjs';
import { code, generated, page, prose, table } from './markdown.mjs';

/** The inputs and outputs of the actions, as their action.yml describes them. */
export async function writeAction() {
  const { inputs, outputs } = parse(await readFile(join(root, 'action.yml'), 'utf8'));
  const all = Object.entries(inputs);
  const built = all.filter(([, { description }]) => !description.startsWith('Not built yet'));
  const later = all.filter((each) => !built.includes(each));
  const others = await Promise.all(['plan', 'verdict'].map(writeOther));
  return page(
    generated,
    '# The action',
    'Runs a workflow as a step of a job. What is said on this page is what `action.yml` says.',
    '```yaml\njobs:\n  release:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@<commit>\n      - id: release\n        uses: <owner>/tollgate@<commit>\n        with:\n          workflow: release\n          inputs: |\n            target: production\n      - run: echo "$URL"\n        env:\n          URL: ${{ fromJSON(steps.release.outputs.outputs).url }}\n```',
    'The job shows a group for each step, an annotation at the line of the workflow that a failure is about, and a page with the failure first, the phases and steps, and a picture of the run. Secrets that a workflow declares are read from `env` of the step.',
    'When a job is cancelled, everything that the run started is ended within six seconds. The `finally` steps run at the end of the job, also when the runner killed the step.',
    '## Inputs',
    listInputs(built),
    '## Inputs of what is not built yet',
    'They take their default and nothing else: a job that sets one is refused by its name, and nothing is passed over.',
    table(['input', 'default', 'what it is'], later.map(([name, { description, default: usual = '' }]) => [code(name), usual === '' ? '' : code(usual), prose(description)])),
    '## Outputs',
    'All of them are text. An output that holds a secret is named in a warning, because GitHub takes such values away without a word.',
    listOutputs(outputs),
    ...others.flat(),
  );
}

/** An action beside it, such as `tollgate/tollgate/plan`. */
async function writeOther(folder) {
  const { description, inputs, outputs } = parse(await readFile(join(root, folder, 'action.yml'), 'utf8'));
  return [`## \`${folder}\``, `${prose(description)} [On GitHub](github.md) shows how the three work together.`, listInputs(Object.entries(inputs)), listOutputs(outputs)];
}

function listInputs(inputs) {
  return table(['input', 'default', 'what it is'], inputs.map(([name, { description, default: usual = '', required = false }]) => [code(name), required ? 'required' : usual === '' ? '' : code(usual), prose(description)]));
}

function listOutputs(outputs) {
  return table(['output', 'what it is'], Object.entries(outputs).map(([name, { description }]) => [code(name), prose(description)]));
}
