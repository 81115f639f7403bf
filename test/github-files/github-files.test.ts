import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { validate } from '@actions/languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';
import { listGithubFiles } from '../../.ci/list-github-files.mjs';

/** What GitHub reads of this repository, as its own language service judges it. */

const root = process.cwd();
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const { workflows, actions } = listGithubFiles();
const lock = parse(read('.github/actions-lock.yml')) as Readonly<Record<string, { readonly version: string; readonly commit: string; readonly for: string }>>;
const own = 'tollgate/tollgate';

interface ActionFile {
  readonly name: string;
  readonly description: string;
  readonly inputs?: Readonly<Record<string, { readonly description: string; readonly required?: boolean; readonly default?: string }>>;
  readonly outputs?: Readonly<Record<string, { readonly description: string }>>;
}

/** What an action of ours takes is said by its file; of others it is enough that they are known. */
function findAction({ owner, name, ref, path = '' }: { readonly owner: string; readonly name: string; readonly ref: string; readonly path?: string }): Promise<ActionFile | undefined> {
  const locked = lock[`${owner}/${name}`];
  if (locked?.commit !== ref) return Promise.resolve(undefined);
  if (`${owner}/${name}` !== own) return Promise.resolve({ name, description: locked.for });
  const file = `${path === '' ? '' : `${path}/`}action.yml`;
  return Promise.resolve(actions.includes(file) ? (parse(read(file)) as ActionFile) : undefined);
}

async function listProblems(file: string, text: string): Promise<readonly string[]> {
  // An action of this repository is one like any other here, so that its inputs are compared.
  const named = text.replaceAll(/(uses: )\.\/(.*)$/gmu, (_, uses: string, path: string) => `${uses}${own}${path === '' ? '' : `/${path}`}@${lock[own]?.commit ?? ''}`);
  // Its folder and name say what it is; what was once read from an address is not read again.
  const folder = createHash('sha256').update(`${file} ${text}`).digest('hex');
  const document = TextDocument.create(`file:///${folder}/${actions.includes(file) ? '' : '.github/workflows/'}${basename(file)}`, 'yaml', 1, named);
  const found = await validate(document, { actionsMetadataProvider: { fetchActionMetadata: findAction } });
  return found.map(({ range, message }) => `${file}:${range.start.line + 1}: ${typeof message === 'string' ? message : message.value}`);
}

test.each([...workflows, ...actions])('%s is what GitHub takes', async (file) => {
  expect(await listProblems(file, read(file))).toEqual([]);
});

test('a mistake in any of them is seen', async () => {
  const problems = async (file: string, from: string | RegExp, to: string): Promise<number> => {
    const changed = read(file).replace(from, to);
    expect(changed).not.toBe(read(file));
    return (await listProblems(file, changed)).length;
  };
  expect(await problems('workflows-examples/github/build.yml', 'workflow: build', 'workflw: build')).toBeGreaterThan(0);
  expect(await problems('workflows-examples/github/pr-gate.yml', 'needs: plan', 'needs: plans')).toBeGreaterThan(0);
  expect(await problems('workflows-examples/github/pr-gate.yml', 'check: auto', 'checks: auto')).toBeGreaterThan(0);
  expect(await problems('.github/workflows/pr-gate.yml', 'inputs: |', 'input: |')).toBeGreaterThan(0);
  expect(await problems('.github/workflows/nightly.yml', '17 3 * * *', '77 3 * * *')).toBeGreaterThan(0);
  expect(await problems('action.yml', 'using: node24', 'using: node')).toBeGreaterThan(0);
});

const used = [...workflows, ...actions, ...documents()].flatMap((file) =>
  [...read(file).matchAll(/^\s*(?:- )?uses: ['"]?([^\s'"]+)['"]?(?:[ \t]+# (\S+))?/gmu)].map(([, uses = '', version]) => ({ file, uses, version })),
);

/** Everything that shows `uses:` to people. */
function documents(): readonly string[] {
  return ['README.md', ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];
}

test('every action of others is one of the reviewed file, at the commit and with the version that stand there', () => {
  const astray = used.filter(({ uses, version }) => {
    // `<owner>` and `<commit>`: words that stand for something.
    if (uses.startsWith('./') || /@<.+>$/u.test(uses)) return false;
    const [name = '', commit] = uses.split('@');
    const locked = lock[name.split('/').slice(0, 2).join('/')];
    return locked === undefined || locked.commit !== commit || locked.version !== version;
  });
  expect(astray).toEqual([]);
  expect(used.filter(({ uses }) => uses.startsWith('actions/checkout@')).length).toBeGreaterThan(5);
});

test('the reviewed file names nothing that is not used, and every commit in full', () => {
  const names = new Set(used.map(({ uses }) => (uses.split('@')[0] ?? '').split('/').slice(0, 2).join('/')));
  for (const [name, { commit }] of Object.entries(lock)) {
    expect(names).toContain(name);
    expect(commit).toMatch(/^[0-9a-f]{40}$/u);
  }
});
