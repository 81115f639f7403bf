import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import { createSourceText } from '../../diagnostic/source-text.js';
import { readYaml } from './read-yaml.js';
import type { SourceNode } from './source-node.js';

interface Trap {
  readonly text: string;
  readonly code: string;
  /** line:column and what stands there. */
  readonly at: string;
  readonly message: string;
  readonly mended?: string;
  /** What is read all the same; left out when the file cannot be told in full. */
  readonly read?: unknown;
}

function toPlain(node: SourceNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toPlain);
  return Object.fromEntries(node.entries.map((entry) => [entry.key, toPlain(entry.value)]));
}

function applyFix(text: string, diagnostic: Diagnostic): string | undefined {
  const edits = [...(diagnostic.fix?.edits ?? [])].sort((a, b) => b.span[0] - a.span[0]);
  if (edits.length === 0) return undefined;
  return edits.reduce((mended, edit) => mended.slice(0, edit.span[0]) + edit.text + mended.slice(edit.span[1]), text);
}

function describe(text: string, diagnostic: Diagnostic): string {
  const { line, column } = createSourceText('w.yml', text).positionAt(diagnostic.span[0]);
  return `${line}:${column} ${text.slice(...diagnostic.span)}`;
}

const needsQuotes: readonly Trap[] = [
  { text: 'a: {{ x }}\nb: 1\n', code: 'TG1040', at: '1:4 {{ x }}', message: 'an unquoted {{ is a map to YAML, not an expression', mended: 'a: "{{ x }}"\nb: 1\n', read: { a: '{{ x }}', b: 1 } },
  { text: 'l:\n  - {{ x }}\n  - b\n', code: 'TG1040', at: '2:5 {{ x }}', message: 'an unquoted {{ is a map to YAML, not an expression', mended: 'l:\n  - "{{ x }}"\n  - b\n', read: { l: ['{{ x }}', 'b'] } },
  { text: 'k: {{ x }}/more # c\n', code: 'TG1040', at: '1:4 {{ x }}/more', message: 'an unquoted {{ is a map to YAML, not an expression', mended: 'k: "{{ x }}/more" # c\n', read: { k: '{{ x }}/more' } },
  { text: "k: {{ a['}} #'] }} y\r\n", code: 'TG1040', at: "1:4 {{ a['}} #'] }} y", message: 'an unquoted {{ is a map to YAML, not an expression', mended: `k: "{{ a['}} #'] }} y"\r\n`, read: { k: "{{ a['}} #'] }} y" } },
  { text: 'k: [{{ x }}, b]\n', code: 'TG1040', at: '1:5 {{ x }}', message: 'an unquoted {{ is a map to YAML, not an expression', mended: 'k: ["{{ x }}", b]\n', read: { k: ['{{ x }}', 'b'] } },
  { text: 'k: { a: {{ x }} }\n', code: 'TG1040', at: '1:9 {{ x }}', message: 'an unquoted {{ is a map to YAML, not an expression', mended: 'k: { a: "{{ x }}" }\n', read: { k: { a: '{{ x }}' } } },
  { text: 'k: { {{ x }}: 1 }\n', code: 'TG1040', at: '1:6 {{ x }}', message: 'an unquoted {{ is a map to YAML, not an expression', mended: 'k: { "{{ x }}": 1 }\n', read: { k: { '{{ x }}': 1 } } },
  { text: 'k: [a {{ f(b, c) }} d, e]\n', code: 'TG1040', at: '1:5 a {{ f(b, c) }} d', message: 'an unquoted {{ is a map to YAML, not an expression', mended: 'k: ["a {{ f(b, c) }} d", e]\n', read: { k: ['a {{ f(b, c) }} d', 'e'] } },
  { text: 'k: [${{ x }}]\n', code: 'TG1040', at: '1:5 ${{ x }}', message: 'an unquoted {{ is a map to YAML, not an expression', mended: 'k: ["${{ x }}"]\n', read: { k: ['${{ x }}'] } },
  { text: '- {{ x }}: y\n', code: 'TG1040', at: '1:3 {{ x }}', message: 'an unquoted {{ is a map to YAML, not an expression', mended: '- "{{ x }}": y\n', read: [{ '{{ x }}': 'y' }] },
  { text: 'k: {{ x\nb: 1\n', code: 'TG1040', at: '1:4 {{ x', message: 'an unquoted {{ that nothing closes', mended: 'k: "{{ x }}"\nb: 1\n', read: { k: '{{ x }}', b: 1 } },
  { text: 'k: !glob/**\n', code: 'TG1041', at: '1:4 !glob/**', message: "an unquoted '!glob/**' is a tag to YAML, not text", mended: 'k: "!glob/**"\n', read: { k: '!glob/**' } },
  { text: 'k: ! grep x\n', code: 'TG1041', at: '1:4 ! grep x', message: "an unquoted '!' is a tag to YAML, not text", mended: 'k: "! grep x"\n', read: { k: '! grep x' } },
  { text: 'k: [!x/**, b]\n', code: 'TG1041', at: '1:5 !x/**', message: "an unquoted '!x/**' is a tag to YAML, not text", mended: 'k: ["!x/**", b]\n', read: { k: ['!x/**', 'b'] } },
  { text: 'k: !!<x y\n', code: 'TG1041', at: '1:4 !!<x y', message: "an unquoted '!!<x' is a tag to YAML, not text", mended: 'k: "!!<x y"\n', read: { k: '!!<x y' } },
  { text: 'l:\n  - *.ts\n', code: 'TG1042', at: '2:5 *.ts', message: "an unquoted '*.ts' is an alias to YAML, not a pattern", mended: 'l:\n  - "*.ts"\n', read: { l: ['*.ts'] } },
  { text: '- **/*.{js,ts}\n', code: 'TG1042', at: '1:3 **/*.{js,ts}', message: "an unquoted '**/*.{js,ts}' is an alias to YAML, not a pattern", mended: '- "**/*.{js,ts}"\n', read: ['**/*.{js,ts}'] },
  { text: 'k: [*.ts, "a"]\n', code: 'TG1042', at: '1:5 *.ts', message: "an unquoted '*.ts' is an alias to YAML, not a pattern", mended: 'k: ["*.ts", "a"]\n', read: { k: ['*.ts', 'a'] } },
  { text: '*.ts: x\n', code: 'TG1042', at: '1:1 *.ts', message: "an unquoted '*.ts' is an alias to YAML, not a pattern", mended: '"*.ts": x\n', read: { '*.ts': 'x' } },
  { text: 'a: &x 1\nb: *x y\n', code: 'TG1042', at: '2:4 *x y', message: "an unquoted '*x y' is an alias to YAML, not a pattern", mended: 'a: &x 1\nb: "*x y"\n', read: { a: 1, b: '*x y' } },
  { text: 'v: >=3.11\nb: c\n', code: 'TG1043', at: '1:4 >=3.11', message: "an unquoted '>' starts a block of text in YAML", mended: 'v: ">=3.11"\nb: c\n', read: { v: '>=3.11', b: 'c' } },
  { text: 'v: | jq . # c\n', code: 'TG1043', at: '1:4 | jq .', message: "an unquoted '|' starts a block of text in YAML", mended: 'v: "| jq ." # c\n', read: { v: '| jq .' } },
  { text: 'v: >-+1\n', code: 'TG1043', at: '1:4 >-+1', message: "an unquoted '>' starts a block of text in YAML", mended: 'v: ">-+1"\n', read: { v: '>-+1' } },
  { text: 'a: |x\n  y\nb: 1\n', code: 'TG1043', at: '1:5 x', message: "text on the line of '|', which starts a block of text", mended: 'a: |\n  x\n  y\nb: 1\n' },
  { text: 'k: @x\n', code: 'TG1044', at: '1:4 @x', message: "unquoted text cannot start with '@'", mended: 'k: "@x"\n', read: { k: '@x' } },
  { text: 'k: `x`\n', code: 'TG1044', at: '1:4 `x`', message: "unquoted text cannot start with '`'", mended: 'k: "`x`"\n', read: { k: '`x`' } },
  { text: 'k: %x\n', code: 'TG1044', at: '1:4 %x', message: "unquoted text cannot start with '%'", mended: 'k: "%x"\n', read: { k: '%x' } },
  { text: 'k: ,x\n', code: 'TG1044', at: '1:4 ,x', message: "unquoted text cannot start with ','", mended: 'k: ",x"\n', read: { k: ',x' } },
  { text: 'k: & x\n', code: 'TG1044', at: '1:4 & x', message: "unquoted text cannot start with '&'", mended: 'k: "& x"\n', read: { k: '& x' } },
  { text: 'k: && x\n', code: 'TG1044', at: '1:4 && x', message: "unquoted text cannot start with '&'", mended: 'k: "&& x"\n', read: { k: '&& x' } },
  { text: 'k: ? x\n', code: 'TG1044', at: '1:4 ? x', message: "unquoted text cannot start with '?'", mended: 'k: "? x"\n', read: { k: '? x' } },
  { text: 'k: : x\n', code: 'TG1044', at: '1:4 : x', message: "unquoted text cannot start with ':'", mended: 'k: ": x"\n', read: { k: ': x' } },
  { text: 'k: ?\n', code: 'TG1044', at: '1:4 ?', message: "unquoted text cannot start with '?'", mended: 'k: "?"\n' },
  { text: 'k: -\nb: 1\n', code: 'TG1044', at: '1:4 -', message: "unquoted text cannot start with '-'", mended: 'k: "-"\nb: 1\n' },
  { text: '@: x\nb: 1\n', code: 'TG1044', at: '1:1 @', message: "unquoted text cannot start with '@'", mended: '"@": x\nb: 1\n' },
  { text: 'k: [|d, b]\n', code: 'TG1044', at: '1:5 |d', message: "unquoted text cannot start with '|'", mended: 'k: ["|d", b]\n', read: { k: ['|d', 'b'] } },
  { text: 'k: [a, ? b]\n', code: 'TG1044', at: '', message: '', read: { k: ['a', { b: null }] } },
  { text: 'k: [src/*.{ts,js}, b]\n', code: 'TG1045', at: '1:5 src/*.{ts,js}', message: "the '{' inside unquoted text opens a map or list", mended: 'k: ["src/*.{ts,js}", b]\n', read: { k: ['src/*.{ts,js}', 'b'] } },
  { text: 'k: { a: b[0] }\n', code: 'TG1045', at: '1:9 b[0]', message: "the '[' inside unquoted text opens a map or list", mended: 'k: { a: "b[0]" }\n', read: { k: { a: 'b[0]' } } },
  { text: 'key: value: other\nb: 1\n', code: 'TG1017', at: '1:6 value: other', message: "unquoted text cannot contain ': '", mended: 'key: "value: other"\nb: 1\n', read: { key: 'value: other', b: 1 } },
  { text: 'run: echo "a: b" # c\n', code: 'TG1017', at: '1:6 echo "a: b"', message: "unquoted text cannot contain ': '", mended: `run: 'echo "a: b"' # c\n`, read: { run: 'echo "a: b"' } },
  { text: 'a: b:\nc: 1\n', code: 'TG1017', at: '1:4 b:', message: "unquoted text cannot contain ': '", mended: 'a: "b:"\nc: 1\n', read: { a: 'b:', c: 1 } },
  { text: 'a: [b]: c\n', code: 'TG1017', at: '1:4 [b]: c', message: "unquoted text cannot contain ': '", mended: 'a: "[b]: c"\n', read: { a: '[b]: c' } },
  { text: 'x: {a: Note: c}\n', code: 'TG1017', at: '1:8 Note: c', message: "unquoted text cannot contain ': '", mended: 'x: {a: "Note: c"}\n', read: { x: { a: 'Note: c' } } },
];

const quotesAndBrackets: readonly Trap[] = [
  { text: 'name: "abc\nb: 1\n', code: 'TG1012', at: '1:7 "abc', message: 'the closing " is missing', mended: 'name: "abc"\nb: 1\n', read: { name: 'abc', b: 1 } },
  { text: "name: 'abc\n", code: 'TG1012', at: "1:7 'abc", message: "the closing ' is missing", mended: "name: 'abc'\n", read: { name: 'abc' } },
  { text: '- "a\n- b\n', code: 'TG1012', at: '1:3 "a', message: 'the closing " is missing', mended: '- "a"\n- b\n', read: ['a', 'b'] },
  { text: '- "echo a: b\n', code: 'TG1012', at: '1:3 "echo a: b', message: 'the closing " is missing', mended: '- "echo a: b"\n', read: ['echo a: b'] },
  { text: '"a: b\n', code: 'TG1012', at: '1:1 "a', message: 'the closing " is missing', mended: '"a": b\n', read: { a: 'b' } },
  { text: 'c: "a &&\n  b\nd: e\n', code: 'TG1012', at: '1:4 "a &&\n  b', message: 'the closing " is missing', mended: 'c: "a &&\n  b"\nd: e\n', read: { c: 'a && b', d: 'e' } },
  { text: "a: ['x, y]\nb: 1\n", code: 'TG1012', at: "1:5 'x", message: "the closing ' is missing", mended: "a: ['x', y]\nb: 1\n", read: { a: ['x', 'y'], b: 1 } },
  { text: 'a: { b: "c, d: e }\n', code: 'TG1012', at: '1:9 "c', message: 'the closing " is missing', mended: 'a: { b: "c", d: e }\n', read: { a: { b: 'c', d: 'e' } } },
  { text: 'a: "x\\"\n', code: 'TG1012', at: '1:4 "x\\"', message: 'the closing " is missing', mended: 'a: "x\\""\n', read: { a: 'x"' } },
  { text: 'a: "b\n\nc"\nd: 1\n', code: 'TG1011', at: '1:4 "b\n\nc"', message: 'the lines of this text in quotes are not indented', mended: 'a: "b\n\n c"\nd: 1\n', read: { a: 'b\nc', d: 1 } },
  { text: "a: 'it's'\n", code: 'TG1013', at: "1:4 'it's'", message: "text after the closing '", mended: 'a: "it\'s"\n', read: { a: "it's" } },
  { text: 'a: "my x" --flag # c\n', code: 'TG1013', at: '1:4 "my x" --flag', message: 'text after the closing "', mended: `a: '"my x" --flag' # c\n`, read: { a: '"my x" --flag' } },
  { text: 'a: "b": c\n', code: 'TG1013', at: '1:4 "b": c', message: 'text after the closing "', mended: `a: '"b": c'\n`, read: { a: '"b": c' } },
  { text: 'a: "b"#c\n', code: 'TG1013', at: '1:4 "b"#c', message: 'text after the closing "', mended: `a: '"b"#c'\n`, read: { a: '"b"#c' } },
  { text: 'x: ["a"b]\n', code: 'TG1013', at: '1:5 "a"b', message: 'text after the closing "', mended: `x: ['"a"b']\n`, read: { x: ['"a"b'] } },
  { text: 'a: {x: 1} c\n', code: 'TG1013', at: '1:4 {x: 1} c', message: 'text after a closing bracket', mended: 'a: "{x: 1} c"\n', read: { a: '{x: 1} c' } },
  { text: 'needs: [a, b\nnext: x\n', code: 'TG1014', at: '1:8 [', message: "this '[' is never closed", mended: 'needs: [a, b]\nnext: x\n' },
  { text: 'env: { A: 1\n', code: 'TG1014', at: '1:6 {', message: "this '{' is never closed", mended: 'env: { A: 1}\n' },
  { text: '- [\n- b\n', code: 'TG1014', at: '1:3 [', message: "this '[' is never closed", mended: '- []\n- b\n' },
  { text: 'x: [a, b}\ny: 1\n', code: 'TG1014', at: '1:4 [', message: "this '[' is closed by '}'", mended: 'x: [a, b]\ny: 1\n' },
  { text: 'a: [b, c]]\n', code: 'TG1014', at: '1:10 ]', message: "nothing was opened that this ']' could close", mended: 'a: [b, c]\n' },
  { text: 'x: }}\n', code: 'TG1014', at: '1:4 }}', message: "nothing was opened that this '}}' could close", mended: 'x: \n' },
  { text: 'a: b\n}\nc: d\n', code: 'TG1014', at: '2:1 }', message: "nothing was opened that this '}' could close", mended: 'a: b\n\nc: d\n' },
  { text: 'a: [a,,b]\n', code: 'TG1020', at: '1:7 ,', message: 'a comma with nothing before it', mended: 'a: [a,b]\n', read: { a: ['a', 'b'] } },
  { text: 'a: [, b]\n', code: 'TG1020', at: '1:5 ,', message: 'a comma with nothing before it', mended: 'a: [ b]\n', read: { a: ['b'] } },
  { text: 'x: ["a" "b"]\n', code: 'TG1020', at: '1:9 "', message: 'a comma is missing before this', mended: 'x: ["a", "b"]\n', read: { x: ['a', 'b'] } },
  { text: 'x: {a: 1 b: 2}\n', code: 'TG1020', at: '1:10 b', message: 'a comma is missing before this', mended: 'x: {a: 1, b: 2}\n', read: { x: { a: 1, b: 2 } } },
  { text: 'e: {\n  A: 1\n  B: 2\n}\n', code: 'TG1020', at: '3:3 B', message: 'a comma is missing before this', mended: 'e: {\n  A: 1,\n  B: 2\n}\n', read: { e: { A: 1, B: 2 } } },
  { text: 'x: [[a]"b"]\n', code: 'TG1020', at: '1:8 "', message: 'a comma is missing before this', mended: 'x: [[a],"b"]\n' },
  { text: 'x: [ - a ]\n', code: 'TG1019', at: '1:6 -', message: 'a list with dashes cannot stand between brackets' },
  { text: 'x: [a: [b]: c]\n', code: 'TG1019', at: '1:11 :', message: "a second ':' in one entry" },
  { text: 'a: "\\d+"\n', code: 'TG1021', at: '1:5 \\d', message: "'\\d' is no escape that double quotes know", mended: 'a: "\\\\d+"\n', read: { a: '\\d+' } },
];

const linesAndColumns: readonly Trap[] = [
  { text: 'a: 1\n\tb: 2\nc: 3\n', code: 'TG1010', at: '2:1 \t', message: 'a tab as indentation', mended: 'a: 1\nb: 2\nc: 3\n' },
  { text: 'a:\n\tb: 2\n\n\tc:\n\t\t- d\ne: 1\n', code: 'TG1010', at: '2:1 \t', message: 'tabs as indentation, in 3 lines from here', mended: 'a:\n  b: 2\n\n  c:\n    - d\ne: 1\n' },
  { text: 's:\n  - id: a\n\tname: x\n', code: 'TG1010', at: '3:1 \t', message: 'a tab as indentation', mended: 's:\n  - id: a\n    name: x\n' },
  { text: 'a: |\n\tfoo\n\t bar\nb: c\n', code: 'TG1010', at: '2:1 \t', message: 'tabs as indentation, in 2 lines from here', mended: 'a: |\n  foo\n   bar\nb: c\n' },
  { text: 'a: b\n   \tc: d\n', code: 'TG1010', at: '2:4 \t', message: 'a tab as indentation', mended: 'a: b\nc: d\n' },
  { text: 'a: [\n\tb\n]\n', code: 'TG1010', at: '2:1 \t', message: 'a tab as indentation', mended: 'a: [\n  b\n]\n', read: { a: ['b'] } },
  { text: 'a:\n    b: 1\n  c: 2\n', code: 'TG1011', at: '3:3 c', message: "'c' starts at column 3, the keys around it at column 5", mended: 'a:\n    b: 1\n    c: 2\n' },
  { text: 's:\n  - id: a\n    name: x\n   timeout: 5\n', code: 'TG1011', at: '4:4 timeout', message: "'timeout' starts at column 4, the keys around it at column 5", mended: 's:\n  - id: a\n    name: x\n    timeout: 5\n' },
  { text: 's:\n  - id: a\n     env:\n       B: 1\n  - id: b\n', code: 'TG1011', at: '3:6 env', message: "'env' starts at column 6, its siblings (such as 'id') at column 5", mended: 's:\n  - id: a\n    env:\n      B: 1\n  - id: b\n' },
  { text: 's:\n  - id: "a"\n     name: x\n', code: 'TG1011', at: '3:6 name', message: "'name' starts at column 6, the keys around it at column 5", mended: 's:\n  - id: "a"\n    name: x\n' },
  { text: 's:\n  - id: a\n - id: b\n', code: 'TG1011', at: '3:2 - id', message: 'this list item starts at column 2, the items of the list at column 3', mended: 's:\n  - id: a\n  - id: b\n' },
  { text: 's:\n  - id: a\n    - id: b\n', code: 'TG1011', at: '3:5 - id', message: 'this list item starts at column 5, the items of the list at column 3', mended: 's:\n  - id: a\n  - id: b\n' },
  { text: 's:\n  - id: a\n      - id: b\n', code: 'TG1011', at: '3:7 - id', message: 'this list item starts at column 7, the items of the list at column 3', mended: 's:\n  - id: a\n  - id: b\n' },
  { text: 'b: c\n- a\n', code: 'TG1011', at: '2:1 - a', message: 'this list item starts at column 1, where nothing of its kind does' },
  { text: 'a: |\n  x\n y\nb: 1\n', code: 'TG1011', at: '3:2 y', message: 'this line of the block starts at column 2, its first line at column 3', mended: 'a: |\n  x\n  y\nb: 1\n' },
  { text: 'key:value\nb: 1\n', code: 'TG1016', at: '1:1 key:', message: "no space after the colon of 'key'", mended: 'key: value\nb: 1\n' },
  { text: 'a: 1\nkey:value\n', code: 'TG1016', at: '2:1 key:', message: "no space after the colon of 'key'", mended: 'a: 1\nkey: value\n' },
  { text: 'key:value\n', code: 'TG1016', at: '1:1 key:', message: "no space after the colon of 'key'", mended: 'key: value\n', read: 'key:value' },
  { text: '- key:value\n  b: 1\n', code: 'TG1016', at: '1:3 key:', message: "no space after the colon of 'key'", mended: '- key: value\n  b: 1\n' },
  { text: 'a: 1\nsteps\n  - id: x\nb: 2\n', code: 'TG1015', at: '2:1 steps', message: "a colon is missing after 'steps'", mended: 'a: 1\nsteps:\n  - id: x\nb: 2\n' },
  { text: 'a: 1\ncommand echo hi\nb: 2\n', code: 'TG1015', at: '2:1 command', message: "a colon is missing after 'command'", mended: 'a: 1\ncommand: echo hi\nb: 2\n' },
  { text: 'a: 1\nkey = value\n', code: 'TG1015', at: '2:1 key', message: "a colon is missing after 'key'", mended: 'a: 1\nkey: value\n' },
  { text: 'http://x y\nb: 1\n', code: 'TG1015', at: '1:1 http://x y', message: 'a key and a colon are missing on this line' },
  { text: 'a: 1\n"b"\nc: 2\n', code: 'TG1015', at: '2:1 "b"', message: 'a key and a colon are missing on this line' },
  { text: 'a: 1\n|\n  x\nc: 2\n', code: 'TG1015', at: '2:1 |', message: 'a key and a colon are missing on this line' },
  { text: 'a: 1\n: b\n', code: 'TG1015', at: '2:1 :', message: 'a key is missing before this colon' },
  { text: 'k: - x\nb: 1\n', code: 'TG1018', at: '1:4 - x', message: 'a list cannot start on the line of its key', mended: 'k:\n  - x\nb: 1\n' },
  { text: 'k:\n  n: - x\n     - y\n  z: 1\n', code: 'TG1018', at: '2:6 - x', message: 'a list cannot start on the line of its key', mended: 'k:\n  n:\n     - x\n     - y\n  z: 1\n' },
  { text: '"a"\n"b"\n', code: 'TG1019', at: '2:1 "b"', message: `cannot read '"b"' here: it belongs to nothing before it`, read: 'a' },
];

const documentsAndKeys: readonly Trap[] = [
  { text: 'a: 1\n---\nb: 2\n', code: 'TG1006', at: '2:1 ---', message: 'a second document starts here; a file holds one workflow', read: { a: 1 } },
  { text: '---\n---\nb: 2\n', code: 'TG1006', at: '2:1 ---', message: 'a second document starts here; a file holds one workflow', read: null },
  { text: 'a: 1\n...\nb: 2\n', code: 'TG1006', at: '3:1 b: 2', message: 'a second document starts here; a file holds one workflow', read: { a: 1 } },
  { text: 'a: 1\n... b\n', code: 'TG1006', at: '2:5 b', message: 'a second document starts here; a file holds one workflow', read: { a: 1 } },
  { text: '%TAG ! x\n---\na: b\n', code: 'TG1008', at: '1:1 %TAG ! x', message: "the directive '%TAG' means nothing here", mended: '---\na: b\n', read: { a: 'b' } },
  { text: '%YAML 1.3\n---\na: b\n', code: 'TG1008', at: '1:1 %YAML 1.3', message: "the directive '%YAML' means nothing here", mended: '---\na: b\n', read: { a: 'b' } },
  { text: 'a: 1\nb: 2\n"a": 3\n', code: 'TG1030', at: '3:1 "a"', message: "the key 'a' is there twice", read: { a: 1, b: 2 } },
  { text: '{a: 1, a: 3}\n', code: 'TG1030', at: '1:8 a', message: "the key 'a' is there twice", read: { a: 1 } },
  { text: '1: a\n"1": b\n', code: 'TG1030', at: '2:1 "1"', message: "the key '1' is there twice", read: { 1: 'a' } },
  { text: 'a: *foo\n', code: 'TG1031', at: '1:4 *foo', message: "no anchor '&foo' before this alias", mended: 'a: "*foo"\n' },
  { text: 'b: &foo x\na: [*fo]\n', code: 'TG1031', at: '2:5 *fo', message: "no anchor '&fo' before this alias; did you mean '*foo'?", mended: 'b: &foo x\na: [*foo]\n' },
  { text: '*foo: b\n', code: 'TG1031', at: '1:1 *foo', message: "no anchor '&foo' before this alias", mended: '"*foo": b\n' },
  { text: 'a: &x { b: *x }\n', code: 'TG1032', at: '1:12 *x', message: "'*x' stands inside '&x', so that it would contain itself" },
  { text: 'base: &b\n  x: 1\n  y: 2\nc:\n  <<: *b\n  y: 3\n', code: 'TG1034', at: '5:3 <<', message: "merge keys ('<<') are not read", mended: 'base: &b\n  x: 1\n  y: 2\nc:\n  x: 1\n  y: 3\n', read: { base: { x: 1, y: 2 }, c: { x: 1, y: 3 } } },
  { text: 'a: &a\n  x:\n    - 1\n\n    - 2\nb:\n  c:\n    <<: *a\n    z: 1\n', code: 'TG1034', at: '8:5 <<', message: "merge keys ('<<') are not read", mended: 'a: &a\n  x:\n    - 1\n\n    - 2\nb:\n  c:\n    x:\n      - 1\n\n      - 2\n    z: 1\n', read: { a: { x: [1, 2] }, b: { c: { x: [1, 2], z: 1 } } } },
  { text: 'b:\n    k: &a\n        x: [1,\n            2]\n<<: *a\n', code: 'TG1034', at: '5:1 <<', message: "merge keys ('<<') are not read", mended: 'b:\n    k: &a\n        x: [1,\n            2]\nx: [1,\n    2]\n', read: { b: { k: { x: [1, 2] } }, x: [1, 2] } },
  { text: 'a: &a { x: 1, w: u }\nc: { <<: *a, y: 3 }\n', code: 'TG1034', at: '2:6 <<', message: "merge keys ('<<') are not read", mended: 'a: &a { x: 1, w: u }\nc: { x: 1, w: u, y: 3 }\n', read: { a: { x: 1, w: 'u' }, c: { x: 1, w: 'u', y: 3 } } },
  { text: 'a: &a { x: 1 }\nb: &b { y: 2 }\nc:\n  <<: [*a, *b]\n', code: 'TG1034', at: '4:3 <<', message: "merge keys ('<<') are not read", mended: 'a: &a { x: 1 }\nb: &b { y: 2 }\nc:\n  x: 1\n  y: 2\n', read: { a: { x: 1 }, b: { y: 2 }, c: { x: 1, y: 2 } } },
  { text: 'a: &a {}\nb:\n  <<: *a\n  c: 1\n', code: 'TG1034', at: '3:3 <<', message: "merge keys ('<<') are not read", mended: 'a: &a {}\nb:\n  c: 1\n', read: { a: {}, b: { c: 1 } } },
  { text: 'a: &a {}\nb: { <<: *a, c: 1 }\n', code: 'TG1034', at: '2:6 <<', message: "merge keys ('<<') are not read", mended: 'a: &a {}\nb: { c: 1 }\n', read: { a: {}, b: { c: 1 } } },
  { text: 'a: &a {x: {y: 1}}\nb: {<<: *a}\n', code: 'TG1034', at: '2:5 <<', message: "merge keys ('<<') are not read", read: { a: { x: { y: 1 } }, b: { x: { y: 1 } } } },
  { text: '? { a: b }\n: c\n', code: 'TG1035', at: '1:3 {', message: 'a map or list cannot be a key' },
  { text: '[a]: b\n', code: 'TG1035', at: '1:1 [', message: 'a map or list cannot be a key' },
  { text: 'a: !!int 3\n', code: 'TG1036', at: '1:4 !!int', message: "the tag '!!int' means nothing here", mended: 'a:  3\n', read: { a: 3 } },
  { text: 'a: !!str {}\n', code: 'TG1036', at: '1:4 !!str', message: "the tag '!!str' means nothing here", mended: 'a:  {}\n', read: { a: {} } },
];

const traps = [...needsQuotes, ...quotesAndBrackets, ...linesAndColumns, ...documentsAndKeys].filter((trap) => trap.message !== '');

test.each(traps.map((trap, index) => ({ ...trap, index })))('$code, trap $index', ({ text, code, at, message, mended, read }) => {
  const { root, diagnostics } = readYaml(createSourceText('w.yml', text));
  expect(diagnostics.map((diagnostic) => [diagnostic.code, describe(text, diagnostic), diagnostic.message, diagnostic.severity])).toEqual([[code, at, message, 'error']]);
  const [diagnostic] = diagnostics;
  expect(diagnostic?.hint).toMatch(/^.+[^ ]$/);
  expect(applyFix(text, diagnostic!)).toBe(mended);
  expect(root === undefined ? undefined : toPlain(root)).toEqual(read);
  if (mended !== undefined) expect(readYaml(createSourceText('w.yml', mended)).diagnostics).toEqual([]);
});

test('the hint shows the mended line', () => {
  const hintOf = (text: string): string | undefined => readYaml(createSourceText('w.yml', text)).diagnostics[0]?.hint;
  expect(hintOf('a: {{ x }}\n')).toBe('Put the whole value in quotes. Write: a: "{{ x }}"');
  expect(hintOf('- *.ts\n')).toBe('Text that starts like this needs quotes. Write: "*.ts"');
  expect(hintOf('k: { a: {{ x }} }\n')).toBe('Put the whole value in quotes. Write: "{{ x }}"');
  expect(hintOf('type:shell\n')).toBe('Write: type: shell');
  expect(hintOf(`a: @${'x'.repeat(200)}\n`)).toHaveLength('Text that starts like this needs quotes. Write: '.length + 100);
});

test('all problems of a file are found at once, in its order', () => {
  const text = 'a: {{ x }}\nb: [*.ts, @c]\nsteps:\n  - id: x\n     command: y\n  - id: "z\n\tw: 1\na: 2\n';
  const { root, diagnostics } = readYaml(createSourceText('w.yml', text));
  expect(diagnostics.map(({ code, span }) => [code, createSourceText('w.yml', text).positionAt(span[0]).line])).toEqual([
    ['TG1040', 1],
    ['TG1042', 2],
    ['TG1044', 2],
    ['TG1011', 5],
    ['TG1012', 6],
    ['TG1010', 7],
    ['TG1030', 8],
  ]);
  expect(root).toBeUndefined();
});

test('related places are named', () => {
  const relatedOf = (text: string): unknown => readYaml(createSourceText('w.yml', text)).diagnostics[0]?.related?.map(({ message, span }) => [message, text.slice(...span)]);
  expect(relatedOf('a: 1\n"a": 2\n')).toEqual([["'a' is first written here", 'a']]);
  expect(relatedOf('a: &x [*x]\n')).toEqual([["'&x' starts here", '&x']]);
  expect(relatedOf('a: [b}\n')).toEqual([["'}' stands here", '}']]);
  expect(relatedOf('s:\n  - id: a\n     env: 1\n')).toEqual([['a sibling', 'id']]);
});

test('what is no trap is left alone', () => {
  const read = (text: string): unknown => {
    const { root, diagnostics } = readYaml(createSourceText('w.yml', text));
    expect(diagnostics).toEqual([]);
    return toPlain(root!);
  };
  expect(read('a: b {{ x }} c\nb: ${{ x }}\nc: "{{ x }}"\n')).toEqual({ a: 'b {{ x }} c', b: '${{ x }}', c: '{{ x }}' });
  expect(read('a: x!y\nb: x*y\nc: a>b\nd: a|b\ne: a@b\nf: 5%\ng: -x\nh: ?x\ni: :x\nj: a&b\n')).toEqual({ a: 'x!y', b: 'x*y', c: 'a>b', d: 'a|b', e: 'a@b', f: '5%', g: '-x', h: '?x', i: ':x', j: 'a&b' });
  expect(read('a: &x.y 1\nb: *x.y\nc: [*x.y , *x.y]\n')).toEqual({ a: 1, b: 1, c: [1, 1] });
  expect(read('a: http://x\nb: 12:30\nc: [http://x]\n')).toEqual({ a: 'http://x', b: '12:30', c: ['http://x'] });
  expect(read('a: |\n  {{ x }}: - [\n  "\n\n  @\n# c\nb: >-\n  *x\n  !y\n')).toEqual({ a: '{{ x }}: - [\n"\n\n@\n', b: '*x !y' });
  expect(read('# {{ x }} [ "\na: b # {{ [\n\nc: "d # [ {{ \n  e"\n')).toEqual({ a: 'b', c: 'd # [ {{ e' });
  expect(read('? a\n: b\n? c\n')).toEqual({ a: 'b', c: null });
  expect(read('a:\n- b\n-\n  - c\n  -   d: e\n      f: g\n')).toEqual({ a: ['b', ['c', { d: 'e', f: 'g' }]] });
  expect(read('a: !!str 3\nb: !!str\n  c\nd: !!str &x 1\n')).toEqual({ a: '3', b: 'c', d: '1' });
  expect(read('[a, b: c, ? d : e, {f, g: }, "h":i]')).toEqual(['a', { b: 'c' }, { d: 'e' }, { f: null, g: null }, { h: 'i' }]);
  expect(read('a: [\n  b, # c\n\n  d\n]\ne: [\n]\n')).toEqual({ a: ['b', 'd'], e: [] });
  expect(read('%YAML 1.2 # c\n---\na: b\n...\n# end\n')).toEqual({ a: 'b' });
  expect(read('--- # c\na: b\n')).toEqual({ a: 'b' });
  expect(read('\ufeffa: b\r\nc: d\r\n')).toEqual({ a: 'b', c: 'd' });
  expect(read('a:\n \t\n  b: 1\n\t# c\n  d:\t2\n')).toEqual({ a: { b: 1, d: 2 } });
  expect(read('a: |\n  x\n\t\n  y\n')).toEqual({ a: 'x\n\ny\n' });
  expect(read('a: |+\n  x\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nb: 1\n')).toEqual({ a: `x\n${'\n'.repeat(18)}`, b: 1 });
  expect(read(`a: |\n  x\n${'\n'.repeat(30)}b: 1\n${'# c\n'.repeat(30)}c: [\n${'\n'.repeat(30)} 2]\n`)).toEqual({ a: 'x\n', b: 1, c: [2] });
});

test('keys of JavaScript itself are keys like others', () => {
  const { root } = readYaml(createSourceText('w.yml', '__proto__: { x: 1 }\nconstructor: 2\ntoString: 3\n'));
  expect(root?.kind === 'map' && root.entries.map((entry) => entry.key)).toEqual(['__proto__', 'constructor', 'toString']);
  expect('x' in {}).toBe(false);
});
