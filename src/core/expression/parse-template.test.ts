import fc from 'fast-check';
import { formatExpression } from './format-expression.js';
import { parseTemplate } from './parse-template.js';

/** Texts as they are, expressions between ‹›. */
function show(text: string): string {
  const { parts, problems } = parseTemplate(text);
  expect(problems).toEqual([]);
  return parts.map((part) => (part.kind === 'text' ? part.text : `‹${formatExpression(part.expression)}›`)).join('');
}

test.each([
  ['', ''],
  ['plain } }} { $ text', 'plain } }} { $ text'],
  ['{{ a }}', '‹a›'],
  ['{{a}}', '‹a›'],
  ['${{ a }}', '‹a›'],
  ['$${{ a }}', '$‹a›'],
  ['$ {{ a }}', '$ ‹a›'],
  ['x{{ a }}y{{ b.c }}z', 'x‹a›y‹b.c›z'],
  ['{{ a }}{{ b }}', '‹a›‹b›'],
  ['{{ a }}}}', '‹a›}}'],
  ["{{ '}}' }}", "‹'}}'›"],
  ["{{ 'it''s }}' }}", "‹'it''s }}'›"],
  ["{{ '{{' }} x }}", "‹'{{'› x }}"],
  ['\\{{ a }}', '{{ a }}'],
  ['\\${{ a }}', '${{ a }}'],
  ['$\\{{ a }}', '${{ a }}'],
  ['\\\\{{ a }}', '\\{{ a }}'],
  ['x \\{{.A}} {{ b }} \\{{.C}} y', 'x {{.A}} ‹b› {{.C}} y'],
  ['\\{{\\{{', '{{{{'],
  ['{{ a\n  && b }}', '‹a && b›'],
  ['{{ -5 }}{{ .5 }}{{-1}}', '‹-5›‹0.5›‹-1›'],
  ['{{ end.outputs.x }}{{ with == 1 }}{{ if != 1 }}{{ for && 1 }}', '‹end.outputs.x›‹with == 1›‹if != 1›‹for && 1›'],
  ['{{ this_one.a }}{{ ends }}{{ !x }}{{!x}}', '‹this_one.a›‹ends›‹!x›‹!x›'],
])('%j is read as %j', (text, shown) => {
  expect(show(text)).toBe(shown);
});

test('text is one part wherever it was escaped, and none where there is none', () => {
  expect(parseTemplate('a\\{{b\\{{c').parts).toEqual([{ kind: 'text', text: 'a{{b{{c' }]);
  expect(parseTemplate('').parts).toEqual([{ kind: 'text', text: '' }]);
  expect(parseTemplate('x').parts).toEqual([{ kind: 'text', text: 'x' }]);
});

test('an expression spans its braces and knows its places in the whole text', () => {
  expect(parseTemplate('ab ${{ c }} d {{ e }}').parts).toEqual([
    { kind: 'text', text: 'ab ' },
    { kind: 'expression', expression: { kind: 'context', name: 'c', at: [7, 8] }, at: [3, 11] },
    { kind: 'text', text: ' d ' },
    { kind: 'expression', expression: { kind: 'context', name: 'e', at: [17, 18] }, at: [14, 21] },
  ]);
});

test.each([
  '{{.State}}', '{{ .Foo | json }}', '{{ . }}', '{{.}}', '{{range .Items}}', '{{ range $i, $x := .Items }}', '{{if .A}}', '{{ if }}', '{{else}}', '{{ else if .B }}', '{{ elif x }}', '{{end}}', '{{- .A -}}', '{{- end }}', '{{- x -}}', '{{ x -}}', '{{-x}}', '{{$x}}', '{{ $.Values.a }}', '{{#each items}}', '{{/if}}', '{{> partial}}', '{{^empty}}', '{{&raw}}', '{{{raw}}}', '{{@index}}', '{{!-- note --}}', '{{% raw %}}', '{{this}}', '{{this.name}}', '{{ this }}', '{{json .}}', '{{ index .A 0 }}', '{{ printf "%s" .A }}', '{{ toYaml $x }}', '{{with .A}}', '{{ define "x" }}', '{{ template "x" . }}', '{{ block "x" . }}', '{{break}}', '{{continue}}', '{{ include "x" . }}', '{{ set x }}', '{{ for x in y }}', '{{endfor}}', '{{endif}}', '{{ unless x }}', '{{/* note */}}',
])('%s belongs to another tool', (text) => {
  expect(parseTemplate(`a ${text} b`)).toEqual({
    parts: [{ kind: 'text', text: text === '{{{raw}}}' ? 'a } b' : 'a  b' }],
    problems: [
      {
        code: 'TG2004',
        message: 'these braces belong to another tool',
        at: [2, 2 + text.indexOf('}}') + 2],
        hint: 'to pass them on as they are, write \\{{',
        replacement: { at: [2, 2], text: '\\' },
      },
    ],
  });
});

test('braces of another tool that never close are still theirs', () => {
  expect(parseTemplate('x {{range .Items').problems).toMatchObject([{ code: 'TG2004', at: [2, 16] }]);
});

const escape = 'if these braces are not for Tollgate, write \\{{';

test.each([
  ['x {{ a', [{ code: 'TG2002', message: 'these braces are never closed', at: [2, 4], hint: `close them with }}; ${escape}` }]],
  ['x ${{ a }', [{ code: 'TG2002', at: [2, 5] }]],
  ["{{ a == 'b }} c", [{ code: 'TG2007', at: [8, 11] }]],
  ["{{ 'a }} {{ b }}", [{ code: 'TG2007', at: [3, 6] }]],
  ['x {{ }} {{}}', [
    { code: 'TG2003', message: 'there is no expression between these braces', at: [2, 7], hint: escape, replacement: { at: [2, 2], text: '\\' } },
    { code: 'TG2003', at: [8, 12], replacement: { at: [8, 8], text: '\\' } },
  ]],
  ['{{ a b }}', [{ code: 'TG2001', at: [5, 6], hint: escape }]],
  ['{{ a = b }} {{ c', [
    { code: 'TG2001', at: [5, 6], hint: `equality is written ==; ${escape}`, replacement: { at: [5, 6], text: '==' } },
    { code: 'TG2002', at: [12, 14] },
  ]],
  ['{{ {{ a }} }}', [{ code: 'TG2001', at: [3, 5] }]],
  ['{{"a": 1}}', [{ code: 'TG2001', at: [2, 5] }]],
])('%j has problems', (text, problems) => {
  expect(parseTemplate(text).problems).toMatchObject(problems);
});

test('what is well written beside a problem is kept', () => {
  expect(parseTemplate('a{{ b }}c{{ = }}d{{ e }}').parts).toMatchObject([
    { text: 'a' },
    { expression: { name: 'b' } },
    { text: 'cd' },
    { expression: { name: 'e' } },
  ]);
});

test('the escape makes any text what it is', () => {
  const soup = fc.array(fc.constantFrom('{{', '}}', '{', '}', '$', "'", ' ', 'a', '.', '\n'), { maxLength: 20 });
  fc.assert(
    fc.property(soup, (pieces) => {
      const text = pieces.join('');
      const escaped = text.replaceAll('{{', '\\{{');
      expect(parseTemplate(escaped)).toEqual({ parts: [{ kind: 'text', text }], problems: [] });
    }),
    { numRuns: 200 },
  );
});

test('no text makes it throw, and every problem lies in the text', () => {
  const soup = fc.array(fc.constantFrom('{{', '}}', '${{', '\\', "'", '"', ' ', 'a', '.', '==', '|', 'range ', '-', '\n'), { maxLength: 20 });
  fc.assert(
    fc.property(soup, (pieces) => {
      const text = pieces.join('');
      const spans = parseTemplate(text).problems.flatMap(({ at, replacement }) => (replacement === undefined ? [at] : [at, replacement.at]));
      expect(spans.filter(([start, end]) => start < 0 || end < start || end > text.length)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('every fix that puts in a backslash makes the text valid there', () => {
  const text = "docker ps --format '{{.Names}}\\t{{.State}}' {{ }}";
  const { problems } = parseTemplate(text);
  const mended = problems.reduceRight((all, { replacement }) => (replacement ? all.slice(0, replacement.at[0]) + replacement.text + all.slice(replacement.at[1]) : all), text);
  expect(parseTemplate(mended)).toEqual({ parts: [{ kind: 'text', text }], problems: [] });
});

test('twenty problems are told, and then no more is read', () => {
  const { parts, problems } = parseTemplate('{{.a}}'.repeat(30));
  expect(problems).toHaveLength(20);
  expect(parts).toEqual([{ kind: 'text', text: '{{.a}}'.repeat(10) }]);
});

test.each(['{{', '{{.}}', '\\{{', '${{', '{{{{}}}}', "'", "{{ '"])('a megabyte of %j is read in linear time', (piece) => {
  const start = performance.now();
  parseTemplate(`{{${piece.repeat(1_000_000 / piece.length)}`);
  expect(performance.now() - start).toBeLessThan(3000);
});
