import type { ProgramCall } from '../commands/program-call.js';
import { hasOption, operandsOf } from '../commands/program-call.js';
import type { GivenVariables } from '../given-variables.js';
import { findGivenVariables } from '../given-variables.js';
import type { LintedCommand, LintedStep } from '../linted-step.js';
import type { LintFinding, LintRule, LintSubject } from '../lint-rule.js';
import { looksSecret } from '../secret-names.js';
import type { CredentialTool } from './credential-tools.js';
import { credentialTools } from './credential-tools.js';

/** Tools and commands that rely on variables which a step only gets when they are declared. */
export const withheldVariables: LintRule = { name: 'withheld-variables', codes: ['TG4010'], find: findWithheldVariables };

function findWithheldVariables({ steps, outline }: LintSubject): readonly LintFinding[] {
  return steps.flatMap((step) => {
    const { command } = step;
    if (command === undefined || command.calls.some(({ program }) => bringsVariables.has(program))) return [];
    const given = findGivenVariables(step.placed, outline);
    return [...findMissingForTools(step, command, given), ...findMissingInCommand(step, command, given)];
  });
}

/** These set variables whose names the script does not show. */
const bringsVariables = new Set(['source', '.', 'eval', 'op', 'doppler', 'aws-vault', 'chamber', 'vault', 'direnv', 'dotenv', 'sops', 'infisical']);

function findMissingForTools(step: LintedStep, command: LintedCommand, given: GivenVariables): readonly LintFinding[] {
  const seen = new Set<CredentialTool>();
  return command.calls.flatMap((call): LintFinding[] => {
    const tool = credentialTools.find((each) => each.programs.includes(call.program) && !seen.has(each) && needsIt(each, call));
    if (tool === undefined || isServed(tool, command, given)) return [];
    seen.add(tool);
    const [first = ''] = tool.wants;
    return [
      {
        code: 'TG4010',
        severity: 'warning',
        message: `${[call.program, ...(tool.words?.length === 1 ? (tool.words[0] ?? []) : [])].join(' ')} will miss ${tool.wants.slice(0, 2).join(' or ')}: '${step.id}' gets neither a secret nor a variable of that kind`,
        span: command.locate(call.at),
        hint: first.includes('*') ? `let it through with pass_env: [${first}], or declare secrets: and give them to the step` : `declare it under the workflow's secrets: and give it with secrets: [${first}], or env: { ${first}: "{{ secrets.… }}" }`,
        step: step.placed,
      },
    ];
  });
}

function needsIt(tool: CredentialTool, call: ProgramCall): boolean {
  const operands = operandsOf(call);
  if (operands.length === 0 || hasOption(call, '--help', '--version', '--dry-run', ...(tool.unless ?? []))) return false;
  if (tool.not?.includes(operands[0] ?? '') === true || call.words.some((word) => /^--?(?:\w+-)?(?:token|api-key|password)(?:=|$)/u.test(word))) return false;
  return tool.words === undefined || tool.words.some((words) => words.every((word, index) => operands[index] === word));
}

function isServed({ wants, anySecret }: CredentialTool, { assigned }: LintedCommand, given: GivenVariables): boolean {
  const names = [...assigned, ...given.entries];
  if (anySecret === true && given.entries.some((entry) => entry.includes('*') || looksSecret(entry))) return true;
  return wants.some((want) => (want.endsWith('*') ? names.some((name) => name.startsWith(want.slice(0, -1)) || name === '*') : assigned.has(want) || given.has(want)));
}

/** What a command reads by a name that only a secret has; beside `docker login`, whatever name that is. */
function findMissingInCommand(step: LintedStep, command: LintedCommand, given: GivenVariables): readonly LintFinding[] {
  const login = command.calls.find((call) => operandsOf(call).includes('login') && /^(?:docker|podman|helm|oras|crane|skopeo|nerdctl)$/u.test(call.program));
  const seen = new Set<string>();
  return command.variables.flatMap(({ name, at, hasDefault }): LintFinding[] => {
    const wanted = looksSecret(name) || (login !== undefined && /^[A-Z][A-Z0-9_]*(?:USER|USERNAME|PASS|PAT|REGISTRY|ACCOUNT|ACTOR)$/u.test(name) && !/^(?:GITHUB|RUNNER)_/u.test(name));
    if (!wanted || hasDefault || command.assigned.has(name) || given.has(name) || seen.has(name)) return [];
    seen.add(name);
    return [
      {
        code: 'TG4010',
        severity: 'warning',
        message: `${login === undefined ? 'the command' : `${login.program} login`} will miss $${name}: '${step.id}' does not get it`,
        span: command.locate(at),
        hint: looksSecret(name) ? `declare it under the workflow's secrets: and give it with secrets: [${name}]` : `let it through with pass_env: [${name}], or set it under env:`,
        step: step.placed,
      },
    ];
  });
}
