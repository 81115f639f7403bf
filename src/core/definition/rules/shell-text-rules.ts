import { inSection, means, mustHold } from './rule.js';

/** The hand-over of values to a shell: what arrives as data, and where none can stand. */
export const shellTextRules = inSection('Values never become code', [
  means('shell-values', 'In shell text a value is handed over as a quoted reference to a variable: bare, in double quotes, in single quotes, in a here-document and in `$( )`; in a comment it is dropped.'),
  mustHold('shell-whole-command', 'A command that is one expression and nothing else is refused.'),
  mustHold('shell-quoted-here-document', 'A value in a quoted here-document is refused.'),
  mustHold('shell-here-document-word', "A value in a here-document's end word is refused."),
  mustHold('shell-backticks', 'A value in backticks is refused; `$( )` takes it.'),
  mustHold('shell-parameter-expansion', 'A value inside `${…}` is refused.'),
  mustHold('shell-array-subscript', 'A value in an array subscript is refused.'),
  mustHold('shell-after-backslash', 'Right after a backslash braces are text; a value right after a dollar sign is refused.'),
  mustHold('shell-program-text', 'A value in the program text of `eval`, `trap`, `source` or `sh -c` is refused; as an argument after that text it arrives.'),
  mustHold('shell-name-operand', 'A value where `declare`, `read`, `unset`, `printf -v` or `test -v` takes a name is refused.'),
  mustHold('shell-arithmetic', 'In arithmetic a value is a number or boolean; other values are refused.'),
  mustHold('shell-variable-in-arithmetic', 'A variable that was assigned from such a value and is used in arithmetic of the same command is refused too.'),
  mustHold('shell-only-bash-and-sh', 'Commands run in `bash` (the default) or `sh`; any other shell is refused.'),
]);
