import { createSourceText } from '../../diagnostic/source-text.js';
import { readInputsText } from './read-inputs-text.js';

function read(file: string, text: string): unknown {
  const { given, diagnostics } = readInputsText(createSourceText(file, text));
  return { given: given.map(({ name, value, from }) => [name, value, from]), problems: diagnostics.map(({ code, span }) => [code, ...span]) };
}

test.each<[string, string, string, unknown]>([
  ['YAML', 'a.yml', 'x: 1\ny: [a, { b: null }]\n', { given: [['x', 1, 'a.yml:1:1'], ['y', ['a', { b: null }], 'a.yml:2:1']], problems: [] }],
  ['YAML that is empty', 'a.yml', '# none\n', { given: [], problems: [] }],
  ['YAML that is a list', 'a.yml', '- x\n', { given: [], problems: [['TG1308', 2, 3]] }],
  ['YAML that is text', 'a.yml', 'x\n', { given: [], problems: [['TG1308', 0, 1]] }],
  ['JSON with tabs', 'a.JSON', '{\n\t"x": {"y": [1]}\n}', { given: [['x', { y: [1] }, 'a.JSON']], problems: [] }],
  ['JSON that is a list', 'a.json', '[1]', { given: [], problems: [['TG1308', 0, 1]] }],
  ['JSON that is null', 'a.json', 'null', { given: [], problems: [['TG1308', 0, 1]] }],
  ['JSON that is none', 'a.json', '{"x": }', { given: [], problems: [['TG1308', 0, 1]] }],
  ['JSON that is empty', 'a.json', '', { given: [], problems: [['TG1308', 0, 0]] }],
])('%s', (_name, file, text, expected) => {
  expect(read(file, text)).toEqual(expected);
});

test('a name that objects have is a name like any other', () => {
  for (const file of ['a.yml', 'a.json']) {
    const { given } = readInputsText(createSourceText(file, '{"constructor": {"toString": 1}}'));
    expect(given.map(({ name, value }) => [name, JSON.stringify(value)])).toEqual([['constructor', '{"toString":1}']]);
  }
});
