import type { ParsedWorkflow } from '../../core/definition/parse-workflow.js';
import type { ShellText } from '../../core/definition/shape/setting.js';
import { isPlain } from '../../core/expression/coerce-value.js';
import { evaluate } from '../../core/expression/evaluate.js';
import type { EvaluationWorld } from '../../core/expression/evaluation-world.js';
import type { Failure } from '../../core/run/failure.js';
import { renderVariables } from '../../core/script/render-variables.js';
import type { ScriptValue } from '../../core/script/script-part.js';

export interface ShellCommand {
  readonly file: 'bash' | 'sh';
  readonly args: readonly string[];
  /** The values of its expressions, which its script refers to. */
  readonly env: Readonly<Record<string, string>>;
}

export type PreparedCommand = { readonly kind: 'ready'; readonly command: ShellCommand } | { readonly kind: 'failed'; readonly failure: Failure };

const flags = { bash: ['--noprofile', '--norc', '-eo', 'pipefail', '-c'], sh: ['-e', '-c'] } as const;

/** Shell text as the shell gets it: the text stays what it is, the values go by the environment. */
export function prepareCommand(text: ShellText, shell: 'bash' | 'sh', at: { readonly parsed: ParsedWorkflow; readonly world: EvaluationWorld }): PreparedCommand {
  const script = at.parsed.scripts.get(text);
  if (script === undefined) return ready(shell, text.template.map((part) => (part.kind === 'text' ? part.text : '')).join(''), {});
  const values: (ScriptValue | undefined)[] = [];
  for (const part of text.template) {
    if (part.kind === 'text') {
      values.push(undefined);
      continue;
    }
    const made = evaluate(part.expression, at.world);
    if (made.kind === 'failed') return fail({ code: 'TG3107', message: made.message }, text);
    if (made.kind === 'unknown') return fail({ code: 'TG3107', message: `it depends on ${made.because.join(', ')}, which this run does not know` }, text);
    if (!isPlain(made.value)) return fail({ code: 'TG3107', message: 'a list or object cannot stand in a command: use join() or toJSON()' }, text);
    values.push(made.value);
  }
  const rendered = renderVariables(script, values);
  if (rendered.kind === 'ok') return ready(shell, script.script, rendered.environment);
  const [problem] = rendered.problems;
  return fail({ code: problem?.code ?? 'TG3107', message: `${nameOf(text, problem?.at)}${problem?.message ?? ''}`, hint: problem?.hint }, text);
}

function nameOf(text: ShellText, at: readonly [number, number] | undefined): string {
  return at === undefined ? '' : `${text.whole.slice(...at)}: `;
}

function ready(file: 'bash' | 'sh', script: string, env: Readonly<Record<string, string>>): PreparedCommand {
  return { kind: 'ready', command: { file, args: [...flags[file], script], env } };
}

function fail({ code, message, hint }: { readonly code: Failure['code']; readonly message: string; readonly hint?: string | undefined }, text: ShellText): PreparedCommand {
  return { kind: 'failed', failure: { kind: 'expression', code, message, at: text.at, hints: hint === undefined ? [] : [hint.charAt(0).toUpperCase() + hint.slice(1)] } };
}

/** The shell of a step's command: its own, the workflow's, else bash. */
export function shellOf({ outline }: ParsedWorkflow, own: 'bash' | 'sh' | undefined): 'bash' | 'sh' {
  return own ?? outline.workflow.defaults?.shell?.value ?? 'bash';
}

