import fc from 'fast-check';
import { parseSarif, type SarifReport } from './parse-sarif.js';

const log = (...runs: readonly unknown[]): string => JSON.stringify({ version: '2.1.0', runs });

function reportOf(text: string): SarifReport {
  const reading = parseSarif(text);
  if (reading.kind === 'unreadable') throw new Error(reading.reason);
  return reading.report;
}

const levelOf = (result: object, tool?: object): string => {
  const { errors, warnings, notes } = reportOf(log({ tool, results: [result] }));
  return `${'error '.repeat(errors)}${'warning '.repeat(warnings)}${'note '.repeat(notes)}`.trim();
};

test('levels are counted over all runs, rules are distinct and sorted', () => {
  const text = log(
    { results: [{ ruleId: 'b', level: 'error' }, { ruleId: 'b', level: 'warning' }, { level: 'note' }] },
    { results: [{ ruleId: 'a', level: 'note' }, { ruleId: 'silent', level: 'none' }, { ruleId: 'c', level: 'error' }] },
  );
  expect(reportOf(`\uFEFF${text}`)).toEqual({ errors: 2, warnings: 1, notes: 2, total: 5, rules: ['a', 'b', 'c'] });
});

describe('the level of a result that has none', () => {
  const rule = (id: string, level?: string): object => ({ id, defaultConfiguration: { level } });
  const tool = {
    driver: { rules: [rule('note', 'note'), rule('plain'), { id: 'bare' }, null, rule('twice', 'error')] },
    extensions: [{ rules: [rule('other', 'error'), rule('twice', 'note')] }, { rules: [rule('ext', 'error')] }, {}],
  };

  test.each([
    [{}, 'warning'],
    [{ ruleId: 'unknown' }, 'warning'],
    [{ ruleId: 'plain' }, 'warning'],
    [{ ruleId: 'bare' }, 'warning'],
    [{ ruleId: 'note' }, 'note'],
    [{ ruleId: 'note/1' }, 'note'],
    [{ ruleId: 'twice' }, 'error'],
    [{ ruleIndex: 0 }, 'note'],
    [{ ruleIndex: 4 }, 'error'],
    [{ ruleIndex: -1 }, 'warning'],
    [{ ruleIndex: 99, ruleId: 'note' }, 'note'],
    [{ rule: { index: 0 } }, 'note'],
    [{ rule: { id: 'ext' } }, 'error'],
    [{ rule: { index: 0, toolComponent: { index: 0 } } }, 'error'],
    [{ rule: { index: 0, toolComponent: { index: 1 } } }, 'error'],
    [{ rule: { index: 0, toolComponent: { index: 2 } } }, 'warning'],
    [{ rule: { index: 0, toolComponent: { index: 9 } } }, 'warning'],
    [{ rule: { index: 0, toolComponent: { index: -1 } } }, 'note'],
    [{ ruleId: 'note', level: 'error' }, 'error'],
  ])('%j is a %s', (result, level) => expect(levelOf(result, tool)).toBe(level));

  test('a rule named by its place alone gives its id', () => {
    expect(reportOf(log({ tool, results: [{ ruleIndex: 0 }, { rule: { index: 0, toolComponent: { index: 1 } } }, { rule: { id: 'x' } }] })).rules).toEqual(['ext', 'note', 'x']);
  });
});

describe('what stands', () => {
  test.each([
    [{ kind: 'fail' }, 'warning'],
    [{ kind: 'pass' }, ''],
    [{ kind: 'open' }, ''],
    [{ kind: 'informational' }, ''],
    [{ kind: 'notApplicable' }, ''],
    [{ kind: 'review' }, ''],
    [{ kind: 'pass', level: 'error' }, ''],
    [{ level: 'none' }, ''],
    [{ suppressions: [] }, 'warning'],
    [{ suppressions: [{ kind: 'inSource' }] }, ''],
    [{ suppressions: [{ kind: 'external', status: 'accepted' }] }, ''],
    [{ suppressions: [{ kind: 'inSource' }, { kind: 'external', status: 'underReview' }] }, 'warning'],
    [{ suppressions: [{ kind: 'external', status: 'rejected' }] }, 'warning'],
    [{ baselineState: 'absent' }, ''],
    [{ baselineState: 'unchanged' }, 'warning'],
    [{ baselineState: 'new' }, 'warning'],
  ])('%j', (result, level) => expect(levelOf(result)).toBe(level));

  test('the rule of a suppressed result is not among the rules', () => {
    expect(reportOf(log({ results: [{ ruleId: 'a', suppressions: [{ kind: 'inSource' }] }, { ruleId: 'b' }] })).rules).toEqual(['b']);
  });
});

describe('a tool that did not succeed', () => {
  const broken = (more: object): object => ({ executionSuccessful: false, ...more });

  test('its own errors count', () => {
    const invocations = [broken({ toolExecutionNotifications: [{ level: 'error' }, { level: 'warning' }], toolConfigurationNotifications: [{ level: 'error' }, {}] })];
    expect(reportOf(log({ invocations, results: [{ ruleId: 'a' }] }))).toEqual({ errors: 2, warnings: 1, notes: 0, total: 3, rules: ['a'] });
  });

  test('has no value when it names no error', () => {
    expect(parseSarif(log({ results: [] }, { invocations: [broken({})], results: [{ level: 'warning' }] }))).toEqual({ kind: 'unreadable', reason: 'its run 2 says that the tool did not succeed' });
  });

  test('has its findings when there are errors among them', () => {
    expect(reportOf(log({ invocations: [broken({})], results: [{ level: 'error' }] })).errors).toBe(1);
  });

  test('notifications of one that did succeed are no findings', () => {
    expect(reportOf(log({ invocations: [{ executionSuccessful: true, toolExecutionNotifications: [{ level: 'error' }] }], results: [] })).total).toBe(0);
  });
});

test.each([
  ['', 'it is empty'],
  ['\n', 'it is empty'],
  ['{"runs":[', 'it is not valid JSON (cut short?)'],
  ['[]', 'it is JSON, but not an object'],
  ['null', 'it is JSON, but not an object'],
  ['{}', 'it is not SARIF: it has no «runs»'],
  ['{"version":"1.0.0","runs":[]}', 'it is SARIF of version 1.0.0, not 2.1'],
  ['{"runs":[]}', 'it holds no run'],
  ['{"runs":[1]}', 'its run 1 is not an object'],
  ['{"runs":[{"results":[]},{}]}', 'its run 2 has no «results»: it did not finish'],
  ['{"runs":[{"results":null}]}', 'its run 1 has no «results»: it did not finish'],
  ['{"runs":[{"results":[{"level":"high"}]}]}', 'its run 1 has a result of the unknown level "high"'],
])('%j is unreadable', (text, reason) => expect(parseSarif(text)).toEqual({ kind: 'unreadable', reason }));

describe('properties', () => {
  test('counts are those of the results', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.constantFrom('error', 'warning', 'note'))), (runs) => {
        fc.pre(runs.length > 0);
        const count = (level: string): number => runs.flat().filter((one) => one === level).length;
        const report = reportOf(log(...runs.map((levels) => ({ results: levels.map((level, n) => ({ level, ruleId: `r${n % 3}` })) }))));
        expect(report).toMatchObject({ errors: count('error'), warnings: count('warning'), notes: count('note'), total: runs.flat().length });
        expect(report.rules).toHaveLength(Math.min(3, Math.max(...runs.map((levels) => levels.length))));
      }),
    );
  });

  test('no JSON makes it throw', () => {
    const odd = fc.letrec((tie) => ({
      value: fc.oneof(fc.constantFrom(null, 1, -1, 'error', [], {}), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(fc.constantFrom('driver', 'rules', 'results', 'level', 'rule', 'index', 'tool', 'id', 'suppressions', 'ruleIndex', 'toolComponent', 'defaultConfiguration', 'extensions'), tie('value'), { maxKeys: 5 })),
    })).value;
    fc.assert(fc.property(fc.array(odd), fc.array(odd), odd, (runs, results, tool) => expect(['report', 'unreadable']).toContain(parseSarif(log(...runs, { results, tool })).kind)));
  });
});
