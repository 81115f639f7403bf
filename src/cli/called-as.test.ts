import { describeCall, quoteWord } from './called-as.js';

test.each([
  ['/usr/local/bin/tollgate', {}, 'tollgate'],
  ['/home/me/repo/bin/tollgate.js', {}, 'node bin/tollgate.js'],
  ['/home/me/bin/tollgate.js', {}, 'node ../bin/tollgate.js'],
  ['/t.js', {}, 'node /t.js'],
  ['/home/me/repo/my tools/tollgate.js', {}, "node 'my tools/tollgate.js'"],
  ['/home/me/repo/node_modules/.bin/tollgate', {}, 'npx tollgate'],
  ['/home/me/repo/node_modules/tollgate/bin/tollgate.js', {}, 'npx tollgate'],
  ['/cache/_npx/1/x/tollgate', { npm_command: 'exec' }, 'npx tollgate'],
  ['/cache/x/tollgate', { npm_lifecycle_event: 'npx' }, 'npx tollgate'],
  ['/home/me/repo/bin/tollgate.js', { npm_command: 'run-script', npm_lifecycle_event: 'demo' }, 'node bin/tollgate.js'],
])('%s is called as %j says', (script, env, wanted) => {
  expect(describeCall({ script, folder: '/home/me/repo', env })).toBe(wanted);
});

test.each([['ci', 'ci'], ['a b', "'a b'"], ["it's", `'it'\\''s'`], ['$(x)', "'$(x)'"], ['~/x', "'~/x'"], ['', "''"], ['a=b,c', 'a=b,c']])('%j is typed as %j', (word, wanted) => {
  expect(quoteWord(word)).toBe(wanted);
});
