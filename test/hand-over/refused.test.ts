import { describe, expect, test } from '@jest/globals';
import { handOver } from '../../src/core/script/hand-over.js';
import type { ScriptCode } from '../../src/core/script/script-codes.js';
import { partsOf } from './parts-of.js';
import { PROGRAMS, runTogether } from './run-shell.js';

const SUBSCRIPT = 'a[$(touch canary)]';
const RUNS = '$(touch canary)';

/**
 * A context that is refused: as its author writes it (`‹›` is the value), as an unsuspecting
 * hand-over would write it (`"$V"`), and a value that runs there. Where nothing runs, `prints`
 * is what the author meant to see, and what the naive script does not print.
 */
interface Context {
  readonly name: string;
  readonly code: ScriptCode;
  readonly command: string;
  readonly naive: string;
  readonly value: string;
  readonly prints?: string;
}

const contexts: readonly Context[] = [
  { name: 'a quoted here-document', code: 'TG2101', command: "cat <<'E'\n‹›\nE", naive: "cat <<'E'\n$V\nE", value: 'text', prints: 'text\n' },
  { name: "a here-document's word", code: 'TG2102', command: 'cat <<‹›\ntext\nE\n', naive: 'cat <<"$V"\ntext\nE\n', value: 'E', prints: 'text\n' },
  { name: 'backticks', code: 'TG2103', command: 'echo "`printf %s "‹›"`"', naive: 'echo "`printf %s \\"$V\\"`"; echo `echo \\$V`', value: 'a  b', prints: 'a  b\n' },
  { name: 'backticks around eval of the text', code: 'TG2103', command: 'x=`eval "echo ‹›"`', naive: 'x=`eval "echo $V"`', value: RUNS },
  { name: 'inside ${…}: offset', code: 'TG2104', command: 'x=abc; echo ${x:‹›}', naive: 'x=abc; echo ${x:$V}', value: SUBSCRIPT },
  { name: 'inside ${…}: length', code: 'TG2104', command: 'x=abc; echo ${x:0:‹›}', naive: 'x=abc; echo "${x:0:$V}"', value: SUBSCRIPT },
  { name: 'inside ${…}: name', code: 'TG2104', command: 'echo ${!‹›}', naive: 'r=$V; echo ${!r}', value: SUBSCRIPT },
  { name: 'an array subscript, set', code: 'TG2105', command: 'a[‹›]=1', naive: 'a["$V"]=1', value: SUBSCRIPT },
  { name: 'an array subscript in a list', code: 'TG2105', command: 'a=([‹›]=1)', naive: 'a=(["$V"]=1)', value: SUBSCRIPT },
  { name: 'an array subscript, read', code: 'TG2105', command: 'a=(1); echo ${a[‹›]}', naive: 'a=(1); echo ${a["$V"]}', value: SUBSCRIPT },
  { name: 'after a backslash, bare', code: 'TG2106', command: 'echo \\‹›', naive: 'echo \\"$V"', value: 'text', prints: 'text\n' },
  { name: 'after a backslash, in double quotes', code: 'TG2106', command: 'echo "C:\\‹›"', naive: 'echo "C:\\$V"', value: 'text', prints: 'C:\\text\n' },
  { name: 'after a backslash, in a here-document', code: 'TG2106', command: 'cat <<E\nC:\\‹›\nE', naive: 'cat <<E\nC:\\$V\nE', value: 'text', prints: 'C:\\text\n' },
  { name: 'after a dollar sign', code: 'TG2106', command: 'echo "$‹›"', naive: 'echo "$$V"', value: '5', prints: '$5\n' },
  ...['eval ‹›', 'eval "echo ‹›"', 'command eval ‹›', 'builtin eval "echo ‹›"', '{ eval ‹›; }', 'if true; then eval ‹›; fi', 'echo x | while read -r l; do eval "$l" ‹›; done', '\\eval ‹›', "'ev'al ‹›", 'time eval ‹›', '! eval ‹›'].map(
    (command): Context => ({ name: command, code: 'TG2107', command, naive: naively(command), value: RUNS }),
  ),
  { name: 'eval, text around', code: 'TG2107', command: 'eval "echo ‹›"', naive: 'eval "echo $V"', value: RUNS },
  { name: 'trap', code: 'TG2107', command: 'trap "echo ‹›" EXIT', naive: 'trap "echo $V" EXIT', value: RUNS },
  { name: 'trap, single quotes', code: 'TG2107', command: "trap 'echo ‹›' EXIT", naive: "trap 'echo '\"$V\"'' EXIT", value: RUNS },
  ...['sh', 'bash', 'dash', '/bin/sh', '/bin/bash', 'command sh', 'exec bash', 'env sh', 'env A=b bash', 'nohup sh', 'timeout 5 sh', 'timeout -s TERM 5 bash', 'nice -n 1 sh', 'setsid sh', 'xargs sh', 'find . -exec sh'].map(
    (shell): Context => ({ name: `${shell} -c`, code: 'TG2107', command: `${shell} -c ‹› \\;`, naive: `${shell} -c "$V" \\;`, value: 'touch canary' }),
  ),
  { name: 'sh -ec', code: 'TG2107', command: 'sh -ec "echo ‹›"', naive: 'sh -ec "echo $V"', value: RUNS },
  { name: 'bash -o option -c', code: 'TG2107', command: 'bash -o pipefail -c "echo ‹›"', naive: 'bash -o pipefail -c "echo $V"', value: RUNS },
  { name: 'bash +x -c', code: 'TG2107', command: 'bash +x -c "echo ‹›"', naive: 'bash +x -c "echo $V"', value: RUNS },
  { name: 'bash -c in single quotes', code: 'TG2107', command: "bash -c 'echo ‹›'", naive: "bash -c 'echo '\"$V\"''", value: RUNS },
  { name: 'here-document of a shell', code: 'TG2107', command: 'bash <<E\necho ‹›\nE', naive: 'bash <<E\necho $V\nE', value: RUNS },
  { name: 'here-document of a shell -s', code: 'TG2107', command: 'sh -s a b <<E\necho ‹›\nE', naive: 'sh -s a b <<E\necho $V\nE', value: RUNS },
  { name: 'here-string of a shell', code: 'TG2107', command: 'bash <<< "echo ‹›"', naive: 'bash <<< "echo $V"', value: RUNS },
  { name: 'a pipe into a shell', code: 'TG2107', command: 'echo "echo ‹›" | sh', naive: 'echo "echo $V" | sh', value: RUNS },
  { name: 'a here-document piped into a shell', code: 'TG2107', command: 'cat <<E | bash\necho ‹›\nE', naive: 'cat <<E | bash\necho $V\nE', value: RUNS },
  { name: 'a script in a process substitution', code: 'TG2107', command: 'bash <(echo ‹›)', naive: 'bash <(echo "$V")', value: 'touch canary' },
  { name: 'source of a process substitution', code: 'TG2107', command: 'source <(echo ‹›)', naive: 'source <(echo "$V")', value: 'touch canary' },
  { name: 'source of /dev/stdin', code: 'TG2107', command: '. /dev/stdin <<< ‹›', naive: '. /dev/stdin <<< "$V"', value: 'touch canary' },
  { name: 'PS4', code: 'TG2107', command: 'PS4=‹›; set -x; :', naive: 'PS4="$V"; set -x; :', value: RUNS },
  { name: 'BASH_ENV', code: 'TG2107', command: 'BASH_ENV=‹› bash -c :', naive: 'BASH_ENV="$V" bash -c :', value: RUNS },
  { name: 'env BASH_ENV', code: 'TG2107', command: 'env BASH_ENV=‹› bash -c :', naive: 'env BASH_ENV="$V" bash -c :', value: RUNS },
  { name: 'the target of >&', code: 'TG2107', command: 'echo x >& ‹›', naive: 'echo x >& "$V"', value: RUNS },
  { name: 'the target of >&, through a variable', code: 'TG2111', command: 'f=‹›; echo x >& "$f"', naive: 'f="$V"; echo x >& "$f"', value: RUNS },
  { name: 'compgen -W', code: 'TG2107', command: 'compgen -W ‹›', naive: 'compgen -W "$V"', value: RUNS },
  { name: 'mapfile -C', code: 'TG2107', command: 'mapfile -C ‹› -c 1 <<< x', naive: 'mapfile -C "$V" -c 1 <<< x', value: 'touch canary;' },
  { name: 'a function that evals', code: 'TG2107', command: 'f() { "$@"; }; f eval ‹›', naive: 'f() { "$@"; }; f eval "$V"', value: 'touch canary' },
  { name: 'a command in an array', code: 'TG2107', command: 'c=(eval ‹›); "${c[@]}"', naive: 'c=(eval "$V"); "${c[@]}"', value: 'touch canary' },
  { name: 'a command in a variable', code: 'TG2107', command: 'c=eval; $c ‹›', naive: 'c=eval; $c "$V"', value: 'touch canary' },
  { name: 'declare', code: 'TG2108', command: 'declare "‹›=1"', naive: 'declare "$V=1"', value: SUBSCRIPT },
  { name: 'typeset', code: 'TG2108', command: 'typeset "‹›=1"', naive: 'typeset "$V=1"', value: SUBSCRIPT },
  { name: 'local', code: 'TG2108', command: 'f() { local "‹›=1"; }; f', naive: 'f() { local "$V=1"; }; f', value: SUBSCRIPT },
  { name: 'declare -a with a list in a text', code: 'TG2108', command: 'declare -a x=‹›', naive: 'declare -a x="$V"', value: '($(touch canary))' },
  { name: 'declare of an array', code: 'TG2108', command: 'x=(1); declare x=‹›', naive: 'x=(1); declare x="$V"', value: '($(touch canary))' },
  { name: 'declare -n', code: 'TG2110', command: 'declare -n r=‹›; echo $r', naive: 'declare -n r="$V"; echo $r', value: SUBSCRIPT },
  { name: 'declare -i', code: 'TG2110', command: 'declare -i n=‹›', naive: 'declare -i n="$V"', value: SUBSCRIPT },
  { name: 'RANDOM', code: 'TG2110', command: 'RANDOM=‹›', naive: 'RANDOM="$V"', value: SUBSCRIPT },
  { name: 'read', code: 'TG2108', command: 'read -r ‹› <<< x', naive: 'read -r "$V" <<< x', value: SUBSCRIPT },
  { name: 'unset', code: 'TG2108', command: 'a=(1); unset ‹›', naive: 'a=(1); unset "$V"', value: SUBSCRIPT },
  { name: 'printf -v', code: 'TG2108', command: 'printf -v ‹› x', naive: 'printf -v "$V" x', value: SUBSCRIPT },
  { name: 'printf with -v in the value', code: 'TG2108', command: 'printf ‹› x', naive: 'printf "$V" x', value: `-v${SUBSCRIPT}` },
  { name: 'wait -p', code: 'TG2108', command: 'true & wait -p ‹› -n', naive: 'true & wait -p "$V" -n', value: SUBSCRIPT },
  { name: 'test -v', code: 'TG2108', command: 'test -v ‹›', naive: 'test -v "$V"', value: SUBSCRIPT },
  { name: '[ -v', code: 'TG2108', command: '[ -v ‹› ]', naive: '[ -v "$V" ]', value: SUBSCRIPT },
  { name: '[[ -v', code: 'TG2108', command: '[[ -v ‹› ]]', naive: '[[ -v $V ]]', value: SUBSCRIPT },
  { name: '[ with a -v of its own', code: 'TG2108', command: '[ ‹› ‹› ]', naive: 'O=-v; [ "$O" "$V" ]', value: SUBSCRIPT },
  { name: '[ without quotes', code: 'TG2111', command: 'x=‹›; [ $x ]', naive: 'x=$V; [ $x ]', value: '-v a[$(touch${IFS}canary)]' },
  { name: 'a command of one expression', code: 'TG2109', command: '‹›', naive: '$V', value: 'touch canary' },
  { name: 'a command of one expression, with space', code: 'TG2109', command: ' ‹›\n', naive: ' $V\n', value: 'touch canary' },
  { name: '(( ))', code: 'TG2110', command: '(( ‹› > 1 ))', naive: '(( $V > 1 ))', value: SUBSCRIPT },
  { name: '$(( ))', code: 'TG2110', command: 'echo $(( ‹› + 1 ))', naive: 'echo $(( V + 1 ))', value: SUBSCRIPT },
  { name: '$(( )) in double quotes', code: 'TG2110', command: 'echo "$(( ‹› + 1 ))"', naive: 'echo "$(( $V + 1 ))"', value: SUBSCRIPT },
  { name: '$(( )) in a here-document', code: 'TG2110', command: 'cat <<E\n$(( ‹› + 1 ))\nE', naive: 'cat <<E\n$(( $V + 1 ))\nE', value: SUBSCRIPT },
  { name: '$(( $( ) ))', code: 'TG2110', command: 'echo $(( $(echo ‹›) + 1 ))', naive: 'echo $(( $(echo "$V") + 1 ))', value: SUBSCRIPT },
  { name: 'let', code: 'TG2110', command: 'let "x=‹›"', naive: 'let "x=$V"', value: SUBSCRIPT },
  { name: 'for (( ))', code: 'TG2110', command: 'for ((i=0; i<‹›; i++)); do break; done', naive: 'for ((i=0; i<$V; i++)); do break; done', value: SUBSCRIPT },
  { name: '[[ -eq ]]', code: 'TG2110', command: '[[ ‹› -eq 1 ]]', naive: '[[ "$V" -eq 1 ]]', value: SUBSCRIPT },
  { name: '[[ -lt ]] on the right', code: 'TG2110', command: '[[ 1 -lt "‹›" ]]', naive: '[[ 1 -lt "$V" ]]', value: SUBSCRIPT },
  ...[
    'N=‹›; (( N > 1 ))', 'N=‹›; echo $((N+1))', 'N=‹›; echo "$(($N+1))"', 'N=‹›; x=abc; echo ${x:$N}', 'N=‹›; x=abc; echo ${x:N:1}', 'N=‹›; [[ $N -eq 1 ]]', 'N=‹›; [[ N -eq 1 ]]', 'N=‹›; a=(1); echo ${a[N]}', 'N=‹›; a[$N]=1',
    'N=‹›; let "x=N"', 'for N in 1 ‹›; do (( N )); done', 'read -r N <<< ‹›; (( N ))', 'echo ‹› | while read -r N; do (( N )); done', 'export N=‹›; (( N ))', 'f() { local N=‹›; (( N )); }; f', 'f() { (( $1 )); }; f ‹›',
    'f() { local n=$1; [[ $n -gt 1 ]]; }; f ‹›', 'set -- ‹›; (( $1 ))', 'N=‹›; M=$N; (( M ))', 'N=‹›; M="$(echo "$N")"; (( M ))', 'N=$(echo ‹›); (( N ))', 'N=‹›; eval "echo $N"', 'N=‹›; echo ${!N}', 'N=‹›; echo ${N@P}',
    'N=(‹›); (( N ))', 'printf -v N %s ‹›; (( N ))', 'f() { echo ‹›; }; N=$(f); (( N ))', 'while (( N )); do break; done; N=‹›; (( N ))', 'N=‹›; declare -i M=$N', 'N=‹›; test -v "$N"', 'N=‹›; $N', 'N=‹›; M=N; (( M ))', 'mapfile -t N <<< $(echo ‹›); (( N ))',
    '[[ ‹› =~ (.*) ]]; (( BASH_REMATCH[1] ))', ': ${N:=$(echo ‹›)}; (( N ))', 'M=‹›; : ${N:=$M}; (( N ))', 'select N in ‹›; do (( N )); break; done <<< 1', 'case ‹› in *) N=‹› ;; esac; (( N ))',
  ].map((command): Context => ({ name: command, code: 'TG2111', command, naive: naively(command), value: /eval|@P/.test(command) ? RUNS : /\$N$/.test(command) && command.endsWith('; $N') ? 'touch canary' : SUBSCRIPT })),
  { name: 'a here-document that is read', code: 'TG2111', command: 'cat <<E | while read -r N; do (( N )); done\n‹›\nE', naive: 'cat <<E | while read -r N; do (( N )); done\n$V\nE', value: SUBSCRIPT },
  { name: 'a translated text', code: 'TG2113', command: 'echo $"‹› and $(echo more)"', naive: "echo $\"$V\" 'and more'; echo", value: 'x', prints: 'x and more (looked up in a catalogue first)\n' },
  { name: 'a program and its argument', code: 'TG2114', command: '‹› ‹›', naive: 'E=eval; "$E" "$V"', value: 'touch canary' },
];

function naively(command: string): string {
  let quoted = false;
  return command.replace(/[‹"]›?/g, (found) => {
    if (found === '"') quoted = !quoted;
    if (found === '"') return found;
    return quoted ? '$V' : '"$V"';
  });
}

describe('what is refused would have gone wrong', () => {
  const runs = runTogether(contexts.map(({ naive, value }) => ({ script: naive, variables: { V: value } })), PROGRAMS);

  test.each(contexts.map((context, index) => ({ ...context, index })))('$name', ({ code, command, naive, prints, index }) => {
    const run = runs[index];
    if (prints === undefined) expect({ naive, left: run?.left }).toEqual({ naive, left: ['canary'] });
    else expect(run?.stdout).not.toBe(prints);
    const result = handOver(partsOf(command), 'bash');
    expect(result.kind === 'refused' ? result.refusals.map((problem) => problem.code) : [command, result]).toContain(code);
    if (result.kind === 'refused') for (const problem of result.refusals) expect(problem.hint).toContain('`env:`');
  });
});
