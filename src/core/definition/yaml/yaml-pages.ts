import type { ErrorPage } from '../../diagnostic/error-page.js';
import type { yamlCodes } from './yaml-codes.js';

/** What `tollgate errors <code>` prints, and docs/errors.md holds. */
export const yamlPages: Readonly<Record<keyof typeof yamlCodes, ErrorPage>> = {
  TG1001: {
    meaning: 'The bytes of the file are no UTF-8 text: it is in UTF-16, or in an older encoding such as Latin-1.',
    why: 'Workflows are read as UTF-8 alone, so that they mean the same on every machine.',
    fix: 'Save the file again as UTF-8. A byte order mark and Windows line ends are fine.',
  },
  TG1002: {
    meaning: 'The file holds a control character, or a carriage return that ends no line.',
    why: 'YAML allows no control characters but tabs and line ends. They cannot be seen, and terminals obey some of them.',
    fix: 'Take the character out. Where a value needs it, write it as an escape in double quotes, such as "\\u001b".',
  },
  TG1003: {
    meaning: 'The file is larger than 4 MiB.',
    why: 'A workflow is written by people; what is larger is data, and reading it would take its time on every run.',
    fix: 'Keep the data in a file of its own and name that under `inputs`, or read it with `read_json`.',
  },
  TG1004: {
    meaning: 'Maps and lists stand inside one another more than 64 levels deep.',
    why: 'No workflow needs that, and a file made to do harm does: readers of YAML fall over it.',
    fix: 'Look for brackets that are not closed, or for lines that drift to the right.',
  },
  TG1005: {
    meaning: 'The file has more than 100,000 keys, or more than 100,000 list items.',
    why: 'The limit keeps checking fast. It is far above 10,000 steps of ordinary size.',
    fix: 'Keep data in files of their own, and use `matrix` for steps that differ in one value.',
  },
  TG1006: {
    meaning: 'A line `---` or `...` ends the workflow, and another document follows.',
    why: 'A file holds one workflow. A second document would be passed over silently.',
    fix: 'Put the second document into a file of its own, or take the line out.',
    example: { wrong: 'name: first\n---\nname: second', right: 'name: first' },
  },
  TG1007: {
    meaning: 'There are more than 100 problems, and the file was not read further.',
    why: 'After that many, most follow from the first ones.',
    fix: 'Mend the first problems and check again.',
  },
  TG1008: {
    meaning: 'A line at the top of the file starts with `%`: a directive of YAML.',
    why: 'Workflows are YAML 1.2 without tags of their own, so that directives have nothing to say.',
    fix: 'Take the line out. `%YAML 1.2` may stay.',
    example: { wrong: '%TAG ! tag:example.com,2024:\n---\nname: x', right: 'name: x' },
  },
  TG1010: {
    meaning: 'A line is indented with tabs.',
    why: 'YAML is indented with spaces alone: how wide a tab is depends on the editor.',
    fix: 'Replace the tabs by spaces, and set the editor to insert spaces for the tab key.',
    example: { wrong: 'steps:\n\t- id: build', right: 'steps:\n  - id: build' },
  },
  TG1011: {
    meaning: 'A key or a list item starts at a column where none of its kind does.',
    why: 'The column says what a line belongs to. Between two columns it belongs to nothing.',
    fix: 'Indent the line like its siblings; the message says at which column they stand.',
    example: { wrong: 'steps:\n  - id: build\n     command: make', right: 'steps:\n  - id: build\n    command: make' },
  },
  TG1012: {
    meaning: 'Text that starts with a quote does not end with one.',
    why: 'Everything that follows would be part of the text.',
    fix: 'Write the closing quote. A quote inside the text is written `\\"` in double quotes and `\'\'` in single ones.',
    example: { wrong: 'name: "build', right: 'name: "build"' },
  },
  TG1013: {
    meaning: 'A quoted text or a bracket ends, and more text follows on the line.',
    why: 'In YAML, quotes go around the whole value. Quotes that are meant for the shell have to stand inside others.',
    fix: 'Put the whole value in the other kind of quotes, or write it as a block below `|`.',
    example: { wrong: 'command: "my tool" --fast', right: `command: '"my tool" --fast'` },
  },
  TG1014: {
    meaning: 'A bracket is not closed, is closed by one of another kind, or closes nothing.',
    why: 'Where the list or map in brackets ends cannot be known.',
    fix: 'Close the bracket. What stands inside on lines of its own is indented more than the line with the opening bracket.',
    example: { wrong: 'needs: [build, test', right: 'needs: [build, test]' },
  },
  TG1015: {
    meaning: 'A line among the keys of a map has no colon, or has nothing before it.',
    why: 'The lines of a map are written as `key: value`.',
    fix: 'Write the colon, or indent the line if it goes on with the text above.',
    example: { wrong: 'name: x\nsteps\n  - id: build', right: 'name: x\nsteps:\n  - id: build' },
  },
  TG1016: {
    meaning: 'There is no space after the colon of a key.',
    why: 'Without the space, YAML reads the whole as one text; that is how `http://…` and `12:30` stay whole.',
    fix: 'Put a space after the colon.',
    example: { wrong: 'name: x\ntype:shell', right: 'name: x\ntype: shell' },
  },
  TG1017: {
    meaning: 'Unquoted text contains a colon with a space after it.',
    why: 'YAML reads what stands before the colon as another key, on the same line, which it does not allow.',
    fix: 'Put the text in quotes.',
    example: { wrong: 'message: Note: not built', right: 'message: "Note: not built"' },
  },
  TG1018: {
    meaning: 'A list with dashes starts on the line of its key.',
    why: 'The items of a list stand below one another, each on a line of its own.',
    fix: 'Put the item on the next line, indented, or write the list in brackets.',
    example: { wrong: 'needs: - build', right: 'needs: [build]' },
  },
  TG1019: {
    meaning: 'Something stands where YAML expects nothing.',
    why: 'What comes before it is complete, and it is no key, item or comment of its own.',
    fix: 'Look at the indentation of the line, at the quotes, and at brackets before it.',
  },
  TG1020: {
    meaning: 'Between brackets, a comma is missing, or stands with nothing before it.',
    why: 'Items in `[ ]` and entries in `{ }` are separated by exactly one comma.',
    fix: 'Put the comma in, or take it out. One after the last item is fine.',
    example: { wrong: 'needs: [build,, test]', right: 'needs: [build, test]' },
  },
  TG1021: {
    meaning: 'A backslash in double quotes is followed by a character that makes no escape with it.',
    why: 'In double quotes, a backslash starts an escape such as `\\n`. Patterns and Windows paths are full of others.',
    fix: 'Double the backslash, or use single quotes, where it has no meaning.',
    example: { wrong: 'pattern: "\\d+"', right: "pattern: '\\d+'" },
  },
  TG1030: {
    meaning: 'A map has the same key twice.',
    why: 'One of the two values would be lost, and tools differ in which.',
    fix: 'Keep one, or merge the values.',
    example: { wrong: 'env: { CI: "true", CI: "false" }', right: 'env: { CI: "true" }' },
  },
  TG1031: {
    meaning: 'A `*name` stands where no `&name` comes before it.',
    why: 'An alias repeats what an anchor named further up in the file.',
    fix: 'Correct the name, move the anchor up, or put the value in quotes if it is text.',
    example: { wrong: 'env: &common { CI: "true" }\nmore: *comon', right: 'env: &common { CI: "true" }\nmore: *common' },
  },
  TG1032: {
    meaning: 'An alias stands inside the part of the file that its anchor names.',
    why: 'Written out, that part would contain itself without end.',
    fix: 'Move the alias behind the anchored part, or take it out.',
    example: { wrong: 'env: &a { other: *a }', right: 'env: &a { CI: "true" }\nother: *a' },
  },
  TG1033: {
    meaning: 'With all aliases written out, the file would have more than 100,000 keys or list items, or more than 64 levels.',
    why: 'Aliases of aliases multiply: twenty lines can stand for a million.',
    fix: 'Write the parts out that differ, and use `matrix` for steps that are alike.',
  },
  TG1034: {
    meaning: 'A map has the key `<<`, which some tools read as: take in the keys of another map.',
    why: 'It is not part of YAML 1.2, and tools disagree about the order, nesting and lists of merge keys.',
    fix: 'Write the keys out; `tollgate lint --fix` does not do it, but the message shows them. `defaults`, `env` and `vars` spare most of them.',
    example: { wrong: 'a: &a { x: "1" }\nb: { <<: *a }', right: 'a: { x: "1" }\nb: { x: "1" }' },
  },
  TG1035: {
    meaning: 'A map or a list stands where a key should.',
    why: 'Keys are text. Brackets at the start of a line, or behind a `?`, make YAML read a collection as the key.',
    fix: 'Put the key in quotes if the brackets belong to it.',
    example: { wrong: '[a]: b', right: '"[a]": b' },
  },
  TG1036: {
    meaning: 'A value has a tag of YAML, such as `!!int`.',
    why: 'The fields of a workflow say what kind of value they take. `!!str` alone is read, before a single value.',
    fix: 'Take the tag out; use quotes to make text of a number.',
    example: { wrong: 'default: !!int 3', right: 'default: 3' },
  },
  TG1040: {
    meaning: 'An expression in double braces stands without quotes at the start of a value, or between brackets.',
    why: 'A brace opens a map in YAML: `{{ x }}` is a map inside a map.',
    fix: 'Put the whole value in quotes. In the middle of an unquoted value, outside brackets, it needs none.',
    example: { wrong: 'timeout: {{ inputs.limit }}', right: 'timeout: "{{ inputs.limit }}"' },
  },
  TG1041: {
    meaning: 'A value starts with `!`, which YAML reads as a tag.',
    why: 'What follows the tag is another value, or none: the pattern would be lost.',
    fix: 'Put the value in quotes.',
    example: { wrong: 'inputs:\n  - src/**\n  - !src/generated/**', right: 'inputs:\n  - src/**\n  - "!src/generated/**"' },
  },
  TG1042: {
    meaning: 'A value starts with `*` and looks like a pattern for files.',
    why: 'YAML reads `*name` as an alias: a repetition of what `&name` named before.',
    fix: 'Put the value in quotes.',
    example: { wrong: 'inputs:\n  - *.ts', right: 'inputs:\n  - "*.ts"' },
  },
  TG1043: {
    meaning: 'A value starts with `>` or `|`, and more follows on the line.',
    why: 'They start a block of text in YAML, whose lines follow below.',
    fix: 'Put the value in quotes, or the text on the lines below the sign.',
    example: { wrong: 'version: >=3.11', right: 'version: ">=3.11"' },
  },
  TG1044: {
    meaning: 'Unquoted text starts with a character that YAML keeps for itself.',
    why: 'Unquoted text cannot start with @, a backtick, %, a comma, & without a name, or an indicator such as `? `.',
    fix: 'Put the value in quotes.',
    example: { wrong: 'package: @scope/name', right: 'package: "@scope/name"' },
  },
  TG1045: {
    meaning: 'Between brackets, unquoted text contains a bracket.',
    why: 'There, every bracket opens or closes a list or a map.',
    fix: 'Put the text in quotes.',
    example: { wrong: 'inputs: [src/*.{ts,js}]', right: 'inputs: ["src/*.{ts,js}"]' },
  },
};
