import type { ProgramCall } from '../commands/program-call.js';
import { hasOption, startsWith } from '../commands/program-call.js';
import type { LintedStep } from '../linted-step.js';
import type { LintFinding, LintRule, LintSubject } from '../lint-rule.js';

/** Cached installers and generators that declare no outputs: a hit on a fresh machine leaves nothing behind. */
export const unkeptWork: LintRule = { name: 'unkept-work', codes: ['TG4007'], find: findUnkeptWork };

function findUnkeptWork({ steps }: LintSubject): readonly LintFinding[] {
  return steps.flatMap((step): LintFinding[] => {
    const { command } = step;
    if (!step.cached || command === undefined || declaresOutputs(step)) return [];
    const found = command.calls.flatMap((call) => {
      const maker = makers.find(({ program, words }) => program.includes(call.program) && startsWith(call, ...words));
      return maker === undefined || isInformative(call) ? [] : [{ call, maker }];
    })[0];
    if (found === undefined) return [];
    const { call, maker } = found;
    const by = [call.program, ...maker.words].join(' ');
    return [
      {
        code: 'TG4007',
        severity: 'warning',
        message: `'${step.id}' is cached without outputs: on a hit, what ${by} makes is not there`,
        span: command.locate(call.at),
        hint: maker.leaves === undefined ? 'what it makes lies outside the workspace: do not cache the step' : `declare it, such as outputs: { ${maker.leaves.name}: ${maker.leaves.path} }; or do not cache the step`,
        step: step.placed,
      },
    ];
  });
}

interface Maker {
  readonly program: readonly string[];
  readonly words: readonly string[];
  /** Where its work usually lies; nothing when that is outside the workspace. */
  readonly leaves?: { readonly name: string; readonly path: string };
}

const modules = { name: 'modules', path: 'node_modules' };
const generated = { name: 'generated', path: 'path/to/what/it/writes' };

const makers: readonly Maker[] = [
  ...['ci', 'install', 'i', 'clean-install'].map((word): Maker => ({ program: ['npm'], words: [word], leaves: modules })),
  ...['install', 'i'].map((word): Maker => ({ program: ['pnpm', 'bun'], words: [word], leaves: modules })),
  { program: ['yarn'], words: ['install'], leaves: modules },
  { program: ['pip', 'pip3', 'pipx'], words: ['install'] },
  { program: ['uv'], words: ['sync'], leaves: { name: 'venv', path: '.venv' } },
  { program: ['uv'], words: ['pip', 'install'] },
  { program: ['poetry', 'pipenv'], words: ['install'] },
  { program: ['pipenv'], words: ['sync'] },
  { program: ['conda', 'mamba'], words: ['install'] },
  { program: ['bundle'], words: ['install'] },
  { program: ['gem'], words: ['install'] },
  { program: ['composer'], words: ['install'], leaves: { name: 'vendor', path: 'vendor' } },
  { program: ['cargo'], words: ['fetch'] },
  { program: ['cargo', 'go'], words: ['install'] },
  { program: ['go'], words: ['mod', 'download'] },
  { program: ['go'], words: ['mod', 'vendor'], leaves: { name: 'vendor', path: 'vendor' } },
  { program: ['go'], words: ['generate'], leaves: generated },
  { program: ['dotnet'], words: ['restore'] },
  { program: ['terraform', 'tofu', 'terragrunt'], words: ['init'], leaves: { name: 'terraform', path: '.terraform' } },
  { program: ['helm'], words: ['dependency', 'build'], leaves: { name: 'charts', path: 'charts' } },
  { program: ['helm'], words: ['dependency', 'update'], leaves: { name: 'charts', path: 'charts' } },
  { program: ['prisma', 'buf', 'sqlc'], words: ['generate'], leaves: generated },
  { program: ['protoc', 'graphql-codegen', 'openapi-generator', 'openapi-generator-cli'], words: [], leaves: generated },
  { program: ['playwright', 'cypress', 'pre-commit', 'mise', 'asdf'], words: ['install'] },
  { program: ['apt-get', 'apt', 'dnf', 'yum', 'brew', 'choco'], words: ['install'] },
  { program: ['apk'], words: ['add'] },
];

function isInformative(call: ProgramCall): boolean {
  return hasOption(call, '--help', '--version', '--dry-run', '--package-lock-only');
}

function declaresOutputs({ placed: { step } }: LintedStep): boolean {
  const settings = step.cache !== undefined && !('kind' in step.cache) ? step.cache : undefined;
  const artifacts = step.artifacts !== undefined && !('kind' in step.artifacts) ? step.artifacts.paths : undefined;
  const files = (step.outputs ?? []).some(({ value }) => value.form === 'path' || value.form === 'json');
  return files || (settings?.outputs ?? []).length > 0 || (artifacts ?? []).length > 0;
}
