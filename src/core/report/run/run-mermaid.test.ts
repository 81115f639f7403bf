import fc from 'fast-check';
import { makeFailedRun, makePhaseSummary, makeRunSummary, makeStepSummary } from '../../../../test/fakes/run-summary.js';
import { renderRunPicture } from './run-mermaid.js';

test('phases are boxes, steps have the colour of how they ended, arrows are needs', () => {
  const lines = renderRunPicture(makeFailedRun())?.split('\n').filter((line) => !line.startsWith('  classDef'));
  expect(lines?.join('\n')).toBe(`flowchart LR
  subgraph p0["1 prepare · GO"]
    direction TB
    p0s0["install<br/>84 ms · cached"]:::succeeded
    p0s1["review<br/>3.0 s"]:::succeeded
    p0s2["spelling<br/>failed, tolerated · 3.0 s"]:::tolerated
  end
  subgraph p1["2 build · NO-GO"]
    direction TB
    p1s0["authorizer<br/>failed · 38.9 s"]:::failed
    p1s1["package<br/>skipped"]:::skipped
  end
  subgraph p2["3 deploy · skipped"]
    direction TB
    p2s0["upload<br/>skipped"]:::skipped
  end
  subgraph last["finally"]
    direction TB
    f0["tidy<br/>210 ms"]:::succeeded
  end
  p0s0 --> p0s1
  p0s0 --> p0s2
  p1s0 --> p1s1
  p0 --> p1
  p1 --> p2
  p2 --> last`);
});

test('what would be too large is not drawn', () => {
  const steps = (count: number) => Array.from({ length: count }, (_, index) => makeStepSummary(`1.${index + 1}`, `s${index}`, { needs: index > 30 ? Array.from({ length: 30 }, (_each, at) => `s${at}`) : [] }));
  const draw = (count: number): string | undefined => renderRunPicture(makeRunSummary({ phases: [makePhaseSummary(1, 'a', { steps: steps(count).map((step) => (count > 100 ? { ...step, needs: [] } : step)) })] }));
  expect(draw(150)).toBeDefined();
  expect(draw(151)).toBeUndefined();
  expect(draw(40)).toBeDefined();
  expect(draw(60)).toBeUndefined();
  expect(renderRunPicture(makeRunSummary())).toBeUndefined();
});

test('whatever the names, each line is one of the few forms', () => {
  const name = fc.string({ unit: fc.constantFrom('"', ']', '[', '#', ';', '\n', '`', '%%{', '<', '>', '|', '-->', 'end', 'é', '\ud800', ':::'), maxLength: 40 });
  const label = String.raw`"(?:[\p{L}\p{N} _.,/+=()·…-]|#\d+;|<br/>)*"`;
  const form = new RegExp(String.raw`^(?:flowchart LR|  classDef [\w #:,-]+|  subgraph \w+\[${label}\]|    direction TB| +\w+\[${label}\]:::\w+|  end|  \w+ --> \w+)$`, 'u');
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.array(name, { maxLength: 4 })), { minLength: 1, maxLength: 4 }), (phases) => {
      const summary = makeRunSummary({
        phases: phases.map(([id, ids], index) => makePhaseSummary(index + 1, id, { needs: phases.slice(0, index).map(([each]) => each), steps: ids.map((step, at) => makeStepSummary('1.1', step, { needs: ids.slice(0, at) })) })),
      });
      for (const line of renderRunPicture(summary)?.split('\n') ?? ['none']) expect(line).toMatch(form);
    }),
  );
});
