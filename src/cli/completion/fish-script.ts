import type { CompletedCommand, CompletedOption, CompletionModel } from './completion-model.js';
import { shells } from './completion-model.js';

/** For fish 3 and newer. */
export function renderFish({ commands }: CompletionModel): string {
  const names = commands.map(({ name }) => name).join(' ');
  const none = `not __fish_seen_subcommand_from ${names}`;
  const isEverywhere = ({ name }: CompletedOption): boolean => commands.every(({ options }) => options.some((option) => option.name === name));
  const everywhere = (commands[0]?.options ?? []).filter(isEverywhere);
  return [
    '# Completion of tollgate for fish: tollgate completion fish > ~/.config/fish/completions/tollgate.fish',
    'complete -c tollgate -f',
    ...everywhere.map((option) => `complete -c tollgate ${describe(option)}`),
    ...commands.map(({ name, summary }) => `complete -c tollgate -n ${quote(none)} -a ${name} -d ${quote(summary)}`),
    ...commands.flatMap((command) => [
      ...argumentOf(command, names),
      ...command.options.filter((option) => !isEverywhere(option)).map((option) => `complete -c tollgate -n ${quote(`__fish_seen_subcommand_from ${command.name}`)} ${describe(option)}`),
    ]),
    '',
  ].join('\n');
}

function argumentOf({ name, completes, words: own }: CompletedCommand, names: string): readonly string[] {
  const of = (words: string, files: boolean): readonly string[] => [`complete -c tollgate -n ${quote(`__fish_seen_subcommand_from ${name}`)} ${files ? '-F ' : ''}-a ${quote(words)}`];
  switch (completes) {
    case 'workflow': return of('(tollgate completion workflows 2>/dev/null)', true);
    case 'code': return of('(tollgate completion codes 2>/dev/null)', false);
    case 'command': return [`complete -c tollgate -n ${quote(`__fish_seen_subcommand_from ${name}; and not __fish_seen_subcommand_from ${names.split(' ').filter((each) => each !== name).join(' ')}`)} -a ${quote(names)}`];
    case 'run': return of('(tollgate completion runs 2>/dev/null)', false);
    case 'word': return of(own.join(' '), true);
    case 'shell': return of(shells.join(' '), false);
    case 'nothing': return [];
  }
}

function describe({ name, short, summary, value, choices }: CompletedOption): string {
  const flags = `${short === undefined ? '' : `-s ${short} `}-l ${name}`;
  const takes = { none: '', choice: ` -x -a ${quote(choices.join(' '))}`, file: ' -r -F', folder: " -x -a '(__fish_complete_directories)'", text: ' -x' }[value];
  return `${flags}${takes} -d ${quote(summary)}`;
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
