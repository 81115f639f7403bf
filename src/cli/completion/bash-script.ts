import type { CompletionModel } from './completion-model.js';
import { allOptions, flagsOf, shells } from './completion-model.js';

/** For bash 3.2 and newer, with or without the bash-completion package. */
export function renderBash(model: CompletionModel): string {
  const { commands } = model;
  const options = allOptions(model);
  const names = commands.map(({ name }) => name).join(' ');
  const flags = (kind: string): string => options.filter(({ value }) => value === kind).flatMap(flagsOf).join('|');
  const everywhere = (commands[0]?.options ?? []).filter(({ name }) => commands.every((command) => command.options.some((option) => option.name === name)));
  return `# Completion of tollgate for bash: eval "$(tollgate completion bash)"
# Without a prefix: bash takes '=' and ':' for the ends of words.
_tollgate() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" program="\${COMP_WORDS[0]}"
  local command="" folder="" at=1 each
  COMPREPLY=()
  if [ "$before" = "=" ] && [ "$COMP_CWORD" -ge 2 ]; then before="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  if [ "$word" = "=" ]; then word=""; fi
  while [ "$at" -lt "$COMP_CWORD" ]; do
    each="\${COMP_WORDS[at]}"
    case "$each" in
      -C|--folder) at=$((at + 1)); [ "\${COMP_WORDS[at]}" = "=" ] && at=$((at + 1)); folder="\${COMP_WORDS[at]}" ;;
      ${[...new Set(['choice', 'file', 'folder', 'text'].flatMap((kind) => flags(kind).split('|')))].filter((flag) => flag !== '' && flag !== '-C' && flag !== '--folder').join('|')}) at=$((at + 1)); [ "\${COMP_WORDS[at]}" = "=" ] && at=$((at + 1)) ;;
      -*) ;;
      *) if [ -z "$command" ]; then command="$each"; fi ;;
    esac
    at=$((at + 1))
  done
  case "$before" in
${options.filter(({ value }) => value === 'choice').map((option) => `    ${flagsOf(option).join('|')}) COMPREPLY=($(compgen -W "${option.choices.join(' ')}" -- "$word")); return ;;`).join('\n')}
    ${flags('folder')}) COMPREPLY=($(compgen -d -- "$word")); return ;;
    ${flags('file')}) COMPREPLY=($(compgen -f -- "$word")); return ;;
    ${flags('text')}) return ;;
  esac
  case "$word" in
    -*)
      case "$command" in
${commands.map(({ name, options: own }) => `        ${name}) COMPREPLY=($(compgen -W "${own.flatMap(flagsOf).join(' ')}" -- "$word")) ;;`).join('\n')}
        *) COMPREPLY=($(compgen -W "${everywhere.flatMap(flagsOf).join(' ')}" -- "$word")) ;;
      esac
      return ;;
  esac
  case "$command" in
    "") COMPREPLY=($(compgen -W "${names}" -- "$word")) ;;
    ${commandsThat(model, 'workflow')}) COMPREPLY=($(compgen -W "$("$program" \${folder:+-C "$folder"} completion workflows 2>/dev/null)" -- "$word") $(compgen -f -- "$word")) ;;
    ${commandsThat(model, 'code')}) COMPREPLY=($(compgen -W "$("$program" completion codes 2>/dev/null)" -- "$word")) ;;
    ${commandsThat(model, 'command')}) COMPREPLY=($(compgen -W "${names}" -- "$word")) ;;
    ${commandsThat(model, 'shell')}) COMPREPLY=($(compgen -W "${shells.join(' ')}" -- "$word")) ;;
  esac
}
complete -o filenames -F _tollgate tollgate
`;
}

function commandsThat({ commands }: CompletionModel, completes: string): string {
  return commands.filter((command) => command.completes === completes).map(({ name }) => name).join('|');
}
