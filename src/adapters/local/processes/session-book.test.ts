import { createSessionBook } from './session-book.js';

function createTable(): { now: number; starts: number; readonly table: Parameters<typeof createSessionBook>[0] } {
  const state = { now: 100, starts: 5000, table: { now: () => state.now, countStarts: () => state.starts, numbers: 1000 } };
  return state;
}

test('a session is ours while its first process lives, however many others have started', () => {
  const state = createTable();
  const book = createSessionBook(state.table);
  book.begin(7, 'run/a');
  state.starts += 1_000_000;
  expect(book.look().get(7)).toEqual({ mark: 'run/a', isLive: true, until: Infinity });
});

test('and after that until its number may have come round, counted from the last look at it', () => {
  const state = createTable();
  const book = createSessionBook(state.table);
  book.begin(7, 'run/a');
  state.starts += 10_000;
  book.look();
  book.end(7);
  state.starts += 499;
  expect(book.look().get(7)).toEqual({ mark: 'run/a', isLive: false, until: Infinity });
  state.starts += 1;
  expect(book.look().get(7)).toEqual({ mark: 'run/a', isLive: false, until: 100 });
});

test('where the machine does not count, only who was there at the end', () => {
  const state = createTable();
  state.starts = NaN;
  const book = createSessionBook(state.table);
  book.begin(7, 'run/a');
  book.end(7);
  expect(book.look().get(7)).toEqual({ mark: 'run/a', isLive: false, until: 100 });
});

test('a number that we were given again is the new one\'s', () => {
  const book = createSessionBook(createTable().table);
  book.begin(7, 'run/a');
  book.end(7);
  book.begin(7, 'run/b');
  expect(book.look().get(7)).toMatchObject({ mark: 'run/b', isLive: true });
});
