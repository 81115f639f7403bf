import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planForTest, summarize } from '../rig/parse-text.js';

const root = process.cwd();

/** What the documents show is what people copy: each piece of YAML has to hold. */
function yamlBlocks(file: string): readonly { readonly title: string; readonly text: string }[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/```yaml\n(.*?)```/gsu)].map((found) => ({
    title: `${file}:${text.slice(0, found.index).split('\n').length}`,
    text: found[1] ?? '',
  }));
}

/** A piece of a workflow, made whole. */
function complete(text: string): string {
  if (/^name:/mu.test(text)) return text;
  if (text.startsWith('- ')) return `name: piece\nsteps:\n${text.replace(/^/gmu, '  ')}`;
  return `name: piece\n${text}`;
}

const documents = ['README.md', 'docs/authoring.md'];
const examples = readdirSync(join(root, 'workflows-examples')).filter((name) => name.endsWith('.yml'));

test.each(documents.flatMap(yamlBlocks).filter(({ text }) => !text.includes('uses:')).map(({ title, text }) => [title, complete(text)]))('%s', (_, text) => {
  const { parsing, planning } = planForTest(text);
  expect(summarize(text, [...parsing.diagnostics, ...(planning?.diagnostics ?? [])])).toEqual([]);
  expect(planning?.kind).toBe('planned');
});

test.each(examples)('workflows-examples/%s', (name) => {
  const text = readFileSync(join(root, 'workflows-examples', name), 'utf8');
  const { parsing, planning } = planForTest(text);
  expect(summarize(text, [...parsing.diagnostics, ...(planning?.diagnostics ?? [])])).toEqual([]);
});

test('every link between the documents leads somewhere', () => {
  const files = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'docs/authoring.md', 'docs/performance.md'];
  const broken = files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/gu)].flatMap(([, target = '']) => {
      const path = join(root, file, '..', target);
      try {
        readdirSync(path);
        return [];
      } catch (error) {
        return (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? [] : [`${file} → ${target}`];
      }
    });
  });
  expect(broken).toEqual([]);
});
