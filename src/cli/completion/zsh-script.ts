import type { CompletedCommand, CompletedOption, CompletionModel } from './completion-model.js';
import { flagsOf, shells } from './completion-model.js';

/** For zsh: as a file `_tollgate` in $fpath, or sourced after compinit. */
export function renderZsh({ commands }: CompletionModel): string {
  return `#compdef tollgate
# Completion of tollgate for zsh: tollgate completion zsh > "\${fpath[1]}/_tollgate"
_tollgate_commands() {
  local -a commands=(
${commands.map(({ name, summary }) => `    ${quote(`${name}:${summary}`)}`).join('\n')}
  )
  _describe command commands
}
_tollgate_workflows() {
  local -a names=(\${(f)"$(_call_program workflows $words[1] completion workflows 2>/dev/null)"})
  _alternative 'workflows:workflow:compadd -a names' 'files:file:_files'
}
_tollgate_codes() {
  local -a codes=(\${(f)"$(_call_program codes $words[1] completion codes 2>/dev/null)"})
  compadd -a codes
}
_tollgate_runs() {
  local -a runs=(\${(f)"$(_call_program runs $words[1] completion runs 2>/dev/null)"})
  compadd -a runs
}
_tollgate() {
  local context state state_descr line program=$words[1]
  typeset -A opt_args
  _arguments -C \\
${everywhereOf(commands).map((option) => `    ${describe(option)} \\`).join('\n')}
    '1: :_tollgate_commands' \\
    '*:: :->rest'
  [[ $state == rest ]] || return
  local command=$words[1]
  words[1]=$program
  case $command in
${commands.map(renderCommand).join('\n')}
  esac
}
if [ "$funcstack[1]" = "_tollgate" ]; then _tollgate "$@"; else compdef _tollgate tollgate; fi
`;
}

function renderCommand(command: CompletedCommand): string {
  const specs = [...command.options.map(describe), ...argumentOf(command)];
  return `    ${command.name})\n      _arguments \\\n${specs.map((spec) => `        ${spec}`).join(' \\\n')} ;;`;
}

function argumentOf({ completes, words }: CompletedCommand): readonly string[] {
  switch (completes) {
    case 'workflow': return ["'*: :_tollgate_workflows'"];
    case 'code': return ["'1: :_tollgate_codes'"];
    case 'command': return ["'1: :_tollgate_commands'"];
    case 'run': return ["'1: :_tollgate_runs'"];
    case 'word': return [quote(`1: :(${words.join(' ')})`), "'*: :_files'"];
    case 'shell': return [quote(`1: :(${shells.join(' ')})`)];
    case 'nothing': return [];
  }
}

function everywhereOf(commands: readonly CompletedCommand[]): readonly CompletedOption[] {
  return (commands[0]?.options ?? []).filter(({ name }) => commands.every(({ options }) => options.some((option) => option.name === name)));
}

/** `'(-C --folder)'{-C,--folder}'=[summary]:folder:_files -/'`. */
function describe(option: CompletedOption): string {
  const flags = flagsOf(option);
  const text = `[${option.summary.replaceAll(/[[\]\\:]/gu, '\\$&')}]${valueOf(option)}`;
  const [only = ''] = flags;
  const takesValue = option.value !== 'none';
  if (flags.length === 1) return quote(`*${only}${takesValue ? '=' : ''}${text}`);
  return flags.map((flag) => quote(`*${flag}${takesValue ? (flag.startsWith('--') ? '=' : '+') : ''}${text}`)).join(' ');
}

function valueOf({ value, choices, name }: CompletedOption): string {
  switch (value) {
    case 'none': return '';
    case 'choice': return `:${name}:(${choices.join(' ')})`;
    case 'file': return `:${name}:_files`;
    case 'folder': return `:${name}:_files -/`;
    case 'text': return `:${name}: `;
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
