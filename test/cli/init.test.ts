import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseWorkflow } from '../../src/core/definition/parse-workflow.js';
import { createSourceText } from '../../src/core/diagnostic/source-text.js';
import { stepTypes } from '../../src/steps/index.js';
import { createPlace, removePlaces } from './memory-world.js';

afterAll(removePlaces);

const scripts = (names: readonly string[], more = {}): string => JSON.stringify({ scripts: Object.fromEntries(names.map((name) => [name, 'true'])), ...more });

/** What lies in a folder, and the commands that the workflow for it has, in order. */
const folders: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
  ['npm with a lock', { 'package.json': scripts(['lint', 'typecheck', 'build', 'test']), 'package-lock.json': '' }, ['npm ci', 'npm run lint', 'npm run typecheck', 'npm run build', 'npm test']],
  ['npm without one', { 'package.json': scripts(['test']) }, ['npm install', 'npm test']],
  ['npm with nothing to run', { 'package.json': '{"scripts":{"test":"echo \\"Error: no test specified\\" && exit 1"}}' }, ['npm install']],
  ['a package.json that cannot be read', { 'package.json': '{' }, ['npm install']],
  ['a package.json of another shape', { 'package.json': '[]' }, ['npm install']],
  ['pnpm', { 'package.json': scripts(['lint', 'format:check', 'test']), 'pnpm-lock.yaml': '' }, ['pnpm install --frozen-lockfile', 'pnpm run lint', 'pnpm run format:check', 'pnpm run test']],
  ['pnpm by its field', { 'package.json': scripts(['test'], { packageManager: 'pnpm@9.1.0' }) }, ['pnpm install', 'pnpm run test']],
  ['yarn 1', { 'package.json': scripts(['test']), 'yarn.lock': '' }, ['yarn install --frozen-lockfile', 'yarn run test']],
  ['yarn 4', { 'package.json': scripts(['test'], { packageManager: 'yarn@4.1.0' }), 'yarn.lock': '' }, ['yarn install --immutable', 'yarn run test']],
  ['yarn with its own settings', { 'package.json': scripts(['test']), 'yarn.lock': '', '.yarnrc.yml': '' }, ['yarn install --immutable', 'yarn run test']],
  ['bun', { 'package.json': scripts(['test']), 'bun.lock': '' }, ['bun install --frozen-lockfile', 'bun run test']],
  ['requirements and pytest', { 'requirements.txt': 'pytest==8\n' }, ['python3 -m pip install -r requirements.txt', 'pytest -q']],
  ['requirements for development', { 'requirements.txt': '', 'requirements-dev.txt': 'pytest\n' }, ['python3 -m pip install -r requirements-dev.txt', 'pytest -q']],
  ['pyproject with tools', { 'pyproject.toml': '[project]\n[tool.ruff]\n[tool.mypy]\n[tool.pytest.ini_options]\n' }, ['python3 -m pip install -e .', 'ruff check .', 'mypy .', 'pytest -q']],
  ['pyproject of a library without tests', { 'pyproject.toml': '[tool.black]\n' }, ['python3 -m compileall -q .']],
  ['uv', { 'pyproject.toml': '[project]\n', 'uv.lock': '', 'tests/x': '' }, ['uv sync --frozen', 'uv run pytest -q']],
  ['poetry', { 'pyproject.toml': '[tool.poetry]\n' }, ['poetry install', 'poetry run python -m compileall -q .']],
  ['pipenv', { Pipfile: 'pytest', 'Pipfile.lock': '' }, ['pipenv sync --dev', 'pipenv run pytest -q']],
  ['go', { 'go.mod': '' }, ['go vet ./...', 'go build -o /dev/null ./...', 'go test ./...']],
  ['rust', { 'Cargo.toml': '', 'Cargo.lock': '' }, ['cargo check --all-targets --locked', 'cargo test --locked']],
  ['maven', { 'pom.xml': '' }, ['mvn -B -q test-compile', 'mvn -B verify']],
  ['maven with a wrapper', { 'pom.xml': '', mvnw: '' }, ['./mvnw -B -q test-compile', './mvnw -B verify']],
  ['gradle', { 'build.gradle.kts': '', gradlew: '' }, ['./gradlew assemble', './gradlew check']],
  ['terraform', { 'main.tf': '' }, ['terraform init -backend=false -input=false', 'terraform fmt -check -recursive', 'terraform validate']],
  ['make', { Makefile: 'VERSION := 1\nbuild:\n\ttrue\nlint test:\n\ttrue\ntest:\n\ttrue\n' }, ['make build', 'make test']],
  ['make without targets of known names', { Makefile: 'x:\n' }, ['make']],
  ['make beside a project that it wraps', { Makefile: 'test:\n', 'go.mod': '' }, ['go vet ./...', 'go build -o /dev/null ./...', 'go test ./...']],
  ['two projects', { 'package.json': scripts(['lint', 'test']), 'go.mod': '' }, ['npm install', 'npm run lint', 'go vet ./...', 'go build -o /dev/null ./...', 'npm test', 'go test ./...']],
  ['nothing', {}, ['echo "Hello, {{ inputs.who }}!"']],
];

test.each(folders)('init for %s writes a workflow that is right', async (_name, files, commands) => {
  const place = createPlace(files);
  const { exitCode, out } = await place.call(['init']);
  expect(exitCode).toBe(0);
  const text = readFileSync(join(place.folder, '.github/tollgate/ci.yml'), 'utf8');
  expect([...text.matchAll(/^ +(?:command|run): (.*)$/gmu)].map((match) => match[1])).toEqual(commands);
  expect(parseWorkflow(createSourceText('ci.yml', text), stepTypes).diagnostics).toEqual([]);
  expect(text).toMatch(/gate:.*\n {6}criteria:/u);
  expect(out).toContain('tollgate plan ci');
});

test.each(folders)('what init writes for %s passes validate and lint --strict', async (_name, files) => {
  const place = createPlace(files);
  await place.call(['init', 'first']);
  expect(await place.call(['validate', 'first'])).toMatchObject({ exitCode: 0, err: '' });
  expect(await place.call(['lint', 'first', '--strict'])).toMatchObject({ exitCode: 0, err: '' });
});

test('init never writes over a file without --force', async () => {
  const place = createPlace({ '.github/tollgate/ci.yml': 'mine\n' });
  const { exitCode, err } = await place.call(['init']);
  expect(exitCode).toBe(2);
  expect(err).toContain('error: .github/tollgate/ci.yml is there already');
  expect(err).toContain('tollgate init ci --force');
  expect(readFileSync(join(place.folder, '.github/tollgate/ci.yml'), 'utf8')).toBe('mine\n');
  expect((await place.call(['init', '--force'])).exitCode).toBe(0);
  expect(readFileSync(join(place.folder, '.github/tollgate/ci.yml'), 'utf8')).toContain('name: ci\n');
});

test('init --dry-run prints the file and writes none', async () => {
  const place = createPlace({ 'go.mod': '' });
  const { out, err } = await place.call(['init', 'release', '--dry-run']);
  expect(out).toContain('name: release\n');
  expect(err).toContain('would be written to .github/tollgate/release.yml');
  expect(() => readFileSync(join(place.folder, '.github/tollgate/release.yml'))).toThrow('ENOENT');
});

test('init --json says what was written', async () => {
  const place = createPlace({ 'go.mod': '' });
  const said = JSON.parse((await place.call(['init', '--json'])).out) as Record<string, unknown>;
  expect(said).toMatchObject({ name: 'ci', file: '.github/tollgate/ci.yml', written: true, kinds: ['Go'], next: ['tollgate plan ci', 'tollgate validate ci'] });
  expect(said['text']).toBe(readFileSync(join(place.folder, '.github/tollgate/ci.yml'), 'utf8'));
});

test.each([['My Flow', 'init my-flow'], ['..', 'init '], ['a/b', 'init a-b']])('init refuses %j as a name and offers one', async (name, offered) => {
  const { exitCode, err } = await createPlace().call(['init', name]);
  expect(exitCode).toBe(2);
  expect(err).toContain(`cannot name a workflow`);
  expect(err).toContain(`  tollgate ${offered}`);
});

test('init says why it cannot write', async () => {
  const { exitCode, err } = await createPlace({ '.github': 'a file' }).call(['init']);
  expect(exitCode).toBe(2);
  expect(err).toMatch(/^error: \.github\/tollgate\/ci\.yml cannot be written: /u);
});

test.each([['/home/x/tollgate.js', 'tollgate'], ['%/bin/tollgate.js', 'node bin/tollgate.js'], ['/x/node_modules/.bin/tollgate', 'npx tollgate']])('the file says how all can call it: %s', async (script, calledAs) => {
  const place = createPlace();
  expect((await place.call(['init', '--dry-run'], { script: script.replace('%', place.folder) })).out).toContain(`# What would run:  ${calledAs} plan ci\n`);
});
