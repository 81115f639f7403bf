import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseForTest, planForTest, summarize } from '../../../test/rig/parse-text.js';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { arrange, hasErrors } from './parse-workflow.js';

/** The workflow of the guide: everything in one file. */
const whole = `name: increase-test-coverage
version: "1.0"
description: Raise the coverage of one file to a target.

inputs:
  target_file:     { type: file, required: true, description: File to cover }
  target_coverage: { type: number, default: 90 }
outputs:
  coverage_report: { type: artifact, value: "{{ steps.verify.outputs.coverage_xml }}" }

secrets: [NPM_TOKEN]
env: { CI: "true" }
pass_env: ["PYTEST_*"]
vars: { report: coverage.xml }
defaults: { timeout: 10m, shell: bash, retry: { attempts: 1 } }
timeout: 1h
concurrency: { group: "{{ inputs.target_file }}", on_conflict: wait }
budget: { usd: 5, tokens: 2M, minutes: 30, warn_at: 80%, on_exceed: pause }

preflight:
  - tool: python3
    version: ">=3.11"
    hint: "Install Python 3.11 or newer"
  - env: NPM_TOKEN
  - run: git diff --quiet
    level: warning
    message: The work tree has uncommitted changes
    fix: git stash

phases:
  - id: measure
    steps:
      - id: baseline
        type: shell
        command: "pytest --cov --cov-report=xml {{ inputs.target_file }}"
        inputs: ["{{ inputs.target_file }}", "tests/**"]
        outputs: { coverage_xml: coverage.xml }
        cache: true
      - id: below_target
        type: assert
        condition: "parse_coverage(baseline.outputs.coverage_xml).line_coverage < inputs.target_coverage"
        message: Coverage already meets the target
        on_false: end

  - id: improve
    budget: { usd: 3 }
    steps:
      - id: generate_tests
        type: agent
        agent: claude_code
        security_profile: restricted
        prompt: |
          Add tests for {{ inputs.target_file }} …
        inputs: ["{{ inputs.target_file }}", "{{ baseline.outputs.coverage_xml }}"]
        writes: ["tests/**"]
        cache: true
      - id: verify
        type: shell
        command: "pytest --cov --cov-report=xml:coverage-after.xml {{ inputs.target_file }}"
        outputs: { coverage_xml: coverage-after.xml }
    gate:
      criteria:
        - id: target-reached
          check: "{{ parse_coverage(verify.outputs.coverage_xml).line_coverage >= inputs.target_coverage }}"
        - id: all-tests-pass
          run: pytest -q
        - id: style
          run: ruff check .
          advisory: true
      on_no_go:
        - { id: undo, command: git checkout -- tests }

finally:
  - { id: clean, command: rm -rf .pytest_cache }
cleanup:
  - { id: forget, command: rm -f coverage.xml coverage-after.xml }
next_steps: "Open the report with: python3 -m webbrowser htmlcov/index.html"

on:
  pull_request: { paths: ["src/**", "tests/**"] }
schedule:
  - { cron: "0 9 * * 1-5", timezone: America/New_York, catch_up: latest }
`;

/** The same, flat and in short forms. */
const flat = `name: increase-test-coverage
inputs:
  target_file: { type: file, required: true }
  target_coverage: { type: number, default: 90 }
outputs:
  coverage_report: { type: artifact }
steps:
  - id: baseline
    command: pytest --cov --cov-report=xml {{ inputs.target_file }}
    inputs: ["{{ inputs.target_file }}"]
    outputs: { coverage_xml: coverage.xml }
    use_cache: true
    cache_key: "{{ hash(inputs.target_file) }}"
  - id: generate_tests
    type: claude_code
    prompt: Add tests for {{ inputs.target_file }}, which has {{ parse_coverage(baseline.outputs.coverage_xml).line_coverage }} %
    writes: ["tests/**"]
  - id: enough
    type: assert
    condition: parse_coverage('coverage.xml').line_coverage >= inputs.target_coverage
`;

describe('a whole workflow', () => {
  test.each([['in phases', whole], ['flat', flat]])('%s: nothing is wrong with it, and it plans', (_, text) => {
    const { parsing, planning } = planForTest(text);
    expect(summarize(text, parsing.diagnostics)).toEqual([]);
    expect(planning?.kind).toBe('planned');
  });

  test('every step has its number, in the order of the file', () => {
    const steps = parseForTest(whole).parsed?.outline.steps.map(({ number, step, index, lane }) => `${index} ${number} ${step.id.value} ${lane.kind}`);
    expect(steps).toEqual([
      '0 1.1 baseline phase',
      '1 1.2 below_target phase',
      '2 2.1 generate_tests phase',
      '3 2.2 verify phase',
      '4 2.no_go.1 undo on_no_go',
      '5 finally.1 clean finally',
      '6 cleanup.1 forget cleanup',
    ]);
  });

  test('steps of rollbacks hang at their step', () => {
    const text = 'name: demo\nsteps:\n  - id: a\n    command: make\n    rollback:\n      - { id: b, command: undo }\n      - parallel: [{ id: c, command: undo }]\n  - { id: d, command: make, rollback: undo }\n';
    const outline = parseForTest(text).parsed?.outline;
    expect(outline?.steps.map(({ number, step, group }) => `${number} ${step.id.value} ${group?.number ?? '-'}`)).toEqual(['1.1 a -', '1.1.rollback.1 b -', '1.1.rollback.2.1 c 1.1.rollback.2', '1.2 d -']);
    expect([...(outline?.rollbacks ?? [])].map(([of, items]) => [of, items.length])).toEqual([[0, 2]]);
  });
});

test('everything that is wrong is said at once, in the order of the file', () => {
  const text = 'nam: demo\ntimeout: 5\nsteps:\n  - { id: a, comand: make }\n  - { id: a, command: "echo {{ inputs.x }}", needs: [b] }\n';
  expect(summarize(text, parseForTest(text).diagnostics)).toEqual([
    "TG1101 1:1 unknown key 'nam' in a workflow; did you mean 'name'?",
    "TG1106 2:10 'timeout' wants a duration such as 30s, 10m or 2h, or none; this is the number 5",
    "TG1101 4:14 unknown key 'comand' in a step of type shell; did you mean 'command'?",
    "TG1201 5:11 there is another step 'a'",
    "TG2011 5:39 unknown input 'x'",
    "TG1203 5:54 unknown step 'b'",
  ]);
});

test.each([
  ['', 'TG1103 1:1'],
  ['text', 'TG1103 1:1'],
  ['- a', 'TG1103 1:3'],
])('%j is no workflow', (text, place) => {
  const { parsed, diagnostics } = parseForTest(text);
  expect(parsed).toBeUndefined();
  expect(summarize(text, diagnostics)[0]?.startsWith(place)).toBe(true);
});

describe('diagnostics in order', () => {
  const make = (start: number, end: number, message = 'x', severity: Diagnostic['severity'] = 'error'): Diagnostic => ({ code: 'TG1101', severity, message, span: [start, end] });

  test('by place; what ends first stands first', () => {
    expect(arrange([make(5, 9), make(2, 3), make(5, 6)])).toEqual([make(2, 3), make(5, 6), make(5, 9)]);
  });

  test('what was found twice is said once', () => {
    expect(arrange([make(1, 2), make(1, 2), make(1, 2, 'y'), make(1, 3), make(0, 2)])).toEqual([make(0, 2), make(1, 2), make(1, 2, 'y'), make(1, 3)]);
  });

  test('nothing is lost and nothing is added', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat(9))), (spans) => {
        const arranged = arrange(spans.map(([start, end]) => make(start, end)));
        const keys = arranged.map(({ span }) => span.join());
        return new Set(keys).size === keys.length && spans.every((span) => keys.includes(span.join()));
      }),
    );
  });

  test('warnings are no errors', () => {
    expect(hasErrors([make(1, 2, 'x', 'warning'), make(1, 2, 'x', 'info')])).toBe(false);
    expect(hasErrors([make(1, 2, 'x', 'warning'), make(1, 2)])).toBe(true);
    expect(hasErrors([])).toBe(false);
  });
});

/** A proposed change, applied, has to lead to a workflow without errors. */
test.each([
  ['a misspelt key', 'name: demo\nsteps:\n  - { id: a, command: make, timout: 5m }\n'],
  ['a number for a time', 'name: demo\nsteps:\n  - { id: a, command: make, timeout: 5 }\n'],
  ['one for a list', 'name: demo\nsteps:\n  - { id: a, command: make, inputs: src/** }\n'],
  ['one number for a list', 'name: demo\nsteps:\n  - { id: a, command: make, ok_codes: 2 }\n'],
  ['quoted text for a list', 'name: demo\nsteps:\n  - { id: a, command: make, labels: "it\'s slow" }\n'],
  ['yes for a flag', 'name: demo\nsteps:\n  - { id: a, command: make, continue_on_error: yes }\n'],
  ['off for a flag', 'name: demo\nsteps:\n  - { id: a, command: make, continue_on_error: off }\n'],
  ['a flag in quotes', 'name: demo\nsteps:\n  - { id: a, command: make, continue_on_error: "True" }\n'],
  ['a word that is nearly right', 'name: demo\nsteps:\n  - { id: a, command: make, effects: idempotant }\n'],
  ['a step type', 'name: demo\nsteps:\n  - { id: a, type: aproval, message: Ship it? }\n'],
  ['a need', 'name: demo\nsteps:\n  - { id: build, command: make }\n  - { id: b, command: make, needs: [biuld] }\n'],
  ['a need of a phase', 'name: demo\nphases:\n  - { id: build, steps: [{ id: a, command: make }] }\n  - { id: test, needs: [biuld], steps: [{ id: b, command: make }] }\n'],
  ['an id that is there', 'name: demo\nsteps:\n  - { id: a, command: make }\n  - { id: a, command: make }\n'],
  ['a secret', 'name: demo\nsecrets: [NPM_TOKEN]\nsteps:\n  - { id: a, command: make, secrets: [NPM_TOKE] }\n'],
  ['an output', 'name: demo\nsteps:\n  - { id: a, command: make, outputs: { archive: a.zip } }\n  - { id: b, command: "echo {{ a.outputs.archiv }}" }\n'],
  ['a share', 'name: demo\nbudget: { usd: 5, warn_at: 0.8 }\nsteps:\n  - { id: a, command: make }\n'],
  ['a share in percent', 'name: demo\nbudget: { usd: 5, warn_at: 80 }\nsteps:\n  - { id: a, command: make }\n'],
])('the fix of %s mends the file', (_, text) => {
  const { diagnostics } = parseForTest(text);
  const edits = diagnostics.flatMap(({ fix }) => fix?.edits ?? []);
  expect(diagnostics).toHaveLength(1);
  expect(edits).toHaveLength(1);
  const [edit] = edits;
  const mended = text.slice(0, edit?.span[0]) + (edit?.text ?? '') + text.slice(edit?.span[1]);
  expect(summarize(mended, parseForTest(mended).diagnostics)).toEqual([]);
});
