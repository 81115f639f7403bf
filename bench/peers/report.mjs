import { cases } from './cases.mjs';

const heads = { 1: 'N = 1', 10: 'N = 10', 100: 'N = 100', 1000: 'N = 1,000', big: '10,000 inputs, 200 MB' };

/** A table for each case, sizes side by side, Tollgate's targets and verdicts below; then one of memory. */
export function drawPeerTables(figures, verdicts) {
  const kinds = Object.keys(cases).filter((kind) => figures.some((figure) => figure.kind === kind));
  return [...kinds.map((kind) => drawCase(kind, figures.filter((figure) => figure.kind === kind), verdicts)), drawPeaks(figures, verdicts)].join('\n\n');
}

function drawCase(kind, figures, verdicts) {
  const turbo = new Map(figures.filter(({ tool }) => tool === 'turbo').map(({ size, ms }) => [size, ms]));
  return drawTable({ title: cases[kind].title, kind, figures, verdicts, cell: (figure) => drawTime(figure, turbo.get(figure.size)) });
}

function drawTime({ ms, faults }, turbo) {
  if (faults !== undefined) return '**wrong**';
  return `${ms.toFixed(0)} ms${turbo === undefined ? '' : `, ${(ms / turbo).toFixed(2)}×`}`;
}

function drawPeaks(figures, verdicts) {
  const peaks = figures.filter(({ peakMb }) => peakMb !== undefined);
  const isHighest = ({ tool, size, peakMb }) => peaks.every((other) => other.tool !== tool || other.size !== size || other.peakMb <= peakMb);
  const order = [...new Set(figures.map(({ tool }) => tool))];
  const highest = peaks.filter(isHighest).sort((one, other) => order.indexOf(one.tool) - order.indexOf(other.tool));
  return drawTable({ title: 'Peak memory of the largest process, the highest of the cases', kind: 'peak', figures: highest, verdicts, cell: ({ peakMb }) => `${peakMb} MB` });
}

/** What was wrong, said once for all the cases that it spoiled. */
export function drawFaults(figures) {
  const spoiled = new Map();
  for (const { tool, size, kind, faults, told } of figures) {
    if (faults === undefined) continue;
    const what = [faults.join('; '), ...(told === '' ? [] : told.split('\n').map((line) => `  ${line}`))].join('\n');
    const key = `${tool}, N = ${size}: ${what}`;
    spoiled.set(key, [...(spoiled.get(key) ?? []), kind]);
  }
  return [...spoiled].map(([what, kinds]) => `wrong (${kinds.join(', ')}): ${what}`);
}

function drawTable({ title, kind, figures, verdicts, cell }) {
  const sizes = Object.keys(heads).filter((size) => figures.some((figure) => figure.size === size));
  const tools = [...new Set(figures.map(({ tool }) => tool))];
  const find = (tool, size) => figures.find((figure) => figure.tool === tool && figure.size === size);
  const draw = (each) => (each === undefined ? '–' : cell(each));
  const judged = verdicts.filter((verdict) => verdict.kind === kind);
  return [
    `**${title}**`,
    '',
    `| | ${sizes.map((size) => heads[size]).join(' | ')} |`,
    `|---|${sizes.map(() => '---:').join('|')}|`,
    ...tools.map((tool) => `| ${tool} | ${sizes.map((size) => draw(find(tool, size))).join(' | ')} |`),
    ...[...new Set(judged.map(({ tool }) => tool))].flatMap((tool) => drawVerdicts(tool, sizes, judged)),
  ].join('\n');
}

function drawVerdicts(tool, sizes, judged) {
  const row = (what, show) => `| ${tool}: ${what} | ${sizes.map((size) => show(judged.find((verdict) => verdict.tool === tool && verdict.size === size))).join(' | ')} |`;
  return [row('at most', (verdict) => verdict?.target ?? ''), row('reached', (verdict) => (verdict === undefined ? '' : `${verdict.figure} ${verdict.ok ? 'ok' : '**missed**'}`))];
}
