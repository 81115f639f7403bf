import fc from 'fast-check';
import type { Plan, PlannedNeed } from '../plan/plan.js';
import { sampleChain, samplePhase, samplePlan, sampleStep } from '../../../test/fakes/sample-plan.js';
import { renderMermaid } from './plan-mermaid.js';

const none = new Set<string>();
const need = (number: string, why: PlannedNeed['why'] = 'order'): PlannedNeed => ({ id: 'x', number, why, orderOnly: false });

interface Chart {
  readonly nodes: ReadonlySet<string>;
  readonly edges: readonly string[];
}

const label = String.raw`"(?:[\p{L}\p{N} _.,/+=()·-]|#\d+;|<br/>)*"`;
const nodeForm = new RegExp(String.raw`^ +(\w+)(?:\[${label}\]|\{${label}\})(?:::skipped|:::skipped)?$`, 'u');
const openForm = new RegExp(String.raw`^ +subgraph (\w+)\[${label}\]$`, 'u');
const edgeForm = /^ {2}(\w+) (?:-->|-->\|GO\||-\.->\|(?:reads|before|NO-GO)\|) (\w+)$/u;

/** Reads a chart by the few rules that it is made of; anything else is a failure. */
function readChart(text: string): Chart {
  const [head, style, ...lines] = text.split('\n').slice(0, -1);
  expect([head, style]).toEqual(['flowchart TD', '  classDef skipped stroke-dasharray:4 4,opacity:0.6']);
  const nodes = new Set<string>();
  const edges: string[] = [];
  let depth = 0;
  for (const line of lines) {
    const name = (nodeForm.exec(line) ?? openForm.exec(line))?.[1];
    if (openForm.test(line)) depth++;
    if (name !== undefined) expect(nodes.has(name)).toBe(false);
    if (name !== undefined) nodes.add(name);
    else if (/^ +end$/u.test(line)) depth--;
    else {
      expect(line).toMatch(edgeForm);
      edges.push(line);
    }
  }
  expect(depth).toBe(0);
  for (const edge of edges) for (const end of edgeForm.exec(edge)?.slice(1) ?? []) expect(nodes).toContain(end);
  expect(text.length).toBeLessThanOrEqual(50_000);
  expect(edges.length).toBeLessThanOrEqual(500);
  return { nodes, edges };
}

test('phases are boxes, gates diamonds, references dashed', () => {
  const plan = samplePlan({
    phases: [
      samplePhase(1, 'build', {
        steps: [sampleStep('1.1', 'a', { cached: true }), sampleStep('1.2.1', 'b', { group: '1.2', needs: [need('1.1')] }), sampleStep('1.2.2', 'c', { group: '1.2', needs: [need('1.1')] }), sampleStep('1.3', 'd', { needs: [need('1.2')] })],
        gate: { criteria: [{ id: 'ok', proof: 'run', advisory: false }], approval: true, onNoGo: [sampleStep('1.no_go.1', 'undo')] },
      }),
      samplePhase(2, 'ship', { needs: ['build'], steps: [sampleStep('2.1', 'e', { needs: [need('1.3', 'reference')], when: { text: 'x', holds: false, because: '' } })] }),
    ],
    finally: [sampleStep('finally.1', 'tidy')],
  });
  expect(renderMermaid(plan, new Set(['a']))).toBe(`flowchart TD
  classDef skipped stroke-dasharray:4 4,opacity:0.6
  subgraph p1["1 build"]
    s1_1["1.1 a<br/>shell · cached · background"]
    subgraph s1_2["1.2 side by side"]
    s1_2_1["1.2.1 b<br/>shell"]
    s1_2_2["1.2.2 c<br/>shell"]
    end
    s1_3["1.3 d<br/>shell"]
    g1{"gate<br/>ok<br/>approval"}
  end
  s1_1 --> s1_2_1
  s1_1 --> s1_2_2
  s1_2 --> s1_3
  s1_3 --> g1
  subgraph n1["1 on NO-GO"]
    s1_no_go_1["1.no_go.1 undo<br/>shell"]
  end
  g1 -.->|NO-GO| n1
  subgraph p2["2 ship"]
    s2_1["2.1 e<br/>shell"]:::skipped
  end
  subgraph last["finally"]
    sfinally_1["finally.1 tidy<br/>shell"]
  end
  g1 -->|GO| p2
  p2 --> last
  s1_3 -.->|reads| s2_1
`);
});

test('names that would break the grammar are written by their numbers', () => {
  const id = 'a"]; click b "javascript:x" %%{init: {}}%% `x` <b> end\nsubgraph #quot; \u202e\ud800';
  const plan = samplePlan({ phases: [samplePhase(1, id, { steps: [sampleStep('1.1', id, { type: id })], gate: { criteria: [{ id, proof: 'run', advisory: false }], approval: false, onNoGo: [] } })] });
  const text = renderMermaid(plan, none);
  readChart(text);
  expect(text).toContain('1.1 a#34;#93;#59; click b #34;javascript#58;x#34;');
  expect(text).not.toContain('click b "');
});

const anyName = fc.string({ unit: fc.constantFrom('"', ']', '}', '[', '{', '#', ';', '\n', '`', '%', '<', '>', '|', '-', '--', 'end', ' ', 'é', '😀', '\u0000', ':::') });

test('any plan is a chart by the rules, within what GitHub draws', () => {
  const step = fc.record({ id: anyName, needs: fc.array(fc.tuple(fc.nat(4), fc.nat(6), fc.constantFrom<PlannedNeed['why'][]>('order', 'reference', 'declared')), { maxLength: 3 }), grouped: fc.boolean(), type: anyName });
  const phase = fc.record({ id: anyName, steps: fc.array(step, { maxLength: 5 }), gated: fc.boolean(), needs: fc.array(fc.nat(4), { maxLength: 3 }) });
  fc.assert(
    fc.property(fc.array(phase, { maxLength: 5 }), fc.boolean(), (phases, closing) => {
      const plan = samplePlan({
        phases: phases.map(({ id, steps, gated, needs }, p) =>
          samplePhase(p + 1, `${id}${p}`, {
            needs: needs.flatMap((index) => (index < p ? [`${phases[index]?.id ?? ''}${index}`] : [])),
            steps: steps.map((each, s) =>
              sampleStep(each.grouped ? `${p + 1}.${s + 1}.1` : `${p + 1}.${s + 1}`, each.id, {
                type: each.type,
                group: each.grouped ? `${p + 1}.${s + 1}` : null,
                needs: each.needs.map(([a, b, why]) => need(`${a + 1}.${b + 1}`, why)),
              }),
            ),
            gate: gated ? { criteria: [{ id, proof: 'check', advisory: false }], approval: false, onNoGo: [] } : null,
          }),
        ),
        finally: closing ? [sampleStep('finally.1', 'f')] : [],
      });
      readChart(renderMermaid(plan, none));
    }),
    { numRuns: 200 },
  );
});

function large(phases: number, steps: number): Plan {
  return samplePlan({
    phases: Array.from({ length: phases }, (_, index) =>
      samplePhase(index + 1, `phase_${index + 1}`, {
        needs: index === 0 ? [] : [`phase_${index}`],
        steps: sampleChain(index + 1, steps),
        gate: { criteria: [{ id: 'ok', proof: 'run', advisory: false }], approval: false, onNoGo: [] },
      }),
    ),
    finally: sampleChain(9999, 300).map((step) => ({ ...step, number: step.number.replace('9999', 'finally') })),
  });
}

test.each([
  [1, 10_000],
  [10, 1000],
  [100, 100],
  [5, 90],
  [1000, 10],
])('%d phases of %d steps stay within what GitHub draws', (phases, steps) => {
  const started = performance.now();
  const { nodes } = readChart(renderMermaid(large(phases, steps), none));
  expect(performance.now() - started).toBeLessThan(3000);
  expect(nodes).toContain('p1');
});

test('the smallest phases are drawn in full, the others as one box with their number of steps', () => {
  const plan = samplePlan({ phases: [samplePhase(1, 'big', { steps: sampleChain(1, 600) }), samplePhase(2, 'small', { needs: ['big'], steps: [sampleStep('2.1', 'a', { needs: [need('1.600', 'reference'), need('1.599', 'reference')] })] })] });
  const text = renderMermaid(plan, none);
  expect(text).toContain('  p1["1 big · 600 steps"]\n');
  expect(text).toContain('s2_1["2.1 a<br/>shell"]');
  expect(text.match(/p1 -\.->\|reads\| s2_1/gu)).toHaveLength(1);
});
