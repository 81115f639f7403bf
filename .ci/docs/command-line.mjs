// docs/cli.md: every command and every option, from the tables that the command line itself is made of.
import { capitalize, code, generated, page, prose, table } from './markdown.mjs';

const groups = [
  ['start', 'To begin'],
  ['check', 'Before and at a run'],
  ['look', 'To look things up'],
  ['tool', 'Tools'],
];

const exitCodes = [
  [0, 'it succeeded'],
  [1, 'it failed, or a gate said NO-GO, or what it prints found no room on a disk'],
  [2, 'the workflow or the call is wrong'],
  [3, 'a fault of Tollgate itself'],
  [4, 'it is paused'],
];

export async function writeCommandLine(load) {
  const { commandTable, laterCommands } = await load('cli/commands.js');
  const options = await load('cli/options.js');
  return page(
    generated,
    '# The command line',
    '`tollgate <command> [arguments] [options]`. `tollgate <command> --help` shows what stands here. A mistyped command, option or name is answered with the nearest one and exit code 2.',
    groups.flatMap(([group, title]) => [`## ${title}`, ...commandTable.filter((command) => command.group === group).flatMap((command) => showCommand(command, options))]),
    '## Options of every command',
    table(['option', 'what it does'], options.everywhere.map((name) => [code(writeOption(name, options.specOf(name))), describeOption(options.specOf(name))])),
    '## Settings',
    'Most options have a `TOLLGATE_*` variable and a key in `.tollgate.yml` at the root of the workspace. An option wins over the variable, the variable over the file, the file over the default; `tollgate config` prints each value with where it comes from. In a variable, `true` and `1` switch on, `false` and `0` off.',
    table(
      ['option', 'variable', 'key', 'default'],
      options.optionNames
        .filter((name) => options.variableOf(name) !== undefined)
        .map((name) => [code(`--${name}`), code(options.variableOf(name)), code(options.keyOf(name)), describeDefault(options.specOf(name))]),
    ),
    '## Exit codes',
    table(['code', 'when'], exitCodes),
    '## Commands of later versions',
    `Named, so that a script finds out at once: ${laterCommands.map(code).join(', ')}.`,
  );
}

function showCommand({ name, summary, about, argument, options: own, examples }, { specOf }) {
  return [
    `### ${code(['tollgate', name, argument?.usage].filter(Boolean).join(' '))}`,
    `${capitalize(summary)}.${about === undefined ? '' : ` ${prose(about)}`}`,
    own.length === 0 ? '' : table(['option', 'what it does'], own.map((option) => [code(writeOption(option, specOf(option))), describeOption(specOf(option))])),
    table(['example', 'says'], examples.map(({ call, says }) => [code(`tollgate ${call}`), says])),
  ];
}

function writeOption(name, { usage, short }) {
  return `${short === undefined ? '' : `-${short}, `}--${name}${usage === undefined ? '' : ` ${usage}`}`;
}

function describeOption(spec) {
  const choices = spec.choices === undefined ? '' : ` (${spec.choices.map(code).join(', ')})`;
  return `${capitalize(spec.summary)}${choices}`;
}

function describeDefault(spec) {
  if (spec.default !== undefined) return code(spec.default);
  if (spec.unset !== undefined) return spec.unset;
  return spec.form === 'switch' ? code('false') : '';
}
