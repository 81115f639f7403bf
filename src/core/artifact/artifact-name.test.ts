import fc from 'fast-check';
import { findNameFault, findTagFault, fitName } from './artifact-name.js';
import { parseArtifactReference, writeArtifactReference } from './artifact-reference.js';

const anyText = fc.string({ unit: 'binary', maxLength: 300 });
const name = anyText.map(fitName).filter((text) => text !== '');

test('whatever an expression makes becomes a name that can be had, or nothing', () => {
  fc.assert(fc.property(anyText, (text) => {
    const fitted = fitName(text);
    expect(fitted === '' || findNameFault(fitted) === undefined).toBe(true);
    expect(fitName(fitted)).toBe(fitted);
  }));
});

test('a name that can be had is left as it is', () => {
  fc.assert(fc.property(anyText.filter((text) => findNameFault(text) === undefined), (text) => expect(fitName(text)).toBe(text)));
  expect(['coverage', 'report-20', 'Über uns', 'a.b', 'x'.repeat(200)].map(findNameFault)).toEqual([undefined, undefined, undefined, undefined, undefined]);
});

test.each([
  ['', 'it is empty'],
  ['a/b', "it holds '/'"],
  ['a\\b', "it holds '\\'"],
  ['..', "it begins with '.'"],
  ['.manifests', "it begins with '.'"],
  ['-rf', "it begins with '-'"],
  ['a@b', "it holds '@'"],
  ['a\nb', 'it holds a control character'],
  [' a', 'it begins or ends with a space'],
  ['\ud800', 'it is no text'],
  ['x'.repeat(201), 'it is longer than 200 bytes'],
])('%j is no name', (text, fault) => expect(findNameFault(text)).toBe(fault));

test('feature/x is feature-x', () => expect(['feature/x', '../../etc', 'v1@2', '???'].map(fitName)).toEqual(['feature-x', 'etc', 'v1-2', '']));

test('a tag is a word that no other meaning has', () => {
  expect(['nightly', 'feature/x', 'v1.2', '', 'latest-go', 'a b', 'a@b'].map((tag) => findTagFault(tag) === undefined)).toEqual([true, true, true, false, false, false, false]);
});

test('a reference is read as it was written', () => {
  const which = fc.option(fc.stringMatching(/^[a-z0-9./-]{1,20}$/u), { nil: undefined });
  fc.assert(fc.property(fc.stringMatching(/^[a-z0-9._-]{1,20}$/u), name, which, (workflow, each, asked) => {
    const reference = { workflow, name: each, which: asked };
    expect(parseArtifactReference(writeArtifactReference(reference))).toEqual(reference);
  }));
});

test.each(['', 'measure', 'measure/', '/coverage', 'Measure/coverage', 'a/b/c', 'a/b@', 'a/b@c@d', 'a/..'])('%j is no reference', (text) => expect(parseArtifactReference(text)).toBeUndefined());
