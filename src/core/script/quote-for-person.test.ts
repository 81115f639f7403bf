import { describe, expect, test } from '@jest/globals';
import { partsOf } from '../../../test/hand-over/parts-of.js';
import { commandForPerson } from './command-for-person.js';
import { quoteForPerson, showPlainly } from './quote-for-person.js';
import type { ScriptValue } from './script-part.js';

describe('a value as a word', () => {
  test.each([
    ['plain-1.2/3:4@5%6+7,8_9', 'plain-1.2/3:4@5%6+7,8_9'], ['', "''"], ['a b', "'a b'"], ["it's", "'it'\\''s'"], ['$(id)', "'$(id)'"], ['a=b', "'a=b'"], ['~', "'~'"], ['é', "'é'"], ['-n', '-n'],
    ['a\nb', "$'a\\nb'"], ['\t\r', "$'\\t\\r'"], ["\u001b[31m'\\", "$'\\x1b[31m\\'\\\\'"], ['\u0001', "$'\\x01'"], ['\u007f', "$'\\x7f'"], ['\u009b', "$'\\u009b'"], ['\u202etxt', "$'\\u202etxt'"], ['\ufeff', "$'\\ufeff'"],
  ])('%j', (value, quoted) => {
    expect(quoteForPerson(value)).toBe(quoted);
  });
});

test('text that cannot be quoted keeps its lines and loses what acts on a terminal', () => {
  expect(showPlainly("a\n\t\u001b[0m'\\\u202e")).toBe("a\n\t\u{FFFD}[0m'\\\u{FFFD}");
});

describe('a command with its values', () => {
  test.each<[string, readonly (ScriptValue | undefined)[], string]>([
    ['rm ‹› "a ‹›" \'b ‹›\' # ‹›', ['a b', 'c', 'd', 'e\nf'], 'rm \'a b\' "a c" \'b d\' # '],
    ['echo "a ‹›" \'b ‹›\' $\'c ‹›\'', ['"; x', "'; x", 'y z'], "echo \"a \"'\"; x'\"\" 'b '''\\''; x''' $'c ''y z'$''"],
    ["echo $'‹›'", ['plain'], "echo $'plain'"],
    ['cat <<E\n‹›\nE', ['$(id) `id` \\ \u001b'], 'cat <<E\n\\$(id) \\`id\\` \\\\ \u{FFFD}\nE'],
    ['(( ‹n› > ‹b› ))', [3, true], '(( 3 > 1 ))'],
    ['(( ‹b› + ‹n› ))', [false, -4], '(( 0 + -4 ))'],
    ['(( ‹n› ))', ['a[$(id)]'], "(( \"'a[$(id)]'\" ))"],
    ['(( ‹n› ))', ['1 x'], "(( \"'1 x'\" ))"],
    ['echo ‹n› ‹b›', [1e21, true], 'echo 1000000000000000000000 true'],
    ['eval ‹›', ['$(id)'], "eval '$(id)'"],
    ['echo "‹›', ['$(id)'], 'echo ""\'$(id)\'"'],
    ['echo \\‹›', ['$(id)'], "echo \\'$(id)'"],
    ['echo ‹› ‹›', [undefined, null], "echo '' ''"],
  ])('%s', (command, values, expected) => {
    const parts = partsOf(command);
    const left = [...values];
    expect(commandForPerson(parts, parts.map((part) => (part.kind === 'value' ? left.shift() : undefined)))).toBe(expected);
  });
});
