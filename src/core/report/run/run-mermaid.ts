import { cutToWidth } from '../visible-text.js';
import type { PartStatus, PhaseSummary, RunSummary, StepSummary } from '../run-summary.js';
import { describeElapsed, describeEnd, describePhaseEnd, isTolerated, listSteps } from './run-words.js';

/** What can still be read; GitHub itself stops at 50,000 characters and 500 edges. */
const most = { steps: 150, phases: 50, edges: 450, characters: 48_000 };
const widestLabel = 48;

/** A run as a Mermaid flowchart: phases are boxes, steps stand in the colour of how they ended. Nothing where it would be too large. */
export function renderRunPicture(summary: RunSummary): string | undefined {
  const steps = listSteps(summary);
  if (steps.length > most.steps || summary.phases.length > most.phases || summary.phases.length === 0) return undefined;
  const needed = new Set(summary.phases.flatMap(({ needs }) => needs));
  const places = new Map(summary.phases.map((phase, index) => [phase.id, `p${index}`]));
  const ways = summary.phases.flatMap((phase, index) => phase.needs.flatMap((need) => (places.has(need) ? [`  ${places.get(need) ?? ''} --> p${index}`] : [])));
  const ends = summary.finally.length === 0 ? [] : summary.phases.flatMap(({ id }, index) => (needed.has(id) ? [] : [`  p${index} --> last`]));
  const drawn = summary.phases.map((phase, index) => drawPhase(phase, index));
  const edges = [...drawn.flatMap((each) => each.edges), ...ways, ...ends];
  const lines = [
    'flowchart LR',
    ...styles,
    ...drawn.flatMap((each) => each.lines),
    ...(summary.finally.length === 0 ? [] : drawBox('last', 'finally', summary.finally.map((step, index) => drawStep(step, `f${index}`)))),
    ...edges,
  ];
  const text = lines.join('\n');
  return edges.length > most.edges || text.length > most.characters ? undefined : text;
}

const styles = [
  '  classDef succeeded fill:#dafbe1,stroke:#1a7f37,color:#0b3d18',
  '  classDef failed fill:#ffebe9,stroke:#cf222e,color:#5c0d12,stroke-width:3px',
  '  classDef tolerated fill:#fff8c5,stroke:#9a6700,color:#4d3300',
  '  classDef running fill:#ddf4ff,stroke:#0969da,color:#0a3069',
  '  classDef skipped fill:#f6f8fa,stroke:#8c959f,color:#57606a,stroke-dasharray:4 4',
];

const classes: Readonly<Record<PartStatus, string>> = { succeeded: 'succeeded', failed: 'failed', indeterminate: 'failed', cancelled: 'tolerated', skipped: 'skipped', pending: 'skipped', running: 'running' };

function drawPhase(phase: PhaseSummary, index: number): { readonly lines: readonly string[]; readonly edges: readonly string[] } {
  const title = `${phase.number} ${phase.id} · ${describePhaseEnd(phase)}`;
  if (phase.steps.length === 0) return { lines: [`  p${index}["${escapeLabel(title)}"]:::${classes[phase.status]}`], edges: [] };
  const names = new Map(phase.steps.map((step, at) => [step.id, `p${index}s${at}`]));
  const edges = phase.steps.flatMap((step, at) => step.needs.flatMap((need) => (names.has(need) ? [`  ${names.get(need) ?? ''} --> p${index}s${at}`] : [])));
  return { lines: drawBox(`p${index}`, title, phase.steps.map((step, at) => drawStep(step, `p${index}s${at}`))), edges };
}

function drawBox(id: string, title: string, inner: readonly string[]): readonly string[] {
  return [`  subgraph ${id}["${escapeLabel(title)}"]`, '    direction TB', ...inner, '  end'];
}

function drawStep(step: StepSummary, name: string): string {
  const ran = step.status !== 'skipped' && step.status !== 'pending';
  const under = [...(step.status === 'succeeded' ? [] : [describeEnd(step)]), ...(ran ? [describeElapsed(step.durationMs)] : []), ...(step.cached ? ['cached'] : [])].join(' · ');
  return `    ${name}["${escapeLabel(step.id)}<br/>${escapeLabel(under)}"]:::${isTolerated(step) ? 'tolerated' : classes[step.status]}`;
}

/** Letters, digits and harmless signs stay; everything else is written by its number. */
function escapeLabel(text: string): string {
  const line = cutToWidth(text.slice(0, 10 * widestLabel).replace(/[\p{C}\s]+/gu, ' ').trim(), widestLabel);
  return line.replace(/[^\p{L}\p{N} _.,/+=()·-]/gu, (character) => `#${character.codePointAt(0) ?? 63};`);
}
