import { createSourceText } from '../diagnostic/source-text.js';
import { toDiagnosticJson } from './diagnostics-json.js';

test('a diagnostic for scripts has lines and columns from 1, the end behind the last character', () => {
  const source = createSourceText('a.yml', 'abc: 1\nabd: 2\n');
  const json = toDiagnosticJson(source, {
    code: 'TG1101',
    severity: 'error',
    message: 'no',
    span: [7, 10],
    fix: { title: 'Write abc', safe: true, edits: [{ span: [7, 10], text: 'abc' }] },
    related: [{ message: 'here', span: [0, 7] }],
  });
  expect(json).toEqual({
    code: 'TG1101',
    severity: 'error',
    message: 'no',
    file: 'a.yml',
    line: 2,
    column: 1,
    end_line: 2,
    end_column: 4,
    hint: null,
    url: 'docs/errors.md#tg1101',
    fix: { title: 'Write abc', safe: true, edits: [{ line: 2, column: 1, end_line: 2, end_column: 4, text: 'abc' }] },
    related: [{ message: 'here', line: 1, column: 1, end_line: 2, end_column: 1 }],
  });
});

test('what is not there is null or empty', () => {
  const json = toDiagnosticJson(createSourceText('a.yml', 'a'), { code: 'TG1102', severity: 'info', message: 'm', span: [0, 0], hint: 'h' });
  expect(json).toMatchObject({ hint: 'h', fix: null, related: [], line: 1, column: 1, end_line: 1, end_column: 1 });
});
