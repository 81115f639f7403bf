import { createSourceText } from '../../diagnostic/source-text.js';
import { readYaml } from './read-yaml.js';
import { yamlCodes } from './yaml-codes.js';
import { yamlPages } from './yaml-pages.js';

const codesOf = (text: string): readonly string[] => readYaml(createSourceText('w.yml', text)).diagnostics.map(({ code }) => code);

test('every code has a page, and every page a code', () => {
  expect(Object.keys(yamlPages)).toEqual(Object.keys(yamlCodes));
});

test.each(Object.entries(yamlPages))('the example of %s is met with it, and mended it is fine', (code, { example }) => {
  if (example === undefined) {
    expect(['TG1001', 'TG1002', 'TG1003', 'TG1004', 'TG1005', 'TG1007', 'TG1019', 'TG1033']).toContain(code);
    return;
  }
  expect(codesOf(example.wrong)).toEqual([code]);
  expect(codesOf(example.right)).toEqual([]);
});

test.each(Object.entries(yamlPages))('%s is explained in whole sentences', (_code, { meaning, why, fix }) => {
  for (const text of [meaning, why, fix]) expect(text).toMatch(/^[A-Z`%].*[.]$/s);
});
