import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findWorkflows, resolveWorkflow, showPath } from './find-workflows.js';
import { findWorkspace } from './find-workspace.js';
import { readWorkflowFile } from './read-workflow-file.js';

const workspace = mkdtempSync(join(tmpdir(), 'tollgate-find-'));
const files: Readonly<Record<string, string>> = {
  '.github/tollgate/ci.yml': 'name: build   # the main one\n',
  '.github/tollgate/b.yaml': '# no name\nx:\n  name: inner\n',
  '.github/tollgate/notes.md': 'name: notes\n',
  '.tollgate/workflows/deploy.yml': 'version: "1"\nname: "deploy-it"\r\n',
  'workflows-examples/quick.yml': "name: 'quick'\n",
  'workflows-examples/twin.yml': 'name: build\n',
  'sub/.git/HEAD': '',
  'sub/own.yml': 'name: own\n',
  'sub/deep/x': '',
};

beforeAll(() => {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, file)), { recursive: true });
    writeFileSync(join(workspace, file), text);
  }
});
afterAll(() => rmSync(workspace, { recursive: true, force: true }));

const resolve = (given: string, folder = workspace) => resolveWorkflow(given, { folder, workspace });

test('the workflows of the three folders, by name or file', () => {
  expect(findWorkflows(workspace).map(({ name, stem, file }) => [name, stem, file])).toEqual([
    ['b', 'b', '.github/tollgate/b.yaml'],
    ['build', 'ci', '.github/tollgate/ci.yml'],
    ['deploy-it', 'deploy', '.tollgate/workflows/deploy.yml'],
    ['quick', 'quick', 'workflows-examples/quick.yml'],
    ['build', 'twin', 'workflows-examples/twin.yml'],
  ]);
  expect(findWorkflows(join(workspace, 'sub'))).toEqual([]);
});

test('a workflow is named by a path, its name, its file or its place', () => {
  const path = join(workspace, '.tollgate/workflows/deploy.yml');
  for (const given of ['deploy-it', 'deploy', '.tollgate/workflows/deploy.yml', './.tollgate/workflows/../workflows/deploy.yml', path]) expect(resolve(given)).toEqual({ kind: 'found', path });
  expect(resolve('.tollgate/workflows/deploy.yml', join(workspace, 'sub'))).toEqual({ kind: 'found', path });
  expect(resolve('own.yml', join(workspace, 'sub'))).toEqual({ kind: 'found', path: join(workspace, 'sub/own.yml') });
});

test('a name that two have is not chosen from, and a file still names one', () => {
  const both = resolve('build');
  expect(both.kind === 'ambiguous' ? both.candidates.map(({ file }) => file) : both).toEqual(['.github/tollgate/ci.yml', 'workflows-examples/twin.yml']);
  expect(resolve('twin').kind).toBe('found');
});

test.each([['deplyo', 'deploy'], ['qick', 'quick'], ['workflows-examples/quik.yml', 'workflows-examples/quick.yml'], ['zzzzzz', undefined], ['sub', undefined]])('%s is not there; near is %s', (given, nearest) => {
  expect(resolve(given)).toMatchObject({ kind: 'unknown', nearest });
});

test('a file that lies elsewhere is offered by what lies beside it', () => {
  expect(resolve('sub/onw.yml')).toMatchObject({ kind: 'unknown', nearest: 'sub/own.yml' });
});

test.each([['/a/b/c.yml', '/a', 'b/c.yml'], ['/a/c.yml', '/a/b', '../c.yml'], ['/x/c.yml', '/a/b/c/d', '/x/c.yml'], ['/a', '/a', '/a']])('%s is shown from %s as %s', (path, folder, wanted) => {
  expect(showPath(path, folder)).toBe(wanted);
});

test('the workspace: chosen, else what GitHub says, else the folder with .git, else here', () => {
  const folder = join(workspace, 'sub/deep');
  expect(findWorkspace({ folder, chosen: true, env: { GITHUB_WORKSPACE: '/g' } })).toBe(folder);
  expect(findWorkspace({ folder, chosen: false, env: { GITHUB_WORKSPACE: '/g' } })).toBe('/g');
  expect(findWorkspace({ folder, chosen: false, env: { GITHUB_WORKSPACE: '' } })).toBe(join(workspace, 'sub'));
  expect(findWorkspace({ folder: '/', chosen: false, env: {} })).toBe('/');
});

test('a workflow file is read, refused with what can be shown, or unreadable', () => {
  expect(readWorkflowFile(join(workspace, 'sub/own.yml'), 'own.yml')).toMatchObject({ kind: 'read', source: { file: 'own.yml', text: 'name: own\n' } });
  writeFileSync(join(workspace, 'bad.yml'), Buffer.from([0x61, 0xff, 0x62]));
  expect(readWorkflowFile(join(workspace, 'bad.yml'), 'bad.yml')).toMatchObject({ kind: 'refused', diagnostic: { code: 'TG1001' } });
  expect(readWorkflowFile(join(workspace, 'not-there.yml'), 'x')).toEqual({ kind: 'unreadable', reason: 'there is no such file' });
  expect(readWorkflowFile(join(workspace, 'sub'), 'x')).toEqual({ kind: 'unreadable', reason: 'it is a folder' });
});
