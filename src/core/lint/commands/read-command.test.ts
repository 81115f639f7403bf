import { expect, test } from '@jest/globals';
import { UNKNOWN } from './program-call.js';
import { readCommand } from './read-command.js';

const callsOf = (command: string) => readCommand(command, 'bash').calls.map(({ program, words }) => [program, ...words].join(' ').replaceAll(UNKNOWN, '?'));

test.each([
  ['npx -y -p typescript tsc -p .', ['tsc -p .']],
  ['npx prisma@5.1 generate', ['prisma generate']],
  ['npx @scope/tool run', ['@scope/tool run']],
  ['env A=1 B=2 sudo -u x nice -n 5 make all', ['make all']],
  ['sudo', ['sudo']],
  ['timeout 5m sleep 1', ['sleep 1']],
  ['nohup ./server.sh --port 1', ['server.sh --port 1']],
  ['uv run --with x pytest -q', ['pytest -q']],
  ['uv sync', ['uv sync']],
  ['poetry install', ['poetry install']],
  ['bundle exec rake db:migrate', ['rake db:migrate']],
  ['python -m pip install x', ['pip install x']],
  ['python main.py', ['python main.py']],
  ['command -v jq', ['command -v jq']],
  ['exec -a n node x', ['node x']],
  ['a "$X" b\'c\' $(d e)', ['a ? bc ?', 'd e']],
  ['a && b || c; d | e & f', ['a', 'b', 'c', 'd', 'e', 'f']],
  ['echo "$(git push)"', ['echo ?', 'git push']],
  ["bash -lc 'x y'", ["bash -lc x y", 'x y']],
  ['bash -c "$CODE"', ['bash -c ?']],
  ['bash script.sh', ['bash script.sh']],
  ['X=1', []],
])('%s', (command, calls) => {
  expect(callsOf(command)).toEqual(calls);
});

test('a script that cannot be read to its end tells what came before', () => {
  expect(callsOf('git push\necho "')).toContain('git push');
});

test('variables, with or without what stands in for them', () => {
  const { variables, assigned } = readCommand('A=1; read B; echo $X "${Y:-z}" ${Z} ${W:?} ${Q-}; for C in a; do :; done', 'bash');
  expect(variables.map(({ name, hasDefault }) => [name, hasDefault])).toEqual([['X', false], ['Y', true], ['Z', false], ['W', false], ['Q', true]]);
  expect([...assigned].sort()).toEqual(['A', 'B', 'C']);
});

test('a variable is pointed at', () => {
  const command = 'echo $X "${Y}"';
  expect(readCommand(command, 'bash').variables.map(({ at }) => command.slice(...at))).toEqual(['$X', '${Y']);
});
