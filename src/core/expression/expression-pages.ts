import type { expressionCodes } from './expression-codes.js';

/** What `tollgate errors <code>` prints, and docs/errors.md holds. */
export interface ErrorPage {
  readonly meaning: string;
  readonly why: string;
  readonly fix: string;
  readonly example?: { readonly wrong: string; readonly right: string };
}

export const expressionPages: Readonly<Record<keyof typeof expressionCodes, ErrorPage>> = {
  TG2001: {
    meaning: 'What stands between the braces, or in a condition, is not written in the expression language at the place that is pointed at.',
    why: 'The language is that of GitHub expressions: names, texts in single quotes, numbers, `== != < <= > >= && || !`, parentheses, brackets and function calls. It has no arithmetic signs, no double quotes and no filters.',
    fix: 'Write what the hint names: `add(a, b)` for `a + b`, `==` for `=`, single quotes for double ones. If the braces belong to another tool, write `\\{{`.',
    example: { wrong: 'when: "inputs.count + 1 > 3"', right: 'when: "add(inputs.count, 1) > 3"' },
  },
  TG2002: {
    meaning: 'There is a `{{` and no `}}` that ends it.',
    why: 'Everything behind it would be part of the expression.',
    fix: 'Close the braces, or write `\\{{` where two braces are meant as text.',
    example: { wrong: 'command: "echo {{ inputs.name }"', right: 'command: "echo {{ inputs.name }}"' },
  },
  TG2003: {
    meaning: 'There is nothing to evaluate: the braces or the condition are empty.',
    why: 'An empty expression has no value that could be meant.',
    fix: 'Write the expression, or take the braces away; `\\{{` keeps them as text.',
    example: { wrong: 'command: "echo {{ }}"', right: 'command: "echo {{ inputs.name }}"' },
  },
  TG2004: {
    meaning: 'These braces are written for another tool, such as `docker ps --format` or Helm.',
    why: 'Tollgate reads `{{ … }}` in every string value, and this is no expression of its language.',
    fix: 'Write a backslash before them: `\\{{.State}}`; in a double-quoted YAML string `\\\\{{.State}}`. For a whole step, `expressions: false` takes its fields as written.',
    example: { wrong: "command: docker ps --format '{{.State}}'", right: "command: docker ps --format '\\{{.State}}'" },
  },
  TG2005: {
    meaning: 'The expression has more characters than an expression can have.',
    why: 'The limit is that of GitHub, and keeps checking fast.',
    fix: 'Put parts of it into `vars` or into outputs of steps, or the data into a file.',
  },
  TG2006: {
    meaning: 'The expression is nested more deeply, or has more comparisons in a row, than can be read.',
    why: 'The limit is that of GitHub. `a == b == c` compares the answer of the first comparison with `c`, which is hardly ever meant.',
    fix: 'Take parentheses away, join comparisons with `&&`, or put parts into `vars`.',
  },
  TG2007: {
    meaning: 'A text begins with a single quote and does not end.',
    why: 'The rest of the expression would be part of the text.',
    fix: "Close the quote. A quote inside a text is doubled: `'it''s'`.",
    example: { wrong: 'when: "inputs.name == \'Ann"', right: 'when: "inputs.name == \'Ann\'"' },
  },
  TG2008: {
    meaning: 'A condition has `{{ … }}` between single quotes.',
    why: 'A condition is an expression already: between quotes the braces are only text, and the comparison could never hold.',
    fix: 'Take away quotes and braces, or join texts with `format()`. `\\{{` says that the braces are meant as text.',
    example: { wrong: "when: \"'{{ inputs.env }}' == 'prod'\"", right: "when: \"inputs.env == 'prod'\"" },
  },
  TG2010: {
    meaning: 'The expression begins with a name that is neither a context nor the id of a step that can be read here.',
    why: 'A reference that leads nowhere would silently be empty.',
    fix: 'Take the name that is proposed. A text stands in single quotes; a function has parentheses.',
    example: { wrong: 'when: "input.deploy"', right: 'when: "inputs.deploy"' },
  },
  TG2011: {
    meaning: 'There is no property, step, input or output of this name.',
    why: 'A reference that leads nowhere would silently be empty.',
    fix: 'Take the name that is proposed, or declare what is missing.',
    example: { wrong: 'check: "parse_coverage(\'c.xml\').line_covrage >= 90"', right: 'check: "parse_coverage(\'c.xml\').line_coverage >= 90"' },
  },
  TG2012: {
    meaning: 'There is no function of this name.',
    why: 'Functions are built in; the reference lists them.',
    fix: 'Take the name that is proposed.',
    example: { wrong: 'when: "contain(inputs.name, \'x\')"', right: 'when: "contains(inputs.name, \'x\')"' },
  },
  TG2013: {
    meaning: 'A function is called with more or fewer arguments than it takes.',
    why: 'What is missing cannot be guessed, and what is too much would be lost.',
    fix: 'Write the call as the hint shows it; what stands in brackets there may be left out.',
    example: { wrong: 'when: "contains(inputs.name)"', right: 'when: "contains(inputs.name, \'x\')"' },
  },
  TG2014: {
    meaning: 'A function is called with an argument that it cannot use, such as a list where text is wanted.',
    why: 'The call could only fail when it runs.',
    fix: 'Give what the message asks for; a list becomes text with `join()`, anything with `toJSON()`.',
    example: { wrong: 'when: "round(\'many\') > 3"', right: 'when: "round(inputs.count) > 3"' },
  },
  TG2015: {
    meaning: 'A property is read from text, a number, a boolean, or by name from a list.',
    why: 'Such values have no properties: the answer would always be null.',
    fix: 'Read the property from the object that has it. For a list, `list.*.name` reads it from each item and `list[0]` is the first item; JSON text is read with `fromJSON()`.',
    example: { wrong: 'when: "glob(\'*.md\').length > 0"', right: 'when: "count(glob(\'*.md\')) > 0"' },
  },
  TG2020: {
    meaning: 'An outcome or verdict is compared with a word that it can never be.',
    why: 'The comparison would silently never hold. A step ends as succeeded, failed, skipped, cancelled or indeterminate; a phase with go or no-go.',
    fix: 'Take the word that is proposed.',
    example: { wrong: "when: \"build.outcome == 'success'\"", right: "when: \"build.outcome == 'succeeded'\"" },
  },
  TG2021: {
    meaning: 'The two sides of a comparison can never be equal, or can never be put in order.',
    why: "To the language of GitHub a boolean is never equal to the text `'true'`, and a list or an object to no plain value.",
    fix: 'Compare what is alike: `true` without quotes, a property of the object, `contains()` or `count()` of the list.',
    example: { wrong: "when: \"inputs.deploy == 'true'\"", right: 'when: "inputs.deploy == true"' },
  },
  TG2022: {
    meaning: 'A check gives a number, a list or an object.',
    why: "A check passes with true (or the text `true`) alone, so that nothing passes by accident.",
    fix: 'Compare the value with what it should be.',
    example: { wrong: 'check: "parse_coverage(\'c.xml\').line_coverage"', right: 'check: "parse_coverage(\'c.xml\').line_coverage >= 90"' },
  },
  TG2023: {
    meaning: 'A regular expression is not written in RE2 syntax, or is too long.',
    why: 'Regular expressions are matched in time linear in the text, which rules out back-references and look-around.',
    fix: 'Write it without them; two calls of `matches()` often say the same.',
    example: { wrong: 'when: "matches(inputs.name, \'^(?!test)\')"', right: 'when: "!matches(inputs.name, \'^test\')"' },
  },
  TG2024: {
    meaning: 'A list or an object stands in the middle of text.',
    why: 'It has no form as text that would be meant everywhere.',
    fix: "Write `join(list, ' ')` or `toJSON(value)`. Alone, without text around it, it keeps its type.",
    example: { wrong: 'command: "ls {{ glob(\'*.md\') }}"', right: "command: \"ls {{ join(glob('*.md'), ' ') }}\"" },
  },
};
