import { findProgram } from './find-program.js';
import { followPositions } from './follow-positions.js';
import type { Flow, Reading, Reference, Stretch } from './reading.js';
import { literalOf, literalStart } from './read-word.js';
import { firstNotBelow } from './sorted-search.js';

/** Which variables hold values, as far as the command's own text shows it. Order and branches are not looked at. */
export interface Trail {
  /** Offset of a value that stands in the stretch, or has come into a variable that is named in it. */
  readonly valueIn: (stretch: Stretch) => { readonly at: number; readonly through: string | undefined } | undefined;
  /** Offset of a value that has come into the variable. */
  readonly valueOf: (variable: string) => number | undefined;
  readonly flowsInto: (variable: string) => readonly Flow[];
}

interface Graph {
  readonly edges: Map<string, string[]>;
  readonly sources: Map<string, number>;
}

/** `isText` says whether a value could be anything but a number or a boolean. */
export function followValues(reading: Reading, isText: (offset: number) => boolean): Trail {
  const values = [...reading.places.keys()].filter((at) => isText(at) && reading.places.get(at) !== 'comment').sort(byNumber);
  const references = [...reading.references, ...referencesOfCalls(reading)].sort((a, b) => a.at - b.at);
  const positions = followPositions(reading);
  const flows = [...reading.flows, ...positions.flows, ...flowsOfCommands(reading), ...flowsOfReads(reading), ...flowsOfFunctions(reading)];
  const graph: Graph = { edges: new Map(), sources: new Map() };
  for (const flow of flows) addFlow(graph, flow, { reading, values, references, sourcesOf: positions.sourcesOf });
  if (values[0] !== undefined) graph.sources.set('_', values[0]);
  const origins = spread(graph);
  const byTarget = groupByTarget(flows);
  return {
    valueIn: (stretch) => {
      const at = firstIn(values, (value) => value, stretch);
      if (at !== undefined) return { at, through: undefined };
      for (let index = firstNotBelow(references, (one) => one.at, stretch.start); index < references.length; index++) {
        const reference = references[index];
        if (reference === undefined || reference.at >= stretch.end) return undefined;
        for (const source of positions.sourcesOf(reference)) {
          const origin = origins.get(source);
          if (origin !== undefined) return { at: origin, through: reference.name };
        }
      }
      return undefined;
    },
    valueOf: (variable) => origins.get(variable),
    flowsInto: (variable) => byTarget.get(variable) ?? [],
  };
}

interface Surroundings {
  readonly reading: Reading;
  readonly values: readonly number[];
  readonly references: readonly Reference[];
  readonly sourcesOf: (reference: Reference) => readonly string[];
}

function addFlow(graph: Graph, flow: Flow, { reading, values, references, sourcesOf }: Surroundings): void {
  if (flow.from !== undefined) { addEdge(graph, flow.from, flow.target); return; }
  const value = firstIn(values, (at) => at, flow);
  if (value !== undefined && !graph.sources.has(flow.target)) graph.sources.set(flow.target, value);
  for (let index = firstNotBelow(references, (one) => one.at, flow.start); index < references.length; index++) {
    const reference = references[index];
    if (reference === undefined || reference.at >= flow.end) break;
    for (const source of sourcesOf(reference)) addEdge(graph, source, flow.target);
  }
  // A name in the text may be looked up later: `X={{ v }}; N=X; (( N ))`. What stands behind `$` is a reference, or `${!list[@]}`.
  for (const [name] of reading.text.slice(flow.start, flow.end).matchAll(/(?<![\w$!#{])[A-Za-z_]\w*/g)) {
    if (name !== flow.target) addEdge(graph, name, flow.target);
  }
}

function addEdge(graph: Graph, from: string, to: string): void {
  const known = graph.edges.get(from);
  if (known === undefined) graph.edges.set(from, [to]);
  else if (known.at(-1) !== to) known.push(to);
}

/** Every name that a value can reach, with the value that reaches it first. */
function spread(graph: Graph): ReadonlyMap<string, number> {
  const origins = new Map(graph.sources);
  const queue = [...origins.keys()];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const origin = origins.get(name) ?? 0;
    for (const next of graph.edges.get(name) ?? []) {
      if (origins.has(next)) continue;
      origins.set(next, origin);
      queue.push(next);
    }
  }
  return origins;
}

/** `printf -v name`, `getopts` and `declare -n` set variables, too. */
function flowsOfCommands(reading: Reading): Flow[] {
  return reading.commands.flatMap((command): Flow[] => {
    const { word, operands } = findProgram(command.words, new Set());
    const name = literalOf(word);
    const all = { start: command.start, end: command.end };
    const first = operands[0];
    if (first === undefined) return [];
    const start = literalStart(first);
    if (name === 'printf' && start.startsWith('-v')) return [{ ...all, target: /[A-Za-z_]\w*/.exec(start === '-v' ? (literalOf(operands[1]) ?? '') : start.slice(2))?.[0] ?? '' }];
    if (name === 'getopts') return ['OPTARG', literalOf(operands[1]) ?? ''].map((target) => ({ ...all, target }));
    if ((name === 'declare' || name === 'typeset' || name === 'local') && operands.some((operand) => /^-\w*n/.test(literalStart(operand)))) {
      // What goes into a reference goes into what it refers to: the name stands behind the equals sign.
      return operands.map((operand) => ({ ...all, target: /=(\w+)$/.exec(literalOf(operand) ?? '')?.[1] ?? '' }));
    }
    return [];
  });
}

/** What `read` takes in may be any value that the statement around it holds; in a function, of the whole script. */
function flowsOfReads(reading: Reading): Flow[] {
  const flows: Flow[] = [];
  const sources = new Set<string>();
  for (const command of reading.commands) {
    const { word, operands } = findProgram(command.words, new Set());
    if (!/^(?:read|mapfile|readarray)$/.test(literalOf(word) ?? '')) continue;
    const inFunction = [...reading.functions.values()].flat().some((body) => body.start <= command.start && command.start < body.end);
    const statement = inFunction ? undefined : reading.statements[firstNotBelow(reading.statements, (one) => one.end, command.start)];
    const around = statement ?? { start: 0, end: reading.text.length };
    // No variable is called like this: it stands for the input of the statement.
    const from = `input of ${around.start}`;
    if (!sources.has(from)) flows.push({ ...withHereDocuments(reading, around), target: from });
    sources.add(from);
    for (const target of [...operands.map((operand) => literalOf(operand) ?? ''), 'REPLY', 'MAPFILE']) flows.push({ start: command.start, end: command.end, target, from });
  }
  return flows;
}

function withHereDocuments(reading: Reading, statement: Stretch): Stretch {
  let { end } = statement;
  for (const [operator, body] of reading.hereDocuments) if (operator >= statement.start && operator < statement.end) end = Math.max(end, body.end);
  return { start: statement.start, end };
}

/** A call stands for what the function prints. It is noted behind the command, so that its own name counts as none. */
function referencesOfCalls(reading: Reading): Reference[] {
  return reading.commands.flatMap((command) => {
    const name = literalOf(command.words[0]);
    return name !== undefined && reading.functions.has(name) ? [{ name, at: command.end }] : [];
  });
}

/** What a function prints may be what stands in it. */
function flowsOfFunctions(reading: Reading): Flow[] {
  return [...reading.functions].flatMap(([target, bodies]) => bodies.map((body) => ({ ...body, target })));
}

function groupByTarget(flows: readonly Flow[]): ReadonlyMap<string, readonly Flow[]> {
  const groups = new Map<string, Flow[]>();
  for (const flow of flows) {
    const group = groups.get(flow.target);
    if (group === undefined) groups.set(flow.target, [flow]);
    else group.push(flow);
  }
  return groups;
}

function firstIn<T>(sorted: readonly T[], keyOf: (item: T) => number, stretch: Stretch): T | undefined {
  const found = sorted[firstNotBelow(sorted, keyOf, stretch.start)];
  return found !== undefined && keyOf(found) < stretch.end ? found : undefined;
}

function byNumber(a: number, b: number): number {
  return a - b;
}
