import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createFileWorkspaceReader } from './file-workspace-reader.js';

const top = realpathSync(mkdtempSync(join(tmpdir(), 'tollgate-reader-')));
const root = join(top, 'work');
const files = ['a.ts', 'b.js', '.env', 'src/a.ts', 'src/deep/b.ts', 'src/deep/c.md', 'src/.hidden/d.ts', 'app/[id]/page.tsx', 'app/i/page.tsx', 'node_modules/x/index.js', 'packages/p/src/x.ts', 'packages/q/src/y.ts', '.git/config', 'sub/.git/config', '.tollgate/state', '.GIT2/x'];
const link = (name: string, target: string): void => symlinkSync(target, join(root, name));

beforeAll(() => {
  for (const file of [...files.map((each) => join(root, each)), join(top, 'outside/secret.txt')]) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `of ${file.slice(top.length)}`);
  }
  link('out.txt', '../outside/secret.txt');
  link('out', '../outside');
  link('in.ts', 'src/a.ts');
  link('linked', 'src/deep');
  link('git', '.git');
  link('nowhere', 'not-there');
  link('src/deep/up', '..');
  link('packages/p/q', '../q');
  link('packages/q/p', '../p');
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

const reader = createFileWorkspaceReader(root);

test('files are read from the root of the workspace', () => {
  expect(reader.readText('src/a.ts')).toEqual({ kind: 'text', text: 'of /work/src/a.ts' });
  expect(reader.readText('./src/../src/a.ts')).toEqual({ kind: 'text', text: 'of /work/src/a.ts' });
  expect(reader.readText(join(root, 'a.ts'))).toEqual({ kind: 'text', text: 'of /work/a.ts' });
  expect(reader.readText('in.ts')).toEqual({ kind: 'text', text: 'of /work/src/a.ts' });
  expect(reader.sizeOf('a.ts')).toBe('of /work/a.ts'.length);
  expect(reader.digestOf('a.ts')).toBe(createHash('sha256').update('of /work/a.ts').digest('hex'));
});

test('a byte order mark is no part of the text', () => {
  writeFileSync(join(root, 'bom.json'), '\ufeff{}');
  expect(reader.readText('bom.json')).toEqual({ kind: 'text', text: '{}' });
  rmSync(join(root, 'bom.json'));
});

test.each(['../outside/secret.txt', '/etc/passwd', 'out.txt', 'out/secret.txt', 'out', 'out/new.txt', '.git/config', '.GIT/config', 'git/config', 'sub/.git/config', '.tollgate/state', '..'])('%s is outside', (path) => {
  expect([reader.kindOf(path), reader.readText(path), reader.sizeOf(path), reader.digestOf(path)]).toEqual(['outside', { kind: 'outside' }, undefined, undefined]);
});

test.each(['not-there', 'src/not/there', 'nowhere', 'a.ts/x', 'x\0y'])('%j is missing', (path) => {
  expect([reader.kindOf(path), reader.readText(path), reader.sizeOf(path), reader.digestOf(path)]).toEqual(['missing', { kind: 'missing' }, undefined, undefined]);
});

test('a folder is one, and has neither text nor size', () => {
  expect([reader.kindOf('src'), reader.kindOf('.'), reader.kindOf('linked')]).toEqual(['folder', 'folder', 'folder']);
  expect(reader.readText('src')).toEqual({ kind: 'unreadable', reason: 'it is a folder' });
  expect([reader.sizeOf('src'), reader.digestOf('src')]).toEqual([undefined, undefined]);
});

test.each([
  [['*.ts'], ['a.ts', 'in.ts']],
  [['**/*.md'], ['linked/c.md', 'src/deep/c.md']],
  [['src'], ['src/.hidden/d.ts', 'src/a.ts', 'src/deep/b.ts', 'src/deep/c.md']],
  [['src/'], ['src/.hidden/d.ts', 'src/a.ts', 'src/deep/b.ts', 'src/deep/c.md']],
  [['src/*'], ['src/a.ts']],
  [['src/**/*.ts', '!src/deep'], ['src/.hidden/d.ts', 'src/a.ts']],
  [['!src/a.ts', 'src/*'], ['src/a.ts']],
  [['src/*', '!src/a.ts'], []],
  [['packages/*/src'], ['packages/p/src/x.ts', 'packages/q/src/y.ts']],
  [['packages/{p,q}/src/*.ts', '!**/y.ts'], ['packages/p/src/x.ts']],
  [['app/[id]/page.tsx'], ['app/[id]/page.tsx', 'app/i/page.tsx']],
  [['app/[id]'], ['app/[id]/page.tsx', 'app/i/page.tsx'].slice(0, 1)],
  [['./a.ts', 'b.js'], ['a.ts', 'b.js']],
  [['.*'], ['.env']],
  [['**', '!**/*.ts', '!node_modules', '!src', '!linked', '!app', '!packages'], ['.GIT2/x', '.env', 'b.js']],
  [['../outside/*', 'out/*', 'out.txt', '.git/*', '**/.git/**', 'git/*', '.tollgate'], []],
  [['linked/*.ts'], ['linked/b.ts']],
  [['nothing/**'], []],
  [[], []],
])('%j names %j', (patterns, wanted) => {
  expect(reader.glob(patterns)).toEqual(wanted);
});

test('links that go in a circle end', () => {
  expect(reader.glob(['**']).length).toBeLessThan(40);
  expect(reader.glob(['**'])).toEqual(expect.arrayContaining(['src/deep/b.ts', 'linked/b.ts', 'in.ts', 'packages/p/q/src/y.ts']));
});

test('a workspace that is itself a link is read through it', () => {
  symlinkSync(root, join(top, 'alias'));
  const aliased = createFileWorkspaceReader(join(top, 'alias'));
  expect([aliased.kindOf('a.ts'), aliased.glob(['*.js'])]).toEqual(['file', ['b.js']]);
});

describe('an artifact that was taken up', () => {
  const base = `.tollgate/artifacts/${'0123456789abcdef'.repeat(2)}`;
  beforeAll(() => {
    for (const file of ['dist/app.txt', 'dist/.git/x', 'notes.md']) {
      mkdirSync(dirname(join(root, base, file)), { recursive: true });
      writeFileSync(join(root, base, file), `of ${file}`);
    }
    link(`${base}/linked`, 'dist');
    link(`${base}/state`, '../../state');
    mkdirSync(join(root, '.tollgate/artifacts/other'));
    writeFileSync(join(root, '.tollgate/artifacts/other/x.txt'), '');
  });

  test('is read by its own path', () => {
    expect([reader.kindOf(base), reader.kindOf(`./${base}/dist`), reader.readText(`${base}/dist/app.txt`), reader.readText(`${base}/linked/app.txt`)]).toEqual(['folder', 'folder', { kind: 'text', text: 'of dist/app.txt' }, { kind: 'text', text: 'of dist/app.txt' }]);
    expect(reader.glob([base])).toEqual([`${base}/dist/app.txt`, `${base}/linked/app.txt`, `${base}/notes.md`]);
    expect(reader.glob([`${base}/**/*.txt`])).toEqual([`${base}/dist/app.txt`, `${base}/linked/app.txt`]);
    expect(reader.glob([`${base}/**`, '!**/*.txt'])).toEqual([`${base}/notes.md`]);
  });

  test('opens the way to nothing beside it', () => {
    expect(['.tollgate', '.tollgate/artifacts', '.tollgate/artifacts/other/x.txt', `${base}/../../state`, `${base}/state`, `${base}/dist/.git/x`, `sub/${base}`].map((path) => reader.kindOf(path))).toEqual(['outside', 'outside', 'outside', 'outside', 'outside', 'outside', 'outside']);
    expect(reader.glob(['**/app.txt', '.tollgate/**', '.tollgate/artifacts/*/dist/app.txt', '.tollgate/artifacts/other/*', '*/artifacts/**'])).toEqual([]);
  });
});
