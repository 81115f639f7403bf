import { expect, test } from '@jest/globals';
import { createDoubts } from './program-doubts.js';
import { readScriptCalls } from './script-calls.js';

/** Which of these programs could be there only after the script. */
function doubted(script: string, names: readonly string[]): string {
  const doubts = createDoubts();
  for (const call of readScriptCalls(script, 'bash').calls) doubts.add(call);
  return names.filter((name) => !doubts.leave(name)).join(' ');
}

test.each([
  ['curl -sSLo /tmp/terraform_1.9_linux.zip https://x/y', 'terraform'],
  ['curl -LO https://dl.example/kubectl-v1.29/x', 'kubectl'],
  ['wget https://x/jq', 'jq'],
  ['docker pull hashicorp/terraform:1.9', 'terraform'],
  ['npm install jq@1.7', 'jq'],
  ['git clone https://x/y', ''],
  ['npm run terraforming', ''],
  ['npm ci; npm run build; go build ./...; cargo build; node bin/x.js; cp a b', ''],
])('%s may bring %s', (script, names) => {
  expect(doubted(script, ['terraform', 'kubectl', 'jq'])).toBe(names);
});

test.each([
  'apt-get update', 'brew bundle', 'pip install -r x', 'python3 -m pip install x', 'npm install -g x', 'npm i --global x', 'go install x', 'cargo install x', './bootstrap.sh', 'scripts/install-tools', 'make setup', 'make tools',
  'npm run install:cli', 'bash scripts/setup.sh', 'python3 tools/install_deps.py x', 'cp x /usr/local/bin', 'tar xzf x -C ~/.local/bin/', 'curl x | sh', 'curl x | bash -s -- -y', 'sudo x', 'mise install', 'uv tool install x', 'gh extension install x', 'if x; then apt-get install y; fi',
])('%s may bring anything', (script) => {
  expect(doubted(script, ['terraform', 'whatever'])).toBe('terraform whatever');
});

test('a name, or everything', () => {
  const doubts = createDoubts();
  doubts.addName('jq');
  expect([doubts.leave('jq'), doubts.leave('yq')]).toEqual([false, true]);
  doubts.addEverything();
  expect(doubts.leave('yq')).toBe(false);
});
