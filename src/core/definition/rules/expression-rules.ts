import { inSection, means, mustHold } from './rule.js';

/** Where expressions stand, how they are written and what they may compare. */
export const expressionRules = inSection('Expressions', [
  means('expressions-in-text', '`{{ … }}` stands in any string value but keys, ids, `name`, `type`, `needs` and `cron`.'),
  mustHold('expressions-not-in-names', 'Where something has to be known before a run (ids, `name`, `type`, `needs`, `cron`, choices), an expression is refused.'),
  means('expressions-dollar', '`${{ … }}` reads the same as `{{ … }}`.'),
  mustHold('expressions-keep-type', 'A value that is one expression and nothing else, white space around it aside, keeps its type; otherwise the parts are joined as text.'),
  mustHold('expressions-no-lists-in-text', 'A list or an object in the middle of text is refused: `join()` or `toJSON()` make text of it.'),
  means('expressions-escape', "`\\{{` and `{{ '{{' }}` are two literal braces; in double-quoted YAML the first is written `\\\\{{`."),
  mustHold('expressions-off', '`expressions: false` takes the fields of a step as written.'),
  mustHold('expressions-foreign-braces', "Braces that are plainly another tool's, such as `{{.State}}`, are refused with the escape for their quoting style."),
  mustHold('expressions-closed', 'Braces that are opened are closed, and hold an expression.'),
  mustHold('expressions-syntax', "The language is GitHub's: names, texts in single quotes, numbers, `== != < <= > >= && || !`, parentheses, brackets, `.*` and calls."),
  means('expressions-operands', '`&&` and `||` return one of their operands.'),
  means('expressions-ignore-case', 'Texts are compared, and names are found, whatever their case.'),
  mustHold('conditions', 'A condition is an expression with or without braces; each `{{ … }}` in it reads as `( … )`.'),
  mustHold('conditions-no-braces-in-text', 'Braces inside a text of a condition are refused with the fix.'),
  mustHold('conditions-check-is-boolean', 'A `check` or assert is true or false: a value that is plainly neither is refused.'),
  means('conditions-null', 'In a condition a comparison fails with «no value for …» when a side has no value: `<`, `<=`, `>`, `>=` and `!` always, `==` and `!=` when the other side is a number or boolean, `!=` always in a check or assert.'),
  means('conditions-null-literal', "Comparing with the literals `null` and `''` is allowed, and `default(x, y)` gives a value where there is none."),
  mustHold('comparison-words', '`.outcome` and `.verdict` are compared with words that they can be.'),
  mustHold('comparison-kinds', 'A comparison whose sides can never meet, such as a boolean with other text, is refused.'),
  mustHold('reference-known', 'Every name of an expression leads to something: an unknown context, step, input, secret, variable or property is refused with the nearest name.'),
  mustHold('reference-ended', 'What an expression asks of a step or phase can have ended by then; itself, a later one, or a step of a rollback, `on_no_go` or `cleanup` cannot.'),
  means('reference-is-a-need', 'A step needs every step that it names in an expression.'),
  mustHold('reference-outputs', "An undeclared output is an error where a declared one is near or the step's text names neither output file, else a WARNING."),
]);

export const contextRules = inSection('Contexts', [
  mustHold('context-inputs', '`inputs.<name>` is a declared input.'),
  mustHold('context-secrets', '`secrets.<name>` is a secret that the workflow declares.'),
  mustHold('context-vars', '`vars.<name>` is a constant of `vars`.'),
  mustHold('context-matrix', '`matrix.<axis>` is there in a step with a matrix, with the names of its axes.'),
  mustHold('context-env', "`env.<name>` is a variable as declared, else of the process's own environment."),
  mustHold('context-steps', '`steps.<id>` and bare `<id>` have `.outputs`, `.outcome`, `.stdout`, `.exit_code`, `.duration_seconds`, `.cost_usd` and `.cached`.'),
  mustHold('context-phases', '`phases.<id>` has `.verdict`, `.cost_usd` and `.duration_seconds`.'),
  mustHold('context-run', '`run` has `.id`, `.attempt`, `.url`, `.actor`, `.started_at` and `.workspace`.'),
  mustHold('context-budget', '`budget` has `.usd`, `.spent_usd`, `.remaining_usd`, and the same for `tokens` and `minutes`.'),
  means('context-github', '`github` has what GitHub provides, where it does; locally `.sha`, `.ref` and `.repository` from git.'),
  mustHold('context-criterion', '`criterion` has `.stdout`, `.exit_code` and `.outputs` of its `run`, in its own `check` alone.'),
  mustHold('context-reserved', '`resources` is reserved.'),
]);
