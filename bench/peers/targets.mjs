/** The most that Tollgate may take as a part of what another took in the same run, for each size. */
export const targets = [
  { kind: 'noop', tool: 'tollgate', against: 'turbo', bounds: { 1: 0.88, 10: 0.81, 100: 0.61, 1000: 0.33, big: 0.58 } },
  { kind: 'restore', tool: 'tollgate', against: 'turbo', bounds: { 1: 0.82, 10: 0.72, 100: 0.52, 1000: 0.78 } },
  { kind: 'cold', tool: 'tollgate', against: 'nodeloop', bounds: { 1: 3.2, 10: 2.7, 100: 1.6, 1000: 1.3 } },
  { kind: 'cold', tool: 'tollgate-uncached', against: 'nodeloop', bounds: { 100: 1.15, 1000: 1.15 } },
];

/** A changed leaf may cost what nothing to do costs, that one command, and this. */
export const leafAllowance = 15;

/** In MB, in any case. */
export const peakBounds = { 100: 80, 1000: 120 };

/** Every target that the figures can answer: what was reached, and whether it holds. */
export function judge(figures) {
  const find = (kind, size, tool) => figures.find((figure) => figure.kind === kind && figure.size === size && figure.tool === tool);
  const sizes = [...new Set(figures.map(({ size }) => size))];
  return sizes.flatMap((size) => [
    ...targets.map(({ kind, tool, against, bounds }) => judgeRatio({ kind, size, tool, against, bound: bounds[size] }, find(kind, size, tool), find(kind, size, against))),
    judgeLeaf(size, ['noop', 'leaf'].map((kind) => find(kind, size, 'tollgate')), find('leaf', size, 'command')),
    judgePeak(size, figures.filter((figure) => figure.tool === 'tollgate' && figure.size === size)),
  ]).filter((verdict) => verdict !== undefined);
}

function judgeRatio(target, mine, other) {
  if (target.bound === undefined || mine?.ms === undefined || other?.ms === undefined) return undefined;
  const ratio = mine.ms / other.ms;
  return { ...target, target: `${target.bound}× ${target.against}`, figure: `${ratio.toFixed(2)}×`, ok: ratio <= target.bound };
}

function judgeLeaf(size, [noop, leaf], command) {
  if (noop?.ms === undefined || leaf?.ms === undefined || command?.ms === undefined) return undefined;
  const bound = noop.ms + command.ms + leafAllowance;
  return { kind: 'leaf', size, tool: 'tollgate', target: `nothing to do + command + ${leafAllowance} ms = ${bound.toFixed(0)} ms`, figure: `${leaf.ms.toFixed(0)} ms`, ok: leaf.ms <= bound };
}

function judgePeak(size, mine) {
  const peak = Math.max(...mine.map(({ peakMb }) => peakMb ?? 0));
  if (peakBounds[size] === undefined || !(peak > 0)) return undefined;
  return { kind: 'peak', size, tool: 'tollgate', target: `${peakBounds[size]} MB`, figure: `${peak} MB`, ok: peak <= peakBounds[size] };
}
