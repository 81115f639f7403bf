import type { Paint } from './paint.js';
import { counted } from './plan-words.js';
import { cutToWidth, escapeHidden, widthOf } from './visible-text.js';
import type { InputSummary, PhaseSummary, WorkflowSummary } from './workflow-summary.js';

/** A workflow as a person meets it, and the lines to copy that call it. */
export interface WorkflowCalls {
  readonly file: string;
  /** The command lines, with what has to be given. */
  readonly commands: readonly string[];
  /** The step of a GitHub workflow. */
  readonly uses: readonly string[];
}

export interface WorkflowLook {
  readonly paint: Paint;
  readonly columns: number;
}

export function renderWorkflow(summary: WorkflowSummary, calls: WorkflowCalls, look: WorkflowLook): string {
  const { paint } = look;
  const version = summary.version === null ? '' : ` ${summary.version}`;
  const lines = [
    `${paint.strong(escapeHidden(`${summary.name}${version}`))}  ${paint.faint(escapeHidden(calls.file))}`,
    ...(summary.description === null ? [] : [escapeHidden(oneLine(summary.description))]),
    ...section('inputs', summary.inputs.map((input) => [input.name, describeInput(input), input.description ?? '']), look),
    ...section('secrets', summary.secrets.map(({ name, required, description }) => [name, required ? 'required' : 'optional', description ?? '']), look),
    ...section('outputs', summary.outputs.map(({ name, type, description }) => [name, type ?? '', description ?? '']), look),
    ...section('phases', summary.phases.map((phase) => [`${phase.number} ${phase.id}`, describePhase(phase), phase.description ?? phase.name ?? '']), look),
    '',
    paint.strong('call it'),
    ...calls.commands.map((line) => `  ${escapeHidden(line)}`),
    '',
    paint.strong('in a GitHub workflow'),
    ...calls.uses.map((line) => `  ${escapeHidden(line)}`),
  ];
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

/** «number, 90 when nothing is said, from 0 to 100». */
export function describeInput(input: InputSummary): string {
  const range =
    input.min !== null && input.max !== null ? [`from ${input.min} to ${input.max}`] : input.min !== null ? [`at least ${input.min}`] : input.max !== null ? [`at most ${input.max}`] : [];
  return [
    input.options === null ? input.type : `one of ${input.options.map(String).join(', ')}`,
    ...(input.required ? ['required'] : []),
    ...(input.default === null ? [] : [`default ${typeof input.default === 'string' ? input.default || "''" : JSON.stringify(input.default)}`]),
    ...range,
    ...(input.pattern === null ? [] : [`matches ${input.pattern}`]),
    ...(input.from === null ? [] : [`from ${input.from}`]),
  ].join(', ');
}

function describePhase({ steps, criteria, approval }: PhaseSummary): string {
  const proofs = [...criteria.map(({ id, advisory }) => `${id}${advisory ? ' (advisory)' : ''}`), ...(approval ? ['approval'] : [])];
  return `${counted(steps, 'step', 'steps')}${proofs.length === 0 ? '' : ` ◇ ${proofs.join(', ')}`}`;
}

function section(title: string, rows: readonly (readonly [string, string, string])[], { paint, columns }: WorkflowLook): readonly string[] {
  if (rows.length === 0) return [];
  const shown = rows.map(([name, kind, note]) => [escapeHidden(name), escapeHidden(oneLine(kind)), escapeHidden(oneLine(note))] as const);
  const names = Math.max(...shown.map(([name]) => widthOf(name)));
  const kinds = Math.min(36, Math.max(...shown.map(([, kind]) => widthOf(kind))));
  const lines = shown.flatMap(([name, kind, note]) => {
    const head = `  ${pad(name, names)}  ${widthOf(kind) > kinds ? kind : pad(kind, kinds)}`;
    const room = columns - widthOf(head) - 2;
    if (note === '' || room >= Math.min(24, widthOf(note))) return [`${head}  ${paint.faint(cutToWidth(note, Math.max(1, room)))}`];
    return [head, `${' '.repeat(names + 4)}${paint.faint(cutToWidth(note, columns - names - 4))}`];
  });
  return ['', paint.strong(title), ...lines];
}

function pad(text: string, width: number): string {
  return `${text}${' '.repeat(Math.max(0, width - widthOf(text)))}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
