import { describe, expect, test } from '@jest/globals';
import { parseForTest } from '../../../../test/rig/parse-text.js';

/** Code, the very characters that are pointed at, and the message. */
const problems = (text: string): readonly string[] => parseForTest(text).diagnostics.map(({ code, span, message }) => `${code} [${text.slice(...span)}] ${message}`);
const hints = (text: string): readonly (string | undefined)[] => parseForTest(text).diagnostics.map(({ hint }) => hint);
const flat = (...steps: readonly string[]): string => `name: demo\nsteps:\n${steps.map((step) => `  - ${step}\n`).join('')}`;

describe('ids', () => {
  test.each(['constructor', 'hasOwnProperty', '__proto__', 'toString', 'valueOf', '__defineGetter__'])('%s is a property of every object, and no name', (id) => {
    expect(problems(flat(`{ id: ${id}, command: make }`))).toEqual([`TG1202 [${id}] '${id}' cannot be a name`]);
    expect(problems(`name: demo\nvars: { ${id}: 1 }\n${flat('{ id: a, command: make }').slice(11)}`)).toEqual([`TG1202 [${id}] '${id}' cannot be a name`]);
    expect(problems(`name: demo\noutputs: { ${id}: { value: x } }\n${flat('{ id: a, command: make }').slice(11)}`)).toEqual([`TG1202 [${id}] '${id}' cannot be a name`]);
  });

  test.each(['inputs', 'secrets', 'vars', 'matrix', 'resources', 'env', 'steps', 'phases', 'run', 'budget', 'github', 'criterion', 'Env', 'RUN'])('%s is a context, and no name of a step, group or phase', (id) => {
    expect(problems(flat(`{ id: ${id}, command: make }`))).toEqual([`TG1202 [${id}] a step cannot be called '${id}'`]);
    expect(problems(flat(`{ id: ${id}, parallel: [{ id: a, command: make }] }`))).toEqual([`TG1202 [${id}] a step cannot be called '${id}'`]);
    expect(problems(`name: demo\nphases:\n  - { id: ${id}, steps: [{ id: a, command: make }] }\n`)).toEqual([`TG1202 [${id}] a phase cannot be called '${id}'`]);
  });

  test('an input may be called like a context', () => {
    expect(problems(`name: demo\ninputs: { env: { type: string } }\nsteps: [{ id: a, command: "echo {{ inputs.env }}" }]\n`)).toEqual([]);
  });

  test('are told apart wherever they stand, and the first is shown', () => {
    const text = `name: demo\nphases:\n  - id: p\n    steps: [{ id: a, command: make }, { id: G, parallel: [{ id: b, command: make }] }]\n    gate: { criteria: [{ id: c, run: make }, { id: C, run: make }], on_no_go: [{ id: A, command: make }] }\nfinally: [{ id: g, command: make }]\ncleanup: [{ id: b, command: make }]\n`;
    expect(problems(text)).toEqual([
      "TG1201 [C] there is another criterion 'C'; it differs from 'c' in case alone",
      "TG1201 [A] there is another step 'A'; it differs from 'a' in case alone",
      "TG1201 [g] there is another step 'g'; it differs from 'G' in case alone",
      "TG1201 [b] there is another step 'b'",
    ]);
    const related = parseForTest(text).diagnostics.flatMap((each) => each.related ?? []);
    expect(related.map(({ message, span }) => `${message} ${text.slice(...span)}`)).toEqual(["the first 'c' is here c", "the first 'a' is here a", "the first 'G' is here G", "the first 'b' is here b"]);
  });

  test('of criteria are free in another gate', () => {
    const phase = (id: string): string => `  - { id: ${id}, steps: [{ id: s_${id}, command: make }], gate: { criteria: [{ id: tests, run: make }] } }\n`;
    expect(problems(`name: demo\nphases:\n${phase('a')}${phase('b')}`)).toEqual([]);
  });
});

describe('needs', () => {
  const phases = (needs: string): string => `name: demo\nphases:\n  - { id: build, steps: [{ id: compile, command: make }, { id: both, parallel: [{ id: one, command: make }] }] }\n  - { id: test, steps: [{ id: check, command: make, needs: ${needs} }] }\n`;

  test.each(['[compile]', '[build.compile]', '[build/compile]', '["1.1"]', '[both]', '[build.both]', '[build/both]', '["1.2"]', '[one]', '["1.2.1"]', '[build.one]', '[{ id: compile }]', '[{ id: compile, order_only: true }]', '[]'])('%s names what there is', (needs) => {
    expect(problems(phases(needs))).toEqual([]);
  });

  test.each([
    ['[Compile]', "TG1203 [Compile] unknown step 'Compile'; did you mean 'compile'?"],
    ['[test.compile]', "TG1203 [test.compile] unknown step 'test.compile'"],
    ['["1.3"]', 'TG1203 ["1.3"] unknown step \'1.3\''],
    ['["2"]', 'TG1203 ["2"] \'2\' is a phase; a step needs steps'],
    ['[build]', "TG1203 [build] 'build' is a phase; a step needs steps"],
    ['[{ id: somewhere }]', "TG1203 [somewhere] unknown step 'somewhere'"],
  ])('%s does not', (needs, problem) => {
    expect(problems(phases(needs))).toEqual([problem]);
  });

  test('of groups and phases are looked at too', () => {
    const text = `name: demo\nphases:\n  - { id: build, steps: [{ id: compile, command: make }, { needs: [biuld], parallel: [{ id: one, command: make }] }] }\n  - { id: test, needs: [compile, "7", "1"], steps: [{ id: check, command: make }] }\n`;
    expect(problems(text)).toEqual(["TG1203 [biuld] unknown step 'biuld'", "TG1203 [compile] 'compile' is a step; a phase needs phases", 'TG1203 ["7"] unknown phase \'7\'']);
    expect(hints(text)).toEqual(['needs: lists the steps that must have ended before', "need the phase of 'compile', or let the steps of this phase need it", 'needs: lists the phases that must have ended before']);
  });
});

describe('declarations', () => {
  test.each([
    ['at a phase', 'phases: [{ id: p, secrets: [OTHER], steps: [{ id: a, command: make }] }]'],
    ['at a step', 'steps: [{ id: a, command: make, secrets: [OTHER] }]'],
    ['at a step of finally', 'steps: [{ id: a, command: make }]\nfinally: [{ id: b, command: make, secrets: [OTHER] }]'],
    ['at a criterion', 'phases: [{ id: p, steps: [{ id: a, command: make }], gate: { criteria: [{ id: c, run: make, secrets: [OTHER] }] } }]'],
  ])('a secret that is given %s is declared', (_, rest) => {
    const text = `name: demo\nsecrets: [NPM_TOKEN, { name: KEY }]\n${rest}\n`;
    expect(parseForTest(text).diagnostics.map(({ code, message, hint }) => `${code} ${message}: ${hint ?? ''}`)).toEqual(["TG1213 the workflow declares no secret 'OTHER': add it to the workflow's secrets: [NPM_TOKEN, KEY, OTHER]"]);
    expect(problems(text.replace('OTHER', 'KEY'))).toEqual([]);
  });

  test.each([
    ['a.txt', []],
    ['..a/b..', []],
    ['/tmp/a', ["TG1216 [/tmp/a] output 'o' lies outside the workspace: '/tmp/a'"]],
    ['a/../b', ["TG1216 [a/../b] output 'o' lies outside the workspace: 'a/../b'"]],
    ['..', ["TG1216 [..] output 'o' lies outside the workspace: '..'"]],
  ])('an output at %s', (path, expected) => {
    expect(problems(flat(`{ id: a, command: make, outputs: { o: ${path} } }`))).toEqual(expected);
  });

  test.each([
    ['o.xml', ["TG1209 [o.xml] all cells of 'a' would write output 'o' to one path"]],
    ['{ path: o.xml }', ["TG1209 [o.xml] all cells of 'a' would write output 'o' to one path"]],
    ['{ json: o.json }', ["TG1209 [o.json] all cells of 'a' would write output 'o' to one path"]],
    ['"o-{{ inputs.x }}.xml"', ['TG1209 ["o-{{ inputs.x }}.xml"] all cells of \'a\' would write output \'o\' to one path']],
    ['"o-{{ matrix.node }}.xml"', []],
    ['"o-{{ MATRIX.node }}.xml"', []],
    ["\"o-{{ format('{0}', matrix.node) }}.xml\"", []],
    ['{ value: x }', []],
    ['{ regex: x }', []],
    ['{ written: true }', []],
  ])('an output of a matrix at %s', (output, expected) => {
    const text = `name: demo\ninputs: { x: { type: string } }\nsteps: [{ id: a, command: make, matrix: { node: [20, 24] }, outputs: { o: ${output} } }]\n`;
    expect(problems(text)).toEqual(expected);
    expect(hints(text)).toEqual(expected.map(() => 'put a value of the matrix into it, such as {{ matrix.node }}'));
  });

  test('a matrix made by an expression has no axis to propose', () => {
    expect(hints(flat('{ id: l, command: make }', '{ id: a, command: make, matrix: "{{ fromJSON(l.stdout) }}", outputs: { o: o.xml } }'))).toEqual(['put a value of the matrix into it, such as {{ matrix.name }}']);
  });

  test('a default is a value of its input; one made by an expression is left to the run', () => {
    expect(problems('name: demo\ninputs: { a: { type: number, default: "{{ 1 }}" }, b: { type: boolean, default: 1 }, c: { type: choice, options: [x], default: y } }\nsteps: [{ id: s, command: make }]\n')).toEqual([
      "TG1206 [1] the default of 'b' wants true or false; this is the number 1",
      "TG1206 [y] the default of 'c' cannot be the text 'y'; it is one of x",
    ]);
  });
});

describe('outputs that are read', () => {
  const use = (step: string, read: string): string => flat(step, `{ id: use, command: "echo {{ ${read} }}" }`);

  test.each([
    ['{ id: a, command: make, outputs: { zip: a.zip } }', 'a.outputs.zip'],
    ['{ id: a, command: make, outputs: { zip: a.zip } }', 'steps.A.outputs.ZIP'],
    ['{ id: a, command: make, outputs: { zip: a.zip } }', 'toJSON(a.outputs)'],
    ['{ id: a, type: http, url: "https://example.org" }', 'a.outputs.body'],
    ['{ id: a, type: approval, inputs: { why: { type: string } } }', 'a.outputs.why'],
    ['{ id: a, type: claude_code, prompt: x }', 'a.outputs.anything'],
    ['{ id: a, type: workflow, workflow: other }', 'a.outputs.anything'],
  ])('%s has %s', (step, read) => {
    expect(problems(use(step, read))).toEqual([]);
  });

  test.each([
    ['{ id: a, command: make }', 'a.outputs.zip', 'error', "step 'a' declares no output 'zip'", 'declare it: outputs: { zip: … }'],
    ['{ id: a, command: make, outputs: { log: a.log, out: b } }', 'a.outputs.archive', 'error', "step 'a' declares no output 'archive'", 'it declares log, out'],
    ['{ id: a, command: make, outputs: { archive: a.zip } }', 'a.outputs.archiv', 'error', "step 'a' declares no output 'archiv'; did you mean 'archive'?", 'it declares archive'],
    ['{ id: a, command: "x >> $TOLLGATE_OUTPUT" }', 'a.outputs.zip', 'warning', "step 'a' declares no output 'zip'", 'declare it: outputs: { zip: … }'],
    ['{ id: a, command: "x >> $GITHUB_OUTPUT" }', 'steps.a.outputs.zip', 'warning', "step 'a' declares no output 'zip'", 'declare it: outputs: { zip: … }'],
    ['{ id: a, command: "x >> $GITHUB_OUTPUT", outputs: { archive: { written: true } } }', 'a.outputs.archiv', 'error', "step 'a' declares no output 'archiv'; did you mean 'archive'?", 'it declares archive'],
    ['{ id: a, type: http, url: "https://example.org" }', 'a.outputs.bodi', 'error', "step 'a' declares no output 'bodi'; did you mean 'body'?", 'it declares status, body, json, headers'],
    ['{ id: a, type: claude_code, prompt: x, outputs: { report: r.md } }', 'a.outputs.reprot', 'error', "step 'a' declares no output 'reprot'; did you mean 'report'?", 'it declares report'],
  ])('%s has no %s: %s', (...[step, read, severity, message, hint]) => {
    const text = use(step, read);
    const { diagnostics } = parseForTest(text);
    expect(diagnostics.map((each) => [each.code, each.severity, each.message, each.hint, text.slice(...each.span)])).toEqual([['TG1214', severity, message, hint, read.split('.').at(-1)]]);
  });
});

describe('what differs from place to place', () => {
  test.each([
    ['a rollback', '{ id: a, command: make, matrix: { n: [1] }, rollback: "undo {{ matrix.n }}" }'],
    ['recovery', '{ id: a, command: make, matrix: { n: [1] }, recovery: ["try {{ matrix.n }}"] }'],
    ['a value of include', '{ id: a, command: "x {{ matrix.label }}", matrix: { n: [1], include: [{ label: x }] } }'],
    ['any value of a made matrix', '{ id: a, command: "x {{ matrix.any }}", matrix: "{{ fromJSON(env.CELLS) }}" }'],
  ])('matrix is there in %s', (_, step) => {
    expect(problems(flat(step))).toEqual([]);
  });

  test.each([
    ['a workflow', 'env: { X: "{{ matrix.n }}" }\nsteps: [{ id: a, command: make, matrix: { n: [1] } }]', 'matrix is there in a step that has a matrix'],
    ['the run of a criterion', 'phases: [{ id: p, steps: [{ id: a, command: make }], gate: { criteria: [{ id: c, run: "echo {{ criterion.stdout }}" }] } }]', 'criterion is there in the check of a criterion that has a run'],
    ['anything', 'steps: [{ id: a, command: make, when: resources.cpus > 1 }]', 'resources is reserved for a later version'],
  ])('in %s they are not', (_, rest, hint) => {
    expect(hints(`name: demo\n${rest}\n`)).toEqual([hint]);
  });

  test('a step with a matrix has lists, one without has values', () => {
    const text = (matrix: string): string => flat(`{ id: a, command: make${matrix}, outputs: { v: { value: x } } }`, '{ id: b, command: "echo {{ a.stdout }} {{ a.exit_code }} {{ a.outputs.v }} {{ a.outcome }} {{ a.cached }}" }');
    expect(problems(text(''))).toEqual([]);
    expect(problems(text(', matrix: { n: [1] }'))).toEqual(['TG1215 [{{ a.stdout }}] a list cannot stand in text', 'TG1215 [{{ a.exit_code }}] a list cannot stand in text', 'TG1215 [{{ a.outputs.v }}] a list cannot stand in text']);
  });

  test.each([
    ['number', 'n', []],
    ['boolean', 'b', []],
    ['string', 's', ['TG2110']],
    ['json', 'j', ['TG2110']],
    ['choice', 'c', ['TG2110']],
    ['file', 'f', ['TG2110']],
  ])('in arithmetic a %s', (_, name, codes) => {
    const text = `name: demo\ninputs: { n: { type: number }, b: { type: boolean }, s: { type: string }, j: { type: json }, c: { type: choice, options: [1] }, f: { type: file } }\nsteps: [{ id: a, command: "echo $(( {{ inputs.${name} }} + 1 ))" }]\n`;
    expect(parseForTest(text).diagnostics.map(({ code }) => code)).toEqual(codes);
  });

  test.each([
    ['vars.n', []],
    ['vars.b', []],
    ['vars.s', ['TG2110']],
    ['vars.m', ['TG2110']],
    ['vars.deep.n', []],
    ['budget.usd', []],
    ['run.attempt', []],
    ['run.id', ['TG2110']],
    ['env.X', ['TG2110']],
    ['github.run_number', ['TG2110']],
  ])('in arithmetic %s', (name, codes) => {
    const text = `name: demo\nvars: { n: 1, b: true, s: x, m: "{{ 1 }}", deep: { n: 2 } }\nsteps: [{ id: a, command: "echo $(( {{ ${name} }} + 1 ))" }]\n`;
    expect(parseForTest(text).diagnostics.map(({ code }) => code)).toEqual(codes);
  });

  test.each([
    ['', '', ['TG2110']],
    ['', ', shell: bash', ['TG2110']],
    ['defaults: { shell: sh }\n', '', ['TG2112']],
    ['', ', shell: sh', ['TG2112']],
    ['defaults: { shell: sh }\n', ', shell: bash', ['TG2110']],
    ['defaults: { shell: bash }\n', ', shell: sh', ['TG2112']],
  ])('the shell that reads a command: %s%s', (defaults, own, codes) => {
    const text = `name: demo\n${defaults}steps: [{ id: a, command: "[[ {{ run.id }} -eq 1 ]]"${own} }]\n`;
    expect(parseForTest(text).diagnostics.map(({ code }) => code)).toEqual(codes);
  });

  test('a list or an object in text is refused; alone it keeps its type', () => {
    expect(problems(flat('{ id: a, command: make, env: { A: "{{ glob(\'*\') }}", B: " {{ glob(\'*\') }} ", C: "{{ glob(\'*\') }}{{ run.id }}", D: "x{{ run }}" } }'))).toEqual([
      "TG1215 [{{ glob('*') }}] a list cannot stand in text",
      'TG1215 [{{ run }}] an object cannot stand in text',
    ]);
  });
});
