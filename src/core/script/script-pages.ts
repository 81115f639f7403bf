import type { ErrorPage } from '../diagnostic/error-page.js';
import type { scriptCodes } from './script-codes.js';

const ENV = 'Or give the value a name under `env:` and write `"$NAME"` in the command: then it is an ordinary variable, and yours to handle.';

/** The pages behind the codes of values in shell text. The examples are commands. */
export const scriptPages: Readonly<Record<keyof typeof scriptCodes, ErrorPage>> = {
  TG2101: {
    meaning: "An expression stands in a here-document whose end word is quoted (`<<'EOF'`).",
    why: 'A value reaches the shell as a reference to a variable, and the shell replaces nothing in such a text: the reference itself would be in it.',
    fix: `Take the quotes off the end word, and write a backslash before the dollar signs and backticks that are meant as such. ${ENV}`,
    example: { wrong: "cat > config <<'EOF'\nname=$HOME {{ inputs.name }}\nEOF", right: 'cat > config <<EOF\nname=\\$HOME {{ inputs.name }}\nEOF' },
  },
  TG2102: {
    meaning: 'An expression is part of the word that ends a here-document.',
    why: 'Shells take that word as it is written and never look into variables for it.',
    fix: `Write a fixed end word. The text of the here-document may hold expressions. ${ENV}`,
    example: { wrong: 'cat <<{{ inputs.word }}\nhello\nEOF', right: 'cat <<EOF\nhello {{ inputs.word }}\nEOF' },
  },
  TG2103: {
    meaning: 'An expression stands in backticks, or a variable that holds a value is used in them.',
    why: 'Text in backticks is unquoted once before it is read, and shells do not agree on how: what is quoted outside is not always quoted inside.',
    fix: `Write \`$( … )\`, which does the same and nests. ${ENV}`,
    example: { wrong: 'x=`basename {{ inputs.file }}`', right: 'x=$(basename {{ inputs.file }})' },
  },
  TG2104: {
    meaning: 'An expression stands inside `${…}`.',
    why: 'Between the braces are names, patterns and arithmetic, which bash evaluates: `${x:$V}` runs a `V` of `a[$(id)]`.',
    fix: `Set a variable first, and use that. ${ENV}`,
    example: { wrong: 'echo "${NAME:-{{ inputs.name }}}"', right: 'fallback={{ inputs.name }}\necho "${NAME:-$fallback}"' },
  },
  TG2105: {
    meaning: 'An expression stands in the subscript of an array.',
    why: 'A subscript is arithmetic, and bash evaluates what stands in it: `a["$V"]=1` runs a `V` of `a[$(id)]`, quotes or not.',
    fix: `Loop over the elements, or use a plain list of words. ${ENV}`,
    example: { wrong: 'hosts[{{ inputs.index }}]=x', right: 'hosts+=({{ inputs.host }})' },
  },
  TG2106: {
    meaning: 'An expression stands right behind a backslash or a dollar sign that the shell reads.',
    why: 'The backslash would take away the quoting of the value, and the dollar sign would make something else of it.',
    fix: `Double the backslash, or put a backslash before the dollar sign, when they are meant as text. ${ENV}`,
    example: { wrong: 'echo "C:\\{{ inputs.folder }}"', right: 'echo "C:\\\\{{ inputs.folder }}"' },
  },
  TG2107: {
    meaning: 'An expression stands in text that is run as a program: that of `eval`, `trap`, `sh -c`, of a shell that reads its input, or in a variable such as `PS4` and `BASH_ENV`.',
    why: 'The shell reads that text once more, and then the value in it is code: `"; rm -rf / #` does what it says.',
    fix: `Keep the program text fixed and hand the value over as an argument. ${ENV}`,
    example: { wrong: 'bash -c "grep {{ inputs.word }} *.md"', right: "bash -c 'grep \"$1\" *.md' _ {{ inputs.word }}" },
  },
  TG2108: {
    meaning: 'An expression stands where a command of the shell takes the name of a variable (`declare`, `read`, `unset`, `printf -v`, `test -v`), or where it could be taken for the option that says that a name follows.',
    why: 'bash evaluates subscripts in such names: `printf -v "$V" x` runs a `V` of `a[$(id)]`, and `printf "$V" x` one of `-va[$(id)]`.',
    fix: `Write names out. For \`printf\`, write a format and give the value after it. ${ENV}`,
    example: { wrong: 'printf {{ inputs.text }} "$HOME"', right: "printf '%s' {{ inputs.text }}" },
  },
  TG2109: {
    meaning: 'The whole command, or one of its commands, is an expression and nothing else.',
    why: 'A value is one word to the shell, so that it would look for a program of that name. A command line in a value would have to be run as code, and values never are.',
    fix: `Write the program, and give it values as arguments. A choice between commands is a step each with \`when\`. ${ENV}`,
    example: { wrong: '{{ inputs.command }}', right: 'npm run {{ inputs.script }}' },
  },
  TG2110: {
    meaning: 'An expression that may be any text stands in arithmetic: `(( ))`, `$(( ))`, `let`, or a comparison such as `-eq` in `[[ ]]`.',
    why: 'bash evaluates the text again as an expression: `[[ "$V" -eq 1 ]]` runs a `V` of `a[$(id)]`. Numbers and booleans are passed as digits and are safe.',
    fix: `Use an input of type number, or compare with \`[ … -eq … ]\`, which evaluates nothing. ${ENV}`,
    example: { wrong: '[[ {{ inputs.count }} -gt 3 ]]', right: '[ {{ inputs.count }} -gt 3 ]' },
  },
  TG2111: {
    meaning: 'A variable gets the value of an expression and is used in arithmetic, as the name of a variable or in program text of the same command.',
    why: 'bash evaluates the content of the variable there, which is the value. Which branch runs first is not looked at: a name that holds a value anywhere counts everywhere.',
    fix: `Compare with \`[ … -eq … ]\`, give program text in single quotes, use another name for what is no value, or an input of type number. ${ENV}`,
    example: { wrong: 'n={{ inputs.count }}\n(( n > 3 )) && echo many', right: 'n={{ inputs.count }}\n[ "$n" -gt 3 ] && echo many' },
  },
  TG2112: {
    meaning: 'The text around an expression cannot be read with certainty: something is not closed, shells differ over it, or an alias or option changes how it is read.',
    why: 'How a value has to be quoted depends on where it stands. A guess that is wrong would make code of it, so there is none.',
    fix: `The message says what is in doubt; close it, or write it in a plainer way. ${ENV}`,
    example: { wrong: 'alias run="npm run"\nrun {{ inputs.script }}', right: 'run() { npm run "$@"; }\nrun {{ inputs.script }}' },
  },
  TG2113: {
    meaning: "An expression stands in `$\"…\"`, or in `$'…'` with the shell sh.",
    why: "The text of `$\"…\"` is looked up in a catalogue of translations before anything is put in; `$'…'` is quoting to some shells called sh, and a dollar sign with a quoted text behind it to others.",
    fix: `Write the value in double quotes, beside the other text. ${ENV}`,
    example: { wrong: 'echo $"Hello {{ inputs.name }}"', right: 'echo $"Hello "{{ inputs.name }}' },
  },
  TG2114: {
    meaning: 'One expression is the name of the program, and another one its argument.',
    why: 'If the first is `eval`, the second is code.',
    fix: `Write the program, or a path with a slash to it, which can be no command of the shell's own. ${ENV}`,
    example: { wrong: '{{ inputs.linter }} {{ inputs.file }}', right: 'node_modules/.bin/{{ inputs.linter }} {{ inputs.file }}' },
  },
  TG2115: {
    meaning: 'A command with an expression is to be run by a shell other than bash and sh.',
    why: 'Each shell quotes in its own way, and handing values over is proved for these two.',
    fix: `Use \`shell: bash\` or \`shell: sh\`, and call the other one from it with the value as an argument. ${ENV}`,
  },
  TG2116: {
    meaning: 'A value has 128 KiB or more.',
    why: 'Linux starts no process with a variable of that size in its environment.',
    fix: 'Use a file: let the step that makes the value write it to one, and hand over its path.',
  },
  TG2117: {
    meaning: 'A value holds a NUL character.',
    why: 'Neither variables nor arguments can hold one: the text would end there.',
    fix: 'Use a file, or encode the value, with base64 for instance.',
  },
  TG2118: {
    meaning: 'A value in arithmetic is not a whole number that fits, or a value is not of the type that it was known to have.',
    why: "A shell's arithmetic knows whole numbers only, and handing over anything else there could make code of it.",
    fix: 'Round it with `round(…)`, or do the arithmetic in an expression: `add sub mul div mod`.',
  },
  TG2119: {
    meaning: 'There is no value for an expression: what it is taken from was skipped, has failed or was not given.',
    why: 'An empty word in its place would make another command of it: `rm -rf {{ x }}/*`.',
    fix: 'Give a fallback, `default(x, …)`, or do not run the step: `when: x != null`.',
  },
  TG2120: {
    meaning: 'The values of one command have more than 1 MiB together.',
    why: 'Linux starts no process whose arguments and environment are larger than a limit, and others need room there, too.',
    fix: 'Use files for the long ones, and hand over their paths.',
  },
};
