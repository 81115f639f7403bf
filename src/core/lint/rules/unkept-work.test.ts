import { expect, test } from '@jest/globals';
import { findByCode, oneStep } from '../../../../test/lint/lint-text.js';

const find = (text: string) => findByCode(text, 'TG4007');
const cached = 'cache: true\ninputs: [a.txt]';

test.each([
  ['npm ci', 'node_modules'],
  ['npm --prefix web install', 'node_modules'],
  ['cd web && pnpm install --frozen-lockfile', 'node_modules'],
  ['uv sync', '.venv'],
  ['terraform -chdir=infra init', '.terraform'],
  ['composer install', 'vendor'],
  ['go generate ./...', 'outputs'],
  ['npx prisma generate', 'outputs'],
  ['protoc --go_out=. a.proto', 'outputs'],
  ['pip install -r requirements.txt', 'outside the workspace'],
  ['python -m pip install .', 'outside the workspace'],
  ['sudo apt-get install -y jq', 'outside the workspace'],
  ['go mod download', 'outside the workspace'],
  ['npx playwright install --with-deps', 'outside the workspace'],
])('%s leaves something behind', (command, hint) => {
  expect(find(oneStep(command, cached)).map((finding) => finding.hint)).toEqual([expect.stringContaining(hint)]);
});

test.each([
  ['npm ci', `${cached}\noutputs: { m: node_modules }`],
  ['npm ci', 'cache: { inputs: [a], outputs: [node_modules] }'],
  ['npm ci', `${cached}\nartifacts: { paths: [node_modules] }`],
  ['npm ci', ''],
  ['npm run ci', cached],
  ['npm test', cached],
  ['echo npm ci', cached],
  ['go build ./...', cached],
  ['terraform validate', cached],
  ['npm install --package-lock-only', cached],
])('%s with %s is fine', (command, more) => {
  expect(find(oneStep(command, more))).toEqual([]);
});

test('outputs that are values keep no files', () => {
  expect(find(oneStep('npm ci', `${cached}\noutputs: { v: { regex: "v(.*)" } }`))).toHaveLength(1);
});
