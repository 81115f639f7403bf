import type { Chance } from './seeded-chance.js';

/** Values that do harm or get lost wherever a shell reads them as anything but text. Execution of one leaves a file `canary`. */
export const HOSTILE: readonly string[] = [
  '"; touch canary #', "'; touch canary #", '$(touch canary)', '`touch canary`', '${x:=$(touch canary)}', '$((a[$(touch canary)]))', 'a[$(touch canary)]',
  '-va[$(touch canary)]', '\n touch canary\n', '; touch canary', '&& touch canary', '| touch canary', '> canary', '<(touch canary)', ')touch canary;(', '} ; touch canary; {',
  'esac; touch canary', ';; *) touch canary', 'done; touch canary', "'\"'\"'; touch canary; '\"'\"'", '"$(touch canary)"', "'$(touch canary)'", '\\"; touch canary; \\"',
  "\\'; touch canary; \\'", '\\$(touch canary)', '\\`touch canary\\`', 'E\n$(touch canary)\nE', 'EOF', '\nEOF\ntouch canary\n', 'EOF1\ntouch canary\nEOF2\nEOF3\nEND\ntouch canary',  'EOF\n\n', '!!', '!touch', '# comment', '#', '{a,b}', '{1..3}', '~', '~root',
  '*', '?', '[a-z]*', '/*', '@(a|b)', '-n', '-e', '-', '--', '-rf', '--help', '', ' ', '  leading', 'trailing  ', '\tTab\t', '\n', '\n\n\n', 'line\n', 'line\n\n', '\nline', 'a\nb\nc',
  'a b  c', '\\', '\\\\', '\\\n', 'end\\', '"', "'", '`', '$', '$$', '$0', '$1', '$@', '$*', '$#', '$?', '$!', '$PATH', '${PATH}', '${V}', '%', '%s%n', '%d', '\\0', '\\n', '\\x41', '\\c', '\\033[31m',
  '\u001b[31mred\u001b[0m', '\u0001', '\u0001\u0001', '\u007f', '\u0001\u007f', 'a\u0001b\u007fc', '\r\n', 'a\rb', '\u0007\b\f\v', 'é', 'Ł', 'Á\u0081', '\u0080\u0081\u0088', '\u009b', '日本語', '🜁🜂', '\u202etxt.exe', '\u200b', '\ufeff', 'e\u0301',
  'true', 'false', '0', '1', '-1', '007', '1e9', 'NaN', 'null', 'eval', 'exit', 'TOLLGATE_V1', '${TOLLGATE_V1}', '=', 'a=b', 'PATH=/nowhere', '(', ')', '()', '((', '))', '[', ']', '[[', ']]', '{', '}', '<', '>', '<<', '>>', '<<EOF', '&', '&&', ';', ';;',
  `${'long '.repeat(400)}$(touch canary)`, 'x'.repeat(5000), '\n'.repeat(50), '\\'.repeat(33), "'".repeat(21), '"'.repeat(20),
];

const PIECES = ['$(touch canary)', '`touch canary`', '"', "'", '\\', '\n', ' ', '\t', '$', '${', '}', '(', ')', ';', '&', '|', '<', '>', '#', '*', '?', '[', ']', '~', '!', '=', '-', '%s', '\u0001', '\u007f', '\u0081', 'é', '€', '🜁', 'E', 'a', '0', 'touch canary', 'EOF', '\r', '\u001b'];

/** One of the above, or a random string of what shells care about. */
export function pickHostile(chance: Chance): string {
  if (chance.below(2) === 0) return chance.pick(HOSTILE);
  return Array.from({ length: chance.below(12) }, () => chance.pick(PIECES)).join('');
}
