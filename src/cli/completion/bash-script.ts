import type { CompletedOption, CompletionModel } from './completion-model.js';
import { allOptions, flagsOf, shells } from './completion-model.js';

/**
 * For bash 3.2 and newer, with or without the bash-completion package. Answers are read line by line:
 * nothing that a file is called is ever expanded or run.
 */
export function renderBash(model: CompletionModel): string {
  const options = allOptions(model);
  const everywhere = model.commands[0]?.options.filter(({ name }) => model.commands.every((command) => command.options.some((option) => option.name === name))) ?? [];
  const withOwn = model.commands.filter((command) => command.options.length > everywhere.length);
  const flagsThat = (...kinds: readonly CompletedOption['value'][]): string => options.filter(({ value, name }) => kinds.includes(value) && name !== 'folder').flatMap(flagsOf).join('|');
  return [
    '# Completion of tollgate for bash: eval "$(tollgate completion bash)"',
    '_tollgate_offer() {',
    '  local each',
    '  while IFS= read -r each; do COMPREPLY+=("$each"); done < <(compgen "$@")',
    '}',
    '_tollgate_ask() {',
    '  local each word="$1"; shift',
    '  while IFS= read -r each; do',
    '    case "$each" in "$word"*) COMPREPLY+=("$each") ;; esac',
    '  done < <("$@" 2>/dev/null)',
    '}',
    '_tollgate() {',
    '  local program="${COMP_WORDS[0]}" word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}"',
    '  local command="" folder="" at=1',
    '  COMPREPLY=()',
    '  # --cache=re is three words to bash',
    '  if [ "$word" = "=" ]; then word=""; elif [ "$before" = "=" ]; then before="${COMP_WORDS[COMP_CWORD-2]}"; fi',
    '  while [ "$at" -lt "$COMP_CWORD" ]; do',
    '    case "${COMP_WORDS[at]}" in',
    '      -C|--folder) [ "${COMP_WORDS[at+1]}" = "=" ] && at=$((at + 1)); at=$((at + 1)); folder="${COMP_WORDS[at]}" ;;',
    `      ${flagsThat('choice', 'file', 'folder', 'text')}) [ "\${COMP_WORDS[at+1]}" = "=" ] && at=$((at + 1)); at=$((at + 1)) ;;`,
    '      -*|=) ;;',
    '      *) if [ -z "$command" ]; then command="${COMP_WORDS[at]}"; fi ;;',
    '    esac',
    '    at=$((at + 1))',
    '  done',
    '  case "$before" in',
    ...options.filter(({ value }) => value === 'choice').map((option) => `    ${flagsOf(option).join('|')}) _tollgate_offer -W "${option.choices.join(' ')}" -- "$word"; return ;;`),
    `    -C|--folder|${flagsThat('folder')}) _tollgate_offer -d -- "$word"; return ;;`,
    `    ${flagsThat('file')}) _tollgate_offer -f -- "$word"; return ;;`,
    `    ${flagsThat('text')}) return ;;`,
    '  esac',
    '  case "$word" in',
    '    -*)',
    '      case "$command" in',
    ...withOwn.map(({ name, options: own }) => `        ${name}) _tollgate_offer -W "${own.flatMap(flagsOf).join(' ')}" -- "$word" ;;`),
    `        *) _tollgate_offer -W "${everywhere.flatMap(flagsOf).join(' ')}" -- "$word" ;;`,
    '      esac',
    '      return ;;',
    '  esac',
    '  case "$command" in',
    `    ""|${commandsThat(model, 'command')}) _tollgate_offer -W "${model.commands.map(({ name }) => name).join(' ')}" -- "$word" ;;`,
    `    ${commandsThat(model, 'workflow')})`,
    '      _tollgate_ask "$word" "$program" ${folder:+-C "$folder"} completion workflows',
    '      compopt -o filenames 2>/dev/null',
    '      _tollgate_offer -f -- "$word" ;;',
    `    ${commandsThat(model, 'code')}) _tollgate_ask "$word" "$program" completion codes ;;`,
    `    ${commandsThat(model, 'run')}) _tollgate_ask "$word" "$program" \${folder:+-C "$folder"} completion runs ;;`,
    ...model.commands.filter(({ completes }) => completes === 'word').map(({ name, words }) => `    ${name}) _tollgate_offer -W "${words.join(' ')}" -- "$word" ;;`),
    `    ${commandsThat(model, 'shell')}) _tollgate_offer -W "${shells.join(' ')}" -- "$word" ;;`,
    '  esac',
    '}',
    'complete -F _tollgate tollgate',
    '',
  ].join('\n');
}

function commandsThat({ commands }: CompletionModel, completes: string): string {
  return commands.filter((command) => command.completes === completes).map(({ name }) => name).join('|');
}
