import type { Plan, PlannedGate, PlannedPhase, PlannedStep } from '../plan/plan.js';
import { counted, marksOf } from './plan-words.js';
import { cutToWidth } from './visible-text.js';

/** What GitHub draws at most is 50,000 characters and 500 edges. */
const most = { characters: 48_000, edges: 480, phases: 120 };

/**
 * The plan as a Mermaid flowchart: a box per phase, diamonds for gates. From the smallest up, phases are drawn
 * in full while there is room; those that are left are one box each.
 */
export function renderMermaid(plan: Plan, background: ReadonlySet<string>): string {
  const phases = plan.phases.slice(0, most.phases);
  const ways = drawWays(plan, phases);
  const last = drawSteps({ id: 'last', title: 'finally' }, plan.finally, background);
  const tail = last.length > 100 ? [box('last', `finally · ${counted(plan.finally.length, 'step', 'steps')}`)] : last;
  const room = { characters: most.characters - textLength(ways) - textLength(tail), edges: most.edges - ways.length };
  const drawn = drawPhases(phases, background, room);
  const lines = ['flowchart TD', '  classDef skipped stroke-dasharray:4 4,opacity:0.6', ...drawn.lines, ...tail, ...ways];
  return `${[...lines, ...drawReferences(phases, drawn)].join('\n')}\n`;
}

interface Room {
  readonly characters: number;
  readonly edges: number;
}

interface DrawnPhases {
  readonly lines: readonly string[];
  /** Numbers of the phases that are one box. */
  readonly folded: ReadonlySet<number>;
  readonly left: Room;
}

function drawPhases(phases: readonly PlannedPhase[], background: ReadonlySet<string>, room: Room): DrawnPhases {
  const drawings = new Map<number, readonly string[]>();
  const folded = new Set<number>();
  let left = { characters: room.characters - textLength(phases.flatMap(foldPhase)), edges: room.edges - phases.length };
  let full = false;
  for (const phase of [...phases].sort((a, b) => a.steps.length - b.steps.length || a.number - b.number)) {
    const drawing = full || phase.steps.length > most.edges || phase.steps.length === 0 ? undefined : drawPhase(phase, background);
    const after = drawing === undefined ? undefined : { characters: left.characters - textLength(drawing.lines), edges: left.edges - drawing.edges };
    if (drawing === undefined || after === undefined || after.characters < 0 || after.edges < 0) {
      full = phase.steps.length > 0;
      folded.add(phase.number);
      drawings.set(phase.number, foldPhase(phase));
    } else {
      drawings.set(phase.number, drawing.lines);
      left = after;
    }
  }
  return { lines: phases.flatMap(({ number }) => drawings.get(number) ?? []), folded, left };
}

function foldPhase(phase: PlannedPhase): readonly string[] {
  const lines = [box(`p${phase.number}`, `${phase.number} ${phase.id} · ${counted(phase.steps.length, 'step', 'steps')}`, isSkipped(phase))];
  return phase.gate === null ? lines : [...lines, diamond(phase.number, phase.gate), `  p${phase.number} --> g${phase.number}`];
}

interface Drawing {
  readonly lines: readonly string[];
  readonly edges: number;
}

function drawPhase(phase: PlannedPhase, background: ReadonlySet<string>): Drawing {
  const { number, gate } = phase;
  const own = new Set(phase.steps.flatMap((step) => (step.group === null ? [step.number] : [step.number, step.group])));
  const inner = phase.steps.flatMap((step) => step.needs.filter((need) => own.has(need.number)).map((need) => ({ from: need.number, to: step.number, reads: need.why === 'reference' })));
  const edges = inner.map(({ from, to, reads }) => `  ${nodeName(from)} ${reads ? '-.->|reads|' : '-->'} ${nodeName(to)}`);
  if (gate !== null) {
    const needed = new Set(inner.map(({ from }) => from));
    const ends = phase.steps.filter((step) => !needed.has(step.number) && (step.group === null || !needed.has(step.group)));
    for (const { number: end } of ends) edges.push(`  ${nodeName(end)} --> g${number}`);
  }
  const noGo = gate === null || gate.onNoGo.length === 0 ? [] : [...drawSteps({ id: `n${number}`, title: `${number} on NO-GO` }, gate.onNoGo, background), `  g${number} -.->|NO-GO| n${number}`];
  const steps = drawSteps({ id: `p${number}`, title: `${number} ${phase.id}`, more: gate === null ? [] : [diamond(number, gate)] }, phase.steps, background);
  return { lines: [...steps, ...edges, ...noGo], edges: edges.length + 1 };
}

interface Frame {
  readonly id: string;
  readonly title: string;
  /** What stands in it after the steps. */
  readonly more?: readonly string[];
}

/** A box with steps in it, those of a parallel group in a box of their own. */
function drawSteps(frame: Frame, steps: readonly PlannedStep[], background: ReadonlySet<string>): readonly string[] {
  const { id, title, more = [] } = frame;
  if (steps.length === 0 && more.length === 0) return [];
  const lines = [`  subgraph ${id}["${escapeLabel(title)}"]`];
  let open: string | null = null;
  for (const step of steps) {
    if (open !== step.group) {
      if (open !== null) lines.push('    end');
      if (step.group !== null) lines.push(`    subgraph ${nodeName(step.group)}["${escapeLabel(`${step.group} side by side`)}"]`);
      open = step.group;
    }
    lines.push(`  ${box(nodeName(step.number), `${step.number} ${step.id}`, isSkipped(step), [step.type, ...marksOf(step, background)].join(' · '))}`);
  }
  if (open !== null) lines.push('    end');
  return [...lines, ...more, '  end'];
}

/** How phases follow each other, through their gates. */
function drawWays(plan: Plan, phases: readonly PlannedPhase[]): readonly string[] {
  const numbers = new Map(phases.map((phase) => [phase.id, phase]));
  const needed = new Set(phases.flatMap(({ needs }) => needs));
  const leave = (phase: PlannedPhase, to: string): string => (phase.gate === null ? `  p${phase.number} --> ${to}` : `  g${phase.number} -->|GO| ${to}`);
  const ways = phases.flatMap((phase) => phase.needs.flatMap((need) => {
    const before = numbers.get(need);
    return before === undefined ? [] : [leave(before, `p${phase.number}`)];
  }));
  const hidden = plan.phases.length - phases.length;
  const more = hidden > 0 ? [box('more', `and ${counted(hidden, 'phase', 'phases')} more`)] : [];
  const ends = plan.finally.length === 0 ? [] : phases.filter(({ id }) => !needed.has(id)).map((phase) => `  ${phase.gate === null ? 'p' : 'g'}${phase.number} --> last`);
  return [...more, ...ways.slice(0, most.phases * 2), ...ends.slice(0, most.phases)];
}

/** Expressions that read from another phase, as far as there is room. */
function drawReferences(phases: readonly PlannedPhase[], { folded, left }: DrawnPhases): readonly string[] {
  const places = new Map<string, string>();
  for (const phase of phases) {
    for (const step of phase.steps) {
      const name = folded.has(phase.number) ? `p${phase.number}` : nodeName(step.number);
      places.set(step.number, name);
      if (step.group !== null) places.set(step.group, folded.has(phase.number) ? name : nodeName(step.group));
    }
  }
  const edges = new Set<string>();
  let characters = left.characters;
  for (const phase of phases) {
    for (const step of phase.steps) {
      for (const need of step.needs) {
        const [from, to] = [places.get(need.number), places.get(step.number)];
        if (from === undefined || to === undefined || phaseOf(need.number) === String(phase.number)) continue;
        const edge = `  ${from} -.->|${need.why === 'reference' ? 'reads' : 'before'}| ${to}`;
        if (edges.has(edge)) continue;
        characters -= edge.length + 1;
        if (edges.size >= left.edges || characters < 0) return [...edges];
        edges.add(edge);
      }
    }
  }
  return [...edges];
}

const phaseOf = (number: string): string => number.split('.', 1)[0] ?? '';

/** Names of our own making: nothing that an author wrote is part of the chart's grammar. */
function nodeName(number: string): string {
  return `s${number.replace(/[^A-Za-z0-9]/gu, '_')}`;
}

function box(id: string, title: string, skipped = false, under = ''): string {
  return `  ${id}["${escapeLabel(title)}${under === '' ? '' : `<br/>${escapeLabel(under)}`}"]${skipped ? ':::skipped' : ''}`;
}

function diamond(phase: number, gate: PlannedGate): string {
  const proofs = [...gate.criteria.slice(0, 4).map(({ id }) => id), ...(gate.criteria.length > 4 ? [`and ${gate.criteria.length - 4} more`] : []), ...(gate.approval ? ['approval'] : [])];
  return `    g${phase}{"${['gate', ...proofs].map(escapeLabel).join('<br/>')}"}`;
}

const isSkipped = ({ when }: { readonly when: PlannedStep['when'] }): boolean => when?.holds === false;

const widestLabel = 60;

/** Letters, digits and harmless signs stay; everything else is written by its number. */
function escapeLabel(text: string): string {
  const line = cutToWidth(text.replace(/[\p{C}\s]+/gu, ' ').trim(), widestLabel);
  return line.replace(/[^\p{L}\p{N} _.,/+=()·-]/gu, (character) => `#${character.codePointAt(0) ?? 63};`);
}

function textLength(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}
