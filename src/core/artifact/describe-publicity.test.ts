import { describePublicity } from './describe-publicity.js';

const what = '2 artifacts';

test.each([[true, false], [true, true], [false, true], [undefined, true]])('where nobody else can read it nothing is said: private %s, sealed %s', (isPrivate, isSealed) => {
  expect(describePublicity({ isPrivate, isSealed, what })).toBeUndefined();
});

test('on a public repository it says who can read what, and what to do', () => {
  expect(describePublicity({ isPrivate: false, isSealed: false, what })).toMatch(/^This repository is public: anyone who is signed in to GitHub can download 2 artifacts, .*encryption-key/u);
});

test('what is not known is not taken for private', () => {
  expect(describePublicity({ isPrivate: undefined, isSealed: false, what })).toMatch(/^Whether this repository is private is not known; if it is public: /u);
});
