import { createFixedWorld } from '../../../test/fakes/fixed-world.js';
import { explainCondition } from './explain-condition.js';
import type { Strictness } from './evaluation-world.js';
import { parseExpression } from './parse-expression.js';
import { unknownValue } from './unknown.js';
import type { PartialValue } from './unknown.js';

const contexts: Readonly<Record<string, PartialValue>> = {
  inputs: { deploy: false, env: 'dev', count: 3, empty: '', none: null, list: [], labels: ['a'] },
  steps: { build: { outcome: unknownValue, cached: unknownValue, exit_code: unknownValue, stdout: unknownValue, url: unknownValue } },
  secrets: { TOKEN: 'hunter2', NONE: null },
};

function explain(text: string, strict: Strictness = 'condition'): string {
  const { expression } = parseExpression(text);
  if (expression === undefined) throw new Error(text);
  const { holds, because } = explainCondition(expression, createFixedWorld(contexts, strict));
  return `${String(holds)}: ${because}`;
}

test.each([
  ['inputs.deploy', 'false: inputs.deploy is false'],
  ['!inputs.deploy', 'true: inputs.deploy is false'],
  ["inputs.env == 'prod'", "false: inputs.env is 'dev'"],
  ["'dev' == inputs.env", "true: inputs.env is 'dev'"],
  ["inputs.env == 'dev' && inputs.deploy && inputs.count > 1", 'false: inputs.deploy is false'],
  ["inputs.env == 'dev' && inputs.count > 1", "true: inputs.env is 'dev' and inputs.count is 3"],
  ['inputs.deploy || inputs.count > 1 || inputs.env', 'true: inputs.count is 3'],
  ['inputs.deploy || inputs.empty', "false: inputs.deploy is false and inputs.empty is ''"],
  ['steps.build.cached && inputs.deploy', 'false: inputs.deploy is false'],
  ['steps.build.cached || inputs.env', "true: inputs.env is 'dev'"],
  ['steps.build.cached && inputs.env', 'unknown: depends on steps.build.cached'],
  ["steps.build.outcome == 'failed' && steps.build.cached", 'unknown: depends on steps.build.outcome and steps.build.cached'],
  ['steps.build.cached == steps.build.outcome || steps.build.exit_code == 0', 'unknown: depends on steps.build.cached, steps.build.outcome and steps.build.exit_code'],
  ['steps.build.cached && steps.build.outcome && steps.build.exit_code && steps.build.stdout', 'unknown: depends on steps.build.cached, steps.build.outcome, steps.build.exit_code and steps.build.stdout'],
  ['steps.build.cached && steps.build.outcome && steps.build.exit_code && steps.build.stdout && steps.build.url', 'unknown: depends on steps.build.cached, steps.build.outcome, steps.build.exit_code and 2 more'],
  ['true', 'true: true is written there'],
  ["1 == 2", 'false: 1 == 2 is false'],
  ['inputs.count == inputs.count', 'true: inputs.count is 3'],
  ['inputs.count > inputs.count', 'false: inputs.count is 3'],
  ["contains(inputs.labels, 'b')", "false: contains(inputs.labels, 'b') is false"],
  ['inputs.labels', 'true: inputs.labels is a list'],
  ['inputs.list', 'false: inputs.list is an empty list'],
  ['inputs.none', 'false: inputs.none is null'],
  ['inputs.nothing', 'false: inputs.nothing is null'],
  ['inputs', 'true: inputs is an object'],
  ['always()', 'true: always() is true'],
  ['success() && inputs.deploy', 'false: inputs.deploy is false'],
  ['secrets.TOKEN', 'true: secrets.TOKEN is a secret'],
  ["secrets.TOKEN == 'x'", 'false: secrets.TOKEN is a secret'],
  ["toJSON(Secrets)", 'true: toJSON(Secrets) is a secret'],
  ['secrets.NONE', 'false: secrets.NONE is null'],
  ['inputs.none > 3', 'failed: no value for inputs.none, which > needs; default(inputs.none, …) gives one'],
])('%s is %s', (text, explained) => {
  expect(explain(text)).toBe(explained);
});

test('a long text is shortened', () => {
  const world = createFixedWorld({ a: 'x'.repeat(60), b: 'x'.repeat(61) }, 'condition');
  const because = (text: string): string => {
    const { expression } = parseExpression(text);
    return expression === undefined ? '' : explainCondition(expression, world).because;
  };
  expect(because('a')).toBe(`a is '${'x'.repeat(60)}'`);
  expect(because('b')).toBe(`b is '${'x'.repeat(59)}…'`);
});

test('a check is explained by its own rules', () => {
  expect(explain("inputs.env == 'dev'", 'check')).toBe("true: inputs.env is 'dev'");
  expect(explain('inputs.env', 'check')).toBe("failed: inputs.env is 'dev', and a check has to be true or false");
  expect(explain('inputs.empty', 'check')).toBe("false: inputs.empty is ''");
});
