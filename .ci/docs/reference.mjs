// docs/reference.md: every record of the language with its fields, the contexts, the functions, and every rule under its id.
import { anchor, capitalize, code, generated, page, prose, table } from './markdown.mjs';

export async function writeReference(load) {
  const { listRules } = await load('core/definition/rules/language-rules.js');
  const { sections } = await load('core/definition/rules/rule.js');
  const { listRecords, recordIdOf } = await load('core/definition/rules/language-records.js');
  const { describeSignature, functionTable } = await load('core/expression/functions/function-table.js');
  const { stepTypes } = await load('steps/index.js');

  const rules = listRules(stepTypes);
  const records = listRecords(stepTypes);
  const typeOf = new Map(stepTypes.map((type) => [recordIdOf(type.name), type]));
  const examples = (id) => `[examples](../test/conformance/${id}/)`;
  const known = new Map(records.map((record) => [record.fields, record]));
  const shown = new Map();

  const showRecord = (record) => {
    const type = typeOf.get(record.id);
    return [
      `### ${record.title}`,
      type === undefined ? '' : describeType(type),
      table(['key', 'takes', 'required', 'what it says', ''], Object.entries(record.fields).map(([key, field]) => row(`${record.id}.${key}`, key, field))),
      ...Object.entries(record.fields).flatMap(([key, field]) => showInside(key, field.shape)),
    ];
  };

  const row = (id, key, field) => [`${anchor(id)}${code(key)}`, prose(field.shape.expects), field.required ? 'yes' : '', prose(capitalize(field.summary)), examples(id)];

  /** The maps inside a field; a record with a name of its own has a table of its own. */
  const showInside = (path, shape) =>
    recordsInside(shape).flatMap((fields) => {
      if (known.has(fields)) return [];
      const signature = JSON.stringify(Object.entries(fields).map(([key, { shape: inner, summary }]) => [key, inner.expects, summary]));
      const before = shown.get(signature);
      if (before !== undefined) return before === path ? [] : [`In ${code(path)}: as in ${code(before)} above.`];
      shown.set(signature, path);
      return [
        `In ${code(path)}:`,
        table(['key', 'takes', 'required', 'what it says'], Object.entries(fields).map(([key, field]) => [code(key), prose(field.shape.expects), field.required ? 'yes' : '', prose(capitalize(field.summary))])),
        ...Object.entries(fields).flatMap(([key, field]) => showInside(`${path}.${key}`, field.shape)),
      ];
    });

  const isType = (record) => typeOf.has(record.id);
  return page(
    generated,
    '# The workflow language',
    'What can be written in a workflow file, key by key and rule by rule. It is made from the very descriptions that `tollgate validate` reads files with. Each rule has an id, and under [test/conformance](../test/conformance/) a folder of that name with small workflows that keep it and, where it can be broken, workflows that break it with the message they get. How to begin is in [the guide](authoring.md); what every message means is in [errors.md](errors.md).',
    '## What a file is made of',
    'Keys stand in any order. «Required» keys have to be there; for all others the default is named or nothing happens. Unless it says otherwise, a value may hold [expressions](#expressions): `{{ … }}`.',
    records.filter((record) => !isType(record)).flatMap(showRecord),
    '## Step types',
    'A step has the fields [that every step has](#a-step-whatever-its-type) and those of its type.',
    table(['type', 'what it does', 'succeeds when'], [
      ...stepTypes.map((type) => [[type.name, ...type.shortTypes].map(code).join(' '), type.summary, capitalize(type.succeedsWhen)]),
      [`${code('<name>')} of ${code('step_types')}`, 'What the file says.', 'As the file says'],
    ]),
    records.filter(isType).flatMap(showRecord),
    '## Rules',
    sections.filter((section) => section !== 'Fields').flatMap((section) => [`### ${section}`, section === 'Functions' ? showFunctions(functionTable, { describeSignature, examples }) : showRules(rules.filter((rule) => rule.section === section), examples)]),
  );
}

function describeType(type) {
  const short = type.shortTypes.length === 0 ? '' : ` Short for it with that agent: ${type.shortTypes.map(code).join(', ')}.`;
  return `${type.summary} It succeeds when ${type.succeedsWhen}.${short}`;
}

function showRules(rules, examples) {
  return rules.map(({ id, text }) => `- ${anchor(id)}**${id}**: ${prose(text)} (${examples(id)})`).join('\n');
}

function showFunctions(functions, { describeSignature, examples }) {
  return table(
    ['function', 'answers', ''],
    functions.map((entry) => [`${anchor(`function.${entry.name}`)}${code(describeSignature(entry))}`, prose(entry.summary), examples(`function.${entry.name}`)]),
  );
}

/** The keys of every record that a shape is, lists or chooses from; those of other shapes that contain themselves are left out. */
function recordsInside(shape, depth = 0) {
  if (depth > 4) return [];
  const { fields, shapes = [] } = shape.parts?.() ?? {};
  if (fields !== undefined) return [fields];
  return shapes.flatMap((inner) => recordsInside(inner, depth + 1));
}
