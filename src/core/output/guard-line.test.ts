import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readRunnerCommand, readRunnerCommands, runnerCommandNames } from '../../../test/rig/runner-commands.js';
import { guardLine } from './guard-line.js';

describe('what a runner would obey is shown with a backslash', () => {
  test.each([
    ['::error::x', '\\::error::x'],
    ['  \t::add-mask::x', '  \t\\::add-mask::x'],
    ['\u00a0\u3000\u0085::debug::x', '\u00a0\u3000\u0085\\::debug::x'],
    ['\ufeff::debug::x', '\ufeff\\::debug::x'],
    ['::set-output name=a::b', '\\::set-output name=a::b'],
    ['foo ##[add-path]/evil', 'foo ##\\[add-path]/evil'],
    ['##[group]a##[error]b', '##\\[group]a##\\[error]b'],
    ['####[error]', '####\\[error]'],
    ['x ##vso[task.setvariable variable=a]b', 'x ##\\vso[task.setvariable variable=a]b'],
    ['##VSO[a.b]', '##\\VSO[a.b]'],
    ['#\u00ad#[error]x', '#\u00ad#\\[error]x'],
    ['a\r::error::x', 'a\r\\::error::x'],
  ])('%j becomes %j', (line, guarded) => {
    expect(guardLine(line)).toBe(guarded);
    expect(guardLine(guarded)).toBe(guarded);
  });
});

test.each(['', 'plain', 'a::b::c', 'std::vector<int>', 'x ::error::y', ': : x', '## [error]', '# Title', '#[derive(Debug)]', '[info] x', '## heading', '12:30:00 :: x'])('%j stays as it is', (line) => {
  expect(guardLine(line)).toBe(line);
});

const words = [...runnerCommandNames.map((name) => name.toUpperCase()), ...runnerCommandNames, 'a-token'];
const piece = fc.oneof(
  fc.constantFrom('::', ':', '##[', '##', '#', '[', ']', '##vso[', '##VsO[', 'vso', '%0A', '%0D', '%25', ' ', '\t', '\n', '\r', '\r\n', '\v', '\f', '\u0085', '\u00a0', '\u2028', '\u3000', '\ufeff', '\u00ad', '\u200b', '\0', '\u001b', ' name=a,', 'k=v;', 'text', '\\'),
  fc.constantFrom(...words),
  fc.constantFrom('::error::x', '##[error]x', ' ::add-mask::x', 'x ##[add-path]/evil', '##vso[task.setvariable variable=a]b', '::set-output name=a::b', '::stop-commands::a-token', '::a-token::'),
);
const prefix = fc.constantFrom('', ' ', '\t', '\u00a0 ', 'build | ', 'build: ', '[12:00] ', '│ ');

test('nothing is read out of a guarded line, whatever it is made of and put after', () => {
  fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), prefix, (pieces, before) => {
    expect(readRunnerCommands(`${before}${guardLine(pieces.join(''))}`, words)).toEqual([]);
  }), { numRuns: 20_000 });
});

test('the same lines hold commands before they are guarded', () => {
  const lines = fc.sample(fc.array(piece, { maxLength: 12 }), 2000).map((pieces) => pieces.join(''));
  expect(lines.filter((line) => readRunnerCommands(line, words).length > 0).length).toBeGreaterThan(400);
});

test('a guarded line differs by backslashes alone', () => {
  fc.assert(fc.property(fc.array(piece.filter((text) => text !== '\\'), { maxLength: 12 }), (pieces) => {
    expect(guardLine(pieces.join('')).replaceAll('\\', '')).toBe(pieces.join(''));
  }));
});

describe('the runner itself', () => {
  test.each([
    ['::error file=a%2Cb,line=1::x%0Ay%2525', { form: 'v2', name: 'error', properties: { file: 'a,b', line: '1' }, data: 'x\ny%25' }],
    [' \u0085::DEBUG::', { form: 'v2', name: 'debug', properties: {}, data: '' }],
    ['a ##[set-env name=a%5D;]b%3B', { form: 'v1', name: 'set-env', properties: { name: 'a]' }, data: 'b;' }],
    ['a ##VSO[task.complete result=Failed;]b', { form: 'azure', name: 'task.complete', properties: { result: 'Failed' }, data: 'b' }],
    ['::unknown::x', undefined],
    ['::error x', undefined],
    ['x ::error::y', undefined],
    ['##[error', undefined],
    [': :error::', undefined],
  ])('%j is read as %j', (line, command) => {
    expect(readRunnerCommand(line)).toEqual(command);
  });
  test('reads an output line by line', () => {
    expect(readRunnerCommands(Buffer.from('\ufeff::error::a\r::debug::b\r\nx\n##[group]c')).map(({ name, data }) => `${name} ${data}`)).toEqual(['error a', 'debug b', 'group c']);
    expect(readRunnerCommands('::a-token::', ['a-token'])).toHaveLength(1);
  });
});
