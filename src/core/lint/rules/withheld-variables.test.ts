import { expect, test } from '@jest/globals';
import { findByCode, lintText, oneStep, pointedAt } from '../../../../test/lint/lint-text.js';

const find = (text: string) => findByCode(text, 'TG4010');
const secrets = 'secrets: [GH_TOKEN, NODE_AUTH_TOKEN, DOCKER_PASSWORD, TF_TOKEN]';

test.each([
  ['gh pr create --fill', '', 'GH_TOKEN or GITHUB_TOKEN'],
  ['gh api repos/o/r', '', 'GH_TOKEN'],
  ['aws s3 ls', '', 'AWS_*'],
  ['terraform apply -auto-approve', '', 'terraform will miss TF_*'],
  ['npm publish', '', 'npm publish will miss NODE_AUTH_TOKEN'],
  ['npm publish', 'pass_env: [NPM_CONFIG_LOGLEVEL]', 'NODE_AUTH_TOKEN'],
  ['cargo publish', '', 'CARGO_REGISTRY_TOKEN'],
  ['npx wrangler deploy', '', 'CLOUDFLARE_API_TOKEN'],
  ['curl -H "Authorization: Bearer $API_TOKEN" https://x.example', '', 'the command will miss $API_TOKEN'],
  ['echo "$DOCKER_PASSWORD" | docker login --password-stdin', '', 'docker login will miss $DOCKER_PASSWORD'],
  ['echo "$REGISTRY_PASS" | docker login --password-stdin', '', 'docker login will miss $REGISTRY_PASS'],
])('%s with %s', (command, more, message) => {
  expect(find(oneStep(command, more)).map((finding) => finding.message)).toEqual([expect.stringContaining(message)]);
});

test.each([
  ['gh pr create', 'env: { GH_TOKEN: "{{ secrets.GH_TOKEN }}" }'],
  ['gh pr create', 'secrets: [GH_TOKEN]'],
  ['gh pr create', 'pass_env: [GITHUB_TOKEN]'],
  ['gh pr create', 'pass_env: ["GH_*"]'],
  ['gh pr create', 'pass_env: ["*"]'],
  ['GH_TOKEN=$(cat t) gh pr create', ''],
  ['export GH_TOKEN; GH_TOKEN=x; gh pr list', ''],
  ['gh auth login --with-token < t', ''],
  ['gh --version', ''],
  ['echo gh pr create', ''],
  ['source .env && gh pr create', ''],
  ['aws s3 ls', 'pass_env: ["AWS_*"]'],
  ['aws s3 ls', 'env: { AWS_PROFILE: dev }'],
  ['aws --profile dev s3 ls', ''],
  ['aws s3 cp --no-sign-request s3://open/x .', ''],
  ['aws-vault exec dev -- terraform apply', ''],
  ['terraform fmt -check && terraform validate && terraform init -backend=false', ''],
  ['terraform plan', 'secrets: [TF_TOKEN]'],
  ['terraform plan', 'pass_env: ["ARM_*"]'],
  ['npm publish', 'secrets: [NODE_AUTH_TOKEN]'],
  ['npm publish --dry-run', ''],
  ['npm ci', ''],
  ['netlify deploy --auth-token x', ''],
  ['echo "${API_TOKEN:-none}"', ''],
  ['API_TOKEN=x; echo $API_TOKEN', ''],
  ['echo "$DOCKER_PASSWORD" | docker login -u me --password-stdin', 'secrets: [DOCKER_PASSWORD]'],
  ['echo "$REGISTRY_PASS"', ''],
  ['docker build -t "$REGISTRY/x" .', ''],
])('%s with %s is fine', (command, more) => {
  expect(find(oneStep(command, more, secrets))).toEqual([]);
});

test('what the phase or the workflow gives reaches the step, and a declared secret alone does not', () => {
  expect(find(oneStep('gh pr list', '', secrets))).toHaveLength(1);
  expect(find(oneStep('gh pr list', '', 'env: { GH_TOKEN: x }'))).toEqual([]);
  expect(find(`name: w\n${secrets}\nphases:\n  - id: p\n    secrets: [GH_TOKEN]\n    steps: [{ id: x, command: gh pr list }]\n`)).toEqual([]);
});

test('a tool is named once, at its first call', () => {
  const text = oneStep('make; gh pr list; gh pr view');
  expect(find(text).map((finding) => pointedAt(lintText(text), finding))).toEqual(['gh pr list']);
});
