import { readNeeds } from './read-needs.js';

test('the results of jobs are read as GitHub writes them', () => {
  const text = JSON.stringify({ a: { result: 'success', outputs: { x: '1' } }, b: { result: 'failure', outputs: {} }, c: { result: 'cancelled' }, d: { result: 'skipped' }, e: { result: 'neutral' }, f: {}, g: 'success' });
  const read = readNeeds(text);
  expect(read.kind === 'read' && [...read.needs]).toEqual([['a', 'success'], ['b', 'failure'], ['c', 'cancelled'], ['d', 'skipped'], ['e', 'unknown'], ['f', 'unknown'], ['g', 'unknown']]);
});

test.each(['', 'null', '[]', '"x"', '{', '${{ toJSON(needs) }}'])('%j is refused, with what to write', (text) => {
  expect(readNeeds(text)).toEqual({ kind: 'refused', because: 'it is no map of jobs; write needs: ${{ toJSON(needs) }}' });
});
