import fc from 'fast-check';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { createSourceText } from '../diagnostic/source-text.js';
import { renderAnnotation } from './annotations.js';

const source = createSourceText('.github/tollgate/a,b:c.yml', 'name: x\nsteps: []\n');
const problem: Diagnostic = { code: 'TG1101', severity: 'error', message: 'it is wrong', span: [8, 13], hint: 'mend it' };

test.each<[string, Partial<Diagnostic>, string]>([
  ['a problem', {}, '::error file=.github/tollgate/a%2Cb%3Ac.yml,line=2,endLine=2,col=1,endColumn=5,title=TG1101::it is wrong%0A→ mend it%0Adocs/errors.md#tg1101'],
  ['a warning', { severity: 'warning' }, '::warning file='],
  ['an information', { severity: 'info' }, '::notice file='],
  ['an empty span', { span: [3, 3] }, ',line=1,endLine=1,col=4,endColumn=4,'],
  ['several lines', { span: [3, 10] }, ',line=1,endLine=2,col=4,title='],
  ['per cent and line ends', { message: '100%\r\n::set-output name=a::b' }, '::100%25%0D%0A::set-output name=a::b%0A'],
])('%s', (_name, part, expected) => {
  expect(renderAnnotation(source, { ...problem, ...part })).toContain(expected);
});

test('whatever a file says, it is one command on one line, and its text comes back', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('\n', '\r', '%', ':', ',', '::', '##[', 'a', '%0A') }), fc.string({ unit: fc.constantFrom(':', ',', '%', '\n', 'x', '::') }), (message, file) => {
      const line = renderAnnotation(createSourceText(file, 'abc'), { ...problem, span: [0, 1], message });
      const found = /^::error file=([^,:\n]*),line=1,endLine=1,col=1,endColumn=1,title=TG1101::([^\r\n]*)%0A→ mend it%0Adocs\/errors\.md#tg1101$/u.exec(line);
      expect([unescape(found?.[1] ?? '?'), unescape(found?.[2] ?? '?')]).toEqual([file, message]);
    }),
  );
});

/** As the runner reads it. */
function unescape(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%');
}
