import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseRange, satisfies } from './version-range.js';

/** Versions of the list that the range takes. */
function taken(range: string, versions: readonly string[]): readonly string[] {
  const parsed = parseRange(range);
  if (parsed.kind === 'wrong') throw new Error(parsed.problem);
  return versions.filter((version) => satisfies(version, parsed));
}

describe.each<[range: string, takes: string, leaves: string]>([
  ['>=3.11', '3.11 3.11.0 3.11.7 3.12 4 3.12.0rc1 v3.11 3.11.2-1+deb12u1', '3.10.9 3 2.7.18 3.11.0rc1 3.1.1'],
  ['>= 3.11', '3.11 4', '3.10'],
  ['>3.11', '3.12 4', '3.11 3.11.9 3.10'],
  ['>=20 <23', '20 20.20.2 22.99 22.0.0-rc.1', '19.9 23 23.0.0-nightly2024 24'],
  ['>=3.11,<4', '3.11 3.99', '3.10 4 4.0.0a1'],
  ['>=3.11 , <4', '3.11 3.99', '3.10 4'],
  ['<=1.2', '1.1 1.2 1.2.9 1.2.0-beta.1', '1.3 1.3.0-beta.1 2'],
  ['^1.2', '1.2 1.2.0 1.99', '1.1 2 2.0.0-rc.1 0.9'],
  ['^0.2.3', '0.2.3 0.2.9', '0.2.2 0.3 1'],
  ['^0.0.3', '0.0.3 0.0.3.1', '0.0.4 0.0.2 0.1'],
  ['^0', '0.0.1 0.9', '1'],
  ['^1.x', '1.0 1.9', '2 0.9'],
  ['~1.2.3', '1.2.3 1.2.9', '1.2.2 1.3'],
  ['~1.2', '1.2 1.2.9', '1.3 1.1'],
  ['~1', '1 1.9', '2'],
  ['~>1.2', '1.2 1.9', '2 1.1'],
  ['~> 1.2.3', '1.2.3 1.2.9', '1.3 1.2.2'],
  ['~=3.11', '3.11 3.12', '4 3.10'],
  ['1.x', '1 1.0 1.99.9', '2 0.9 10'],
  ['1.2.*', '1.2 1.2.9', '1.3'],
  ['*', '1 0.0.1', ''],
  ['18 || 20', '18.1 20 20.20.2', '19 21 180'],
  ['<18 || >=20 <20.5', '17 20.4.9', '18 20.5'],
  ['=1.2', '1.2 1.2.9', '1.3 1.20'],
  ['==1.2.3', '1.2.3 1.2.3.9', '1.2.4'],
  ['1.2.3 - 2', '1.2.3 1.9 2 2.9', '1.2.2 3'],
  ['20', '20 20.0.0 20.11.3', '2 200 21 20.0.0-rc.1'],
  ['v20', '20.1', '21'],
  ['!=1.2.3 >=1', '1.2.4 1.2.2', '1.2.3 0.9'],
  ['>=1.2.0-beta.2', '1.2.0-beta.2 1.2.0-beta.11 1.2.0-rc.1 1.2.0 1.3', '1.2.0-beta.1 1.2.0-alpha.9 1.1.9'],
  ['>=9.2p1', '9.2p1 9.3', '9.1'],
])('%s', (range, takes, leaves) => {
  test('takes', () => expect(taken(range, [...takes.split(' '), ...leaves.split(' ')])).toEqual(takes.split(' ')));
});

test('what is no version satisfies nothing', () => {
  expect(taken('*', ['', 'unknown', 'v'])).toEqual([]);
});

test.each([
  ['', 'it is empty'], ['  ', 'it is empty'], ['abc', "'abc' is no version"], ['>=', "'>=' is no version"], ['>=x', "'>=x' says nothing"], ['18 ||', "a version is missing beside '||'"], ['>=1,', "a version is missing behind ','"],
  ['=>3', "'=>' compares nothing; write >="], ['=<3', "'=<' compares nothing; write <="], ['>=1.2.3.4.5', "'1.2.3.4.5' is no version"], ['>=3.11 und mehr', "'und' is no version"], ['latest', "'latest' is no version"], ['>= >= 3', "'>= >= 3' is no version"],
  ['18 | 20', "'| 20' is no version"], ['1..2', "'1..2' is no version"], ['>=1.2!', "'!' is no version"],
])('%j is wrong: %s', (range, problem) => {
  expect(parseRange(range)).toEqual({ kind: 'wrong', problem });
});

test('no text makes it fall over, and a range keeps its text', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'0129.x*v<>=!~^|, -ab'.split('')) }), (text) => {
    const parsed = parseRange(text);
    return parsed.kind === 'wrong' ? parsed.problem !== '' : parsed.text === text.trim() && !satisfies('nothing', parsed);
  }));
});

test('a version is in its own range, and in no range of what is below it', () => {
  fc.assert(fc.property(fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 4 }), (numbers) => {
    const version = numbers.join('.');
    expect(['', '=', '>=', '<=', '^', '~'].map((operator) => taken(operator + version, [version]).length)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(['>', '<', '!='].map((operator) => taken(operator + version, [version]).length)).toEqual([0, 0, 0]);
  }));
});
