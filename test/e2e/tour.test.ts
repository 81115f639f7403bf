import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder, tollgate } from './tollgate.js';

interface Edit {
  readonly line: number;
  readonly column: number;
  readonly end_line: number;
  readonly end_column: number;
  readonly text: string;
}

interface Answer {
  readonly diagnostics: readonly { readonly code: string; readonly line: number; readonly message: string; readonly fix: { readonly edits: readonly Edit[] } | null }[];
}

const mistakes = readdirSync(join('test', 'tour')).filter((name) => name.endsWith('.yml'));

test('there are at least ten typical mistakes', () => {
  expect(mistakes.length).toBeGreaterThanOrEqual(10);
});

test.each(mistakes)('what the messages of %s propose leads to exit code 0', (name) => {
  const broken = readFileSync(join('test', 'tour', name), 'utf8');
  using folder = scratchFolder({ [name]: broken });
  const file = join(folder.path, name);
  const validate = () => tollgate(['validate', '--json', name], { folder: folder.path });
  const first = validate();
  expect(first.code).toBe(2);
  let answer = first;
  for (let round = 0; answer.code !== 0 && round < 5; round++) {
    const { diagnostics } = JSON.parse(answer.out) as Answer;
    const fix = diagnostics.find((each) => each.fix !== null)?.fix;
    expect({ diagnostics, hasFix: fix !== undefined }).toMatchObject({ hasFix: true });
    writeFileSync(file, applyEdits(readFileSync(file, 'utf8'), fix?.edits ?? []));
    answer = validate();
  }
  expect(answer.code).toBe(0);
});

function applyEdits(text: string, edits: readonly Edit[]): string {
  const starts = [0, ...[...text.matchAll(/\n/gu)].map(({ index }) => index + 1)];
  const offset = (line: number, column: number): number => (starts[line - 1] ?? text.length) + column - 1;
  return [...edits]
    .map((edit) => ({ from: offset(edit.line, edit.column), to: offset(edit.end_line, edit.end_column), text: edit.text }))
    .sort((a, b) => b.from - a.from)
    .reduce((all, edit) => all.slice(0, edit.from) + edit.text + all.slice(edit.to), text);
}
