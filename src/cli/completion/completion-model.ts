import type { ArgumentSpec } from '../command.js';
import { commandTable } from '../commands.js';
import type { OptionName, OptionSpec } from '../options.js';
import { specOf } from '../options.js';
import { optionsOf } from '../parse-arguments.js';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** What can be completed, out of the tables of commands and options: the scripts differ in nothing but their shell. */
export interface CompletionModel {
  readonly commands: readonly CompletedCommand[];
}

export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly completes: ArgumentSpec['completes'];
  /** The words that it may begin with. */
  readonly words: readonly string[];
  readonly options: readonly CompletedOption[];
}

export interface CompletedOption {
  readonly name: OptionName;
  readonly short: string | undefined;
  readonly summary: string;
  readonly value: 'none' | 'choice' | 'file' | 'folder' | 'text';
  readonly choices: readonly string[];
}

export function describeCompletion(): CompletionModel {
  return {
    commands: commandTable.map((command) => ({
      name: command.name,
      summary: command.summary,
      completes: command.argument?.completes ?? 'nothing',
      words: command.argument?.words ?? [],
      options: optionsOf(command).map(describeOption),
    })),
  };
}

export function describeOption(name: OptionName): CompletedOption {
  const { short, summary, choices = [], form } = specOf(name) satisfies OptionSpec;
  const value = form === 'switch' ? 'none' : form === 'choice' ? 'choice' : form === 'path' ? 'folder' : form === 'paths' ? 'file' : 'text';
  return { name, short, summary, value, choices };
}

/** The words as they are typed: `--folder`, and `-C` where there is one. */
export function flagsOf({ name, short }: CompletedOption): readonly string[] {
  return short === undefined ? [`--${name}`] : [`--${name}`, `-${short}`];
}

/** Every option once, whatever the command: the values of an option are the same everywhere. */
export function allOptions({ commands }: CompletionModel): readonly CompletedOption[] {
  return [...new Map(commands.flatMap(({ options }) => options).map((option) => [option.name, option])).values()];
}
