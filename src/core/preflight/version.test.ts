import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseVersion, positionOf } from './version.js';

test.each<[string, readonly number[], readonly (string | number)[]]>([
  ['20', [20], []], ['v20.1', [20, 1], []], ['V1.2.3', [1, 2, 3], []], ['1.2.3.4', [1, 2, 3, 4], []], [' 1.2 ', [1, 2], []],
  ['3.13.0rc1', [3, 13, 0], ['rc', 1]], ['1.2.0-beta.1', [1, 2, 0], ['beta', 1]], ['3.12.0a7', [3, 12, 0], ['a', 7]], ['1.22rc1', [1, 22], ['rc', 1]], ['1.77.0-nightly', [1, 77, 0], ['nightly']],
  ['8.5-rc-1', [8, 5], ['rc', 1]], ['22-ea', [22], ['ea']], ['1.2~rc1', [1, 2], ['rc', 1]], ['9.0.100-preview.3.24204.13', [9, 0, 100], ['preview', 3, 24204, 13]], ['4.0.0.dev0', [4, 0, 0], ['dev', 0]],
  ['15.18-0+deb12u1', [15, 18], []], ['1:2.39.5-0+deb12u1', [2, 39, 5], []], ['1.29.3-gke.100', [1, 29, 3], []], ['2.39.0.windows.1', [2, 39, 0], []], ['5.2.15-release', [5, 2, 15], []], ['17.0.15+6-Debian', [17, 0, 15], []],
  ['1.1.1b', [1, 1, 1], []], ['1.1.1w', [1, 1, 1], []], ['9.2p1', [9, 2], []], ['1.2.3-alpine3.18', [1, 2, 3], []], ['1.2-devuan1', [1, 2], []], ['1.2-predator', [1, 2], []], ['8.0.292', [8, 0, 292], []],
])('%s', (text, numbers, preRelease) => {
  expect(parseVersion(text)).toEqual({ numbers, preRelease });
});

test.each(['', 'v', 'abc', '-1', '.5', 'x1', '99999999999999999999'])('%j is no version', (text) => {
  expect(parseVersion(text)).toBeUndefined();
});

test.each([
  ['19.9', '20', 'before'], ['20', '20', 'within'], ['20.11.3', '20', 'within'], ['21', '20', 'after'], ['20', '20.1', 'before'], ['1.10', '1.9', 'after'],
  ['20.0.0-rc.1', '20', 'eve'], ['20.1.0-rc.1', '20', 'within'], ['20.0.0-rc.1', '20.0.0-rc.1', 'within'], ['20.0.1-rc.1', '20.0.0-rc.1', 'after'], ['20', '20.0.0-rc.1', 'after'],
  ['1.0a1', '1.0b1', 'before'], ['1.0rc1', '1.0b9', 'after'], ['1.0rc10', '1.0rc9', 'after'], ['1.0-alpha.1', '1.0a1', 'within'], ['1.0-beta', '1.0-beta.1', 'before'], ['1.0-nightly', '1.0-alpha', 'before'], ['1.0-rc1', '1.0-preview1', 'after'],
])('%s stands to %s: %s', (version, written, expected) => {
  const [ours, theirs] = [parseVersion(version), parseVersion(written)];
  expect(ours && theirs && positionOf(ours, theirs)).toBe(expected);
});

const written = fc.tuple(fc.array(fc.nat({ max: 3 }), { minLength: 3, maxLength: 3 }), fc.constantFrom('', '-alpha.1', '-beta.2', 'rc1')).map(([numbers, suffix]) => numbers.join('.') + suffix);
const at = (version: string, other: string): string => positionOf(parseVersion(version)!, parseVersion(other)!).replace('eve', 'before');

test('an order: what is after something is before it the other way round', () => {
  const mirrored: Readonly<Record<string, string>> = { before: 'after', after: 'before', within: 'within' };
  fc.assert(fc.property(written, written, (a, b) => at(a, b) === mirrored[at(b, a)]));
});

test('an order: what is before something before a third is before the third', () => {
  fc.assert(fc.property(written, written, written, (a, b, c) => at(a, b) !== 'before' || at(b, c) !== 'before' || at(a, c) === 'before'));
});
