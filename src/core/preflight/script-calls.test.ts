import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { HOLE } from '../script/reading.js';
import { readScriptCalls } from './script-calls.js';

/** Which of a script's programs it is sure to need. */
function sureOf(script: string, shell: 'bash' | 'sh' = 'bash'): string {
  return readScriptCalls(script.replaceAll('‹›', HOLE), shell).calls.filter(({ sure }) => sure).map(({ name }) => name ?? '?').join(' ');
}

describe('what a script is sure to need', () => {
  test.each([
    ['npm ci', 'npm'],
    ['npm ci\nnpm test; node x.js', 'npm npm node'],
    ['CI=1 npm ci > log 2>&1', 'npm'],
    ['"npm" ci', 'npm'],
    ['cat x | jq . |\n  yq', 'cat jq yq'],
    ['cat x |& jq .', 'cat jq'],
    ['cd web && npm ci', 'npm'],
    ['mkdir -p out && cd out && cmake .. | tee log', 'cmake tee'],
    ['timeout 5m curl x', 'timeout curl'],
    ['env CI=1 node x', 'env node'],
    ['exec node server.js', 'exec node'],
    ['nohup node x &', 'nohup node'],
    ['docker run ‹› x', 'docker'],
    ['kubectl apply -f - <<E\nnpm ci\nE\njq . x', 'kubectl jq'],
    ['set -x\nterraform init', 'set terraform'],
    ['exit_code=1; git status', 'git'],
    ['git status; exit 1', 'git exit'],
    ['[ -d x ] && exit 1; git x', 'git'],
    ['x=$(git rev-parse HEAD)\nnode x', 'node'],
    ['echo $(git x); node y', 'echo node'],
  ])('%j: %s', (script, sure) => expect(sureOf(script)).toBe(sure));
});

describe('what a script may do without', () => {
  test.each([
    ['docker info || exit 0', ''],
    ['x || y', ''],
    ['cat x | grep y || true; git x', 'git'],
    ['test -f x && terraform apply', ''],
    ['command -v jq >/dev/null && jq . x', ''],
    ['terraform fmt && git diff', ''],
    ['if ! docker info; then podman info; fi', ''],
    ['! grep x y', ''],
    ['for x in a; do docker x; done', ''],
    ['while read x; do docker $x; done < y', ''],
    ['case $x in a) docker x;; esac', ''],
    ['( cd x; npm ci )', ''],
    ['{ npm ci; }', ''],
    ['f() { docker x; }\nf', ''],
    ['git() { :; }\ngit x; node y', 'node'],
    ['$TOOL x; ‹› y; "$x"z a', '? ? ?'],
    ['./gradlew x; bin/x', './gradlew bin/x'],
    ['. ./lib.sh\ndocker x', '.'],
    ['eval "$x"; docker x', 'eval'],
    ['alias docker=podman\ndocker x', 'alias'],
    ['[ -f x ] || exit 0\ndocker x', ''],
    ['if [ -f x ]; then exit; fi\ndocker x', ''],
    ['docker x; exit 0; podman x', 'docker exit'],
    ['set +e\ndocker x', 'set'],
    ['PATH=$PWD/bin:$PATH\ndocker x', ''],
    ['export PATH=$PWD/bin:$PATH\ndocker x', ''],
    ['node x\nPATH=/x node y', 'node'],
    ['env -i node x', 'env'],
    ['env PATH=/x node y', 'env'],
    ['sudo docker x', 'sudo'],
    ['command -v docker', 'command'],
    ['cat x | while read y; do docker $y; done', 'cat'],
    ['cat x | while read y; do docker $y; done || true', ''],
    ['docker x "', ''],
    ['docker x )', ''],
  ])('%j: %s', (script, sure) => expect(sureOf(script)).toBe(sure));
});

test('the words behind a program, as far as they are known', () => {
  expect(readScriptCalls('apt-get install -y "jq" $x ‹›a'.replace('‹›', HOLE), 'sh')).toEqual({ calls: [{ name: 'apt-get', operands: ['install', '-y', 'jq', ' ', ' a'], sure: true }], unreadable: false });
});

test.each([['echo "', true], ['if x; then', true], ['a )', true], ['[[ x ]]', true], ['echo "x"', false]])('%j cannot be read: %s', (script, unreadable) => {
  expect(readScriptCalls(script, 'sh').unreadable).toBe(unreadable);
});

test('whatever stands behind a guard, its program is not needed', () => {
  const guard = fc.constantFrom('if x; then ', 'x || ', 'test x && ', 'while x; do ', 'f() { ', '! ', 'case x in x) ');
  const end: Readonly<Record<string, string>> = { 'if x; then ': '; fi', 'while x; do ': '; done', 'f() { ': '; }', 'case x in x) ': ';; esac' };
  fc.assert(fc.property(guard, fc.constantFrom('docker x', 'docker', 'docker x | cat', 'docker x > y'), (before, command) => !sureOf(`${before}${command}${end[before] ?? ''}`).includes('docker')));
});
