import type { Span } from '../../diagnostic/diagnostic.js';
import type { LintFinding, LintRule, LintSubject } from '../lint-rule.js';
import { readUses } from '../read-uses.js';

/** Inputs, constants and secrets that are declared and that nothing reads. */
export const unusedDeclaration: LintRule = { name: 'unused-declaration', codes: ['TG4017'], find: findUnused };

interface Declared {
  readonly context: 'inputs' | 'vars' | 'secrets';
  readonly noun: string;
  readonly name: string;
  readonly at: Span;
  readonly why: string;
}

function findUnused(subject: LintSubject): readonly LintFinding[] {
  const used = findUsed(subject);
  return findDeclared(subject).flatMap(({ context, noun, name, at, why }): LintFinding[] => {
    if (used.has(context) || used.has(`${context}.${name.toLowerCase()}`)) return [];
    return [{ code: 'TG4017', severity: context === 'vars' ? 'info' : 'warning', message: `the ${noun} '${name}' is declared and never used: ${why}`, span: at, hint: 'use it, or remove it' }];
  });
}

function findDeclared({ outline }: LintSubject): readonly Declared[] {
  const { workflow } = outline;
  return [
    ...(workflow.inputs ?? []).map(({ name, nameAt }): Declared => ({ context: 'inputs', noun: 'input', name, at: nameAt, why: 'whoever gives it gives it for nothing' })),
    ...(workflow.vars ?? []).map(({ name, nameAt }): Declared => ({ context: 'vars', noun: 'constant', name, at: nameAt, why: 'changing it changes nothing' })),
    ...(workflow.secrets ?? []).map(({ name }): Declared => ({ context: 'secrets', noun: 'secret', name: name.value, at: name.at, why: 'declaring does not give it to a step' })),
  ];
}

/** Names as `context.name`; a context alone where all of it may be read. */
function findUsed({ outline, sites }: LintSubject): ReadonlySet<string> {
  const used = new Set<string>();
  for (const { context, path } of sites.flatMap(({ expressive }) => readUses(expressive))) used.add(path[0] === undefined ? context : `${context}.${path[0].toLowerCase()}`);
  const { workflow, phases, steps } = outline;
  const criteria = phases.flatMap(({ phase }) => phase.gate?.criteria ?? []);
  const given = [...phases.map(({ phase }) => phase), ...steps.map(({ step }) => step), ...criteria].flatMap(({ secrets }) => secrets ?? []);
  for (const { value } of [...given, ...(workflow.preflight ?? []).flatMap(({ env }) => env ?? [])]) used.add(`secrets.${value.toLowerCase()}`);
  if (steps.some(({ step }) => step.type === 'workflow')) used.add('secrets');
  if (steps.some(({ step }) => step.type === 'agent')) for (const name of agentSecrets) used.add(`secrets.${name}`);
  return used;
}

/** What agents get without its being given. */
const agentSecrets = ['anthropic_api_key', 'anthropic_auth_token', 'claude_code_oauth_token', 'openai_api_key', 'codex_api_key', 'gemini_api_key', 'google_api_key'];
