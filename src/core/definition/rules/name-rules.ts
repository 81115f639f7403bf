import { inSection, means, mustHold } from './rule.js';

/** How things are named, and how they are found again. */
export const nameRules = inSection('Names and numbers', [
  mustHold('name-form', 'The name of a workflow is made of a-z, 0-9, dot, `_` and `-`.'),
  mustHold('id-form', 'The id of a step or phase starts with a letter or `_` and goes on with letters, digits, `_` and `-`.'),
  mustHold('id-unique', 'Ids are unique in the workflow whatever their case: steps among steps, phases among phases, criteria in their gate.'),
  mustHold('id-not-a-property', "No id, input, variable or output has the name of one of JavaScript's own properties, such as `constructor`."),
  mustHold('id-not-a-context', 'No step or phase has the name of a context, such as `inputs`.'),
  means('id-shared-with-phase', 'A phase and a step may share an id.'),
  means('numbering', 'Phases are numbered from 1, their steps as `1.4`; a parallel group is `2.4`, its steps `2.4.1` and on.'),
  mustHold('need-names', 'A step is called `build`, `phase.build`, `phase/build` or by its number; a need that names nothing is refused with the nearest name.'),
]);

/** What is given to a run. */
export const inputRules = inSection('Inputs', [
  mustHold('input-types', 'An input is a string, number, boolean, choice, json, file or artifact, and takes values of its type alone.'),
  mustHold('input-default', 'The default of an input is a value that the input itself would take.'),
  mustHold('input-booleans', 'Booleans are `true` and `false` alone.'),
  mustHold('input-file', 'A `file` input names a file of the workspace; its value is its path.'),
  mustHold('input-artifact', 'An `artifact` input names an artifact as `<workflow>/<name>`, with `@<run>`, `@latest-go`, `@<tag>` or `@<version>` behind it; its value is the path of a folder with a copy.'),
  mustHold('input-empty-text', 'Empty text means «not given» for every type but string.'),
  mustHold('input-limits', '`options`, `min`, `max` and `pattern` bound the values; a pattern has to match the whole text.'),
  mustHold('input-unknown', 'An input that the workflow does not declare is refused, with the nearest one that it does.'),
  mustHold('input-choice-options', 'An input of type choice has its `options`.'),
  mustHold('input-fields-fit-type', '`from` is for artifacts, `pattern` for text, `min` and `max` for numbers.'),
]);
