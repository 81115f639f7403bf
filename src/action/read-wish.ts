import { cutText } from '../core/report/run/run-words.js';
import type { Selection } from '../core/run/selection/selection.js';
import type { JobHost } from '../ports/job-host.js';
import type { ActionInput, ActionInputName } from './inputs.js';
import { actionInputs } from './inputs.js';

/** What the step of a job asks for. */
export interface ActionWish {
  readonly workflow: string;
  /** The text of the workflow's own inputs: a map in YAML or JSON. */
  readonly inputs: string;
  readonly selection: Selection;
  readonly maxParallel: number | undefined;
  readonly preflight: 'on' | 'only' | 'off';
  readonly fix: boolean;
  readonly allowCostly: boolean;
  readonly summary: boolean;
  readonly report: boolean;
  readonly dryRun: boolean;
  readonly cache: 'on' | 'read' | 'off';
  readonly resume: 'auto' | 'never' | { readonly run: string };
  readonly markDone: readonly string[];
  readonly rerun: readonly string[];
  readonly reason: string | undefined;
  readonly comment: 'auto' | 'on' | 'off';
  readonly check: 'auto' | 'on' | 'off';
  readonly retentionDays: number | undefined;
  readonly encryptionKey: string;
  readonly token: string;
  /** JSON. */
  readonly matrixValues: string;
}

export interface InputProblem {
  readonly input: ActionInputName;
  readonly message: string;
}

/** The inputs of the step, or everything that is wrong with them. */
export function readWish(host: Pick<JobHost, 'input'>): { readonly wish: ActionWish; readonly problems: readonly InputProblem[] } {
  const problems: InputProblem[] = [];
  const given = new Map<ActionInputName, string>();
  for (const input of actionInputs) {
    const text = host.input(input.name);
    const problem = checkInput(input, text);
    if (problem !== undefined) problems.push({ input: input.name, message: problem });
    // Without action.yml's defaults, as a caller of the bundle may do, the same holds.
    else given.set(input.name, text === '' && !input.default.startsWith('${{') ? input.default : text);
  }
  const text = (name: ActionInputName): string => given.get(name) ?? '';
  const optional = (name: ActionInputName): string | undefined => (text(name) === '' ? undefined : text(name));
  const pairs = readPairs(text('set'));
  if (text('workflow') === '' && !problems.some(({ input }) => input === 'workflow')) problems.push({ input: 'workflow', message: 'name the workflow to run: its file, or its name' });
  return {
    problems,
    wish: {
      workflow: text('workflow'),
      inputs: text('inputs'),
      selection: { phases: readList(text('phases')), from: optional('from'), until: optional('until'), only: readList(text('only')), skip: readList(text('skip')), skipPhases: [], labels: optional('labels'), set: pairs },
      maxParallel: text('max-parallel') === '' ? undefined : Number(text('max-parallel')),
      preflight: text('preflight') === 'only' ? 'only' : text('preflight') === 'off' ? 'off' : 'on',
      fix: isOn(text('fix')),
      allowCostly: isOn(text('allow-costly')),
      summary: text('summary') !== 'off',
      report: text('report') === 'on',
      dryRun: isOn(text('dry-run')),
      resume: readResume(text('resume')),
      markDone: readList(text('mark-done')),
      rerun: readList(text('rerun')),
      reason: optional('reason'),
      comment: readFace(text('comment')),
      check: readFace(text('check')),
      retentionDays: text('artifact-retention-days') === '' ? undefined : Number(text('artifact-retention-days')),
      encryptionKey: text('encryption-key'),
      token: text('github-token'),
      matrixValues: text('matrix-values'),
      cache: text('cache') === 'off' ? 'off' : text('cache') === 'read' ? 'read' : 'on',
    },
  };
}

/** A long line holds a runner up. */
const mostShown = 200;

function checkInput({ form, default: usual, unbuilt }: ActionInput, text: string): string | undefined {
  if (text === '') return undefined;
  const given = cutText(text, mostShown);
  // The value itself is not repeated: it may be a key.
  if (unbuilt !== undefined && text !== usual) return `this is not built yet: ${unbuilt}. ${usual === '' ? 'Leave it out' : `Leave it out, or write '${usual}'`}`;
  if (form === 'switch') return /^(?:true|false)$/iu.test(text) ? undefined : `write true or false, not '${given}'`;
  if (form === 'count') return /^[1-9]\d{0,5}$/u.test(text) ? undefined : `write a whole number from 1 on, not '${given}'`;
  if (form === 'pairs') return splitLines(text).every((line) => /^[^=]+=/u.test(line)) ? undefined : 'write a line for each output: step.outputs.name=value';
  if (form === 'run') return /^(?:auto|never|\d{1,20})$/u.test(text) ? undefined : `write auto, never or the number of a run of GitHub's (it stands in the address of its page), not '${given}'`;
  if (form === 'key') return text.length >= 16 ? undefined : 'a key of fewer than 16 characters can be guessed; use a longer secret';
  if (form === 'json') return isJson(text) ? undefined : 'this is no JSON; leave it out, or write ${{ toJSON(matrix) }}';
  if (typeof form !== 'string') return form.includes(text) ? undefined : `write ${form.slice(0, -1).join(', ')} or ${form.at(-1) ?? ''}, not '${given}'`;
  return undefined;
}

function readResume(text: string): ActionWish['resume'] {
  return text === 'auto' || text === 'never' ? text : { run: text };
}

function readFace(text: string): 'auto' | 'on' | 'off' {
  return text === 'on' || text === 'auto' ? text : 'off';
}

function isOn(text: string): boolean {
  return /^true$/iu.test(text);
}

/** Names with commas or in lines. */
function readList(text: string): readonly string[] {
  return text.split(/[\n,]/u).map((name) => name.trim()).filter((name) => name !== '');
}

function splitLines(text: string): readonly string[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
}

function readPairs(text: string): Selection['set'] {
  return splitLines(text).map((line) => {
    const at = line.indexOf('=');
    return { name: line.slice(0, at).trim(), value: line.slice(at + 1) };
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
