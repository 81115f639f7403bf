import { addMark, markVariable, splitMarks } from './marks.js';

test('the mark of an outer run stays in front', () => {
  expect(addMark({ A: '1' }, 'run/a')).toEqual({ A: '1', [markVariable]: 'run/a' });
  expect(addMark({ [markVariable]: '' }, 'run/a')).toEqual({ [markVariable]: 'run/a' });
  expect(addMark({ [markVariable]: 'outer/a' }, 'run/a')).toEqual({ [markVariable]: 'outer/a run/a' });
});

test.each(['', 'a b', 'a\nb'])('%j is no mark', (mark) => {
  expect(() => addMark({}, mark)).toThrow('one word');
});

test('marks are apart by spaces', () => {
  expect(splitMarks('outer/a  run/b ')).toEqual(['outer/a', 'run/b']);
});
