/** What each node leads to, by index. */
export type Links = readonly (readonly number[])[];

/**
 * Sets of nodes that lead to each other (Tarjan's algorithm with a stack of its own,
 * so that a chain of any length costs no call depth). Nodes on no cycle are left out.
 */
export function findTangles(links: Links): readonly (readonly number[])[] {
  const order = new Int32Array(links.length).fill(-1);
  const lowest = new Int32Array(links.length);
  const waiting = new Uint8Array(links.length);
  const open: number[] = [];
  const found: number[][] = [];
  let visited = 0;

  for (let root = 0; root < links.length; root++) {
    if (order[root] !== -1) continue;
    const path: { node: number; next: number }[] = [{ node: root, next: 0 }];
    while (path.length > 0) {
      const frame = path[path.length - 1];
      if (frame === undefined) break;
      const { node } = frame;
      if (frame.next === 0) enter(node);
      const target = links[node]?.[frame.next++];
      if (target === undefined) {
        path.pop();
        leave(node, path[path.length - 1]?.node);
      } else if (order[target] === -1) {
        path.push({ node: target, next: 0 });
      } else if (waiting[target] === 1) {
        lower(node, order[target] ?? 0);
      }
    }
  }
  return found;

  function enter(node: number): void {
    if (order[node] !== -1) return;
    order[node] = visited;
    lowest[node] = visited++;
    waiting[node] = 1;
    open.push(node);
  }

  function lower(node: number, value: number): void {
    lowest[node] = Math.min(lowest[node] ?? 0, value);
  }

  function leave(node: number, parent: number | undefined): void {
    if (parent !== undefined) lower(parent, lowest[node] ?? 0);
    if (lowest[node] !== order[node]) return;
    const members = open.splice(open.lastIndexOf(node));
    for (const member of members) waiting[member] = 0;
    if (members.length > 1 || links[node]?.includes(node) === true) found.push(members);
  }
}

/** The shortest way from one node to another inside a set, both ends included. */
export function findWay(links: Links, ends: { readonly from: number; readonly to: number }, within: ReadonlySet<number>): readonly number[] | undefined {
  const cameFrom = new Map<number, number>();
  const queue = [ends.from];
  for (const node of queue) {
    for (const next of links[node] ?? []) {
      if (!within.has(next) || cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      if (next === ends.to) return traceBack(cameFrom, ends);
      queue.push(next);
    }
  }
  return undefined;
}

function traceBack(cameFrom: ReadonlyMap<number, number>, ends: { readonly from: number; readonly to: number }): readonly number[] {
  const way = [ends.to];
  for (let node = cameFrom.get(ends.to); node !== undefined; node = cameFrom.get(node)) {
    way.push(node);
    if (node === ends.from) break;
  }
  return way.reverse();
}

/** An order in which every node comes after all that it leads to; the graph has no cycle. */
export function sortByLinks(links: Links): readonly number[] {
  const state = new Uint8Array(links.length);
  const sorted: number[] = [];
  for (let root = 0; root < links.length; root++) {
    if (state[root] === 1) continue;
    state[root] = 1;
    const path: { node: number; next: number }[] = [{ node: root, next: 0 }];
    while (path.length > 0) {
      const frame = path[path.length - 1];
      if (frame === undefined) break;
      const target = links[frame.node]?.[frame.next++];
      if (target === undefined) {
        sorted.push(frame.node);
        path.pop();
      } else if (state[target] === 0) {
        state[target] = 1;
        path.push({ node: target, next: 0 });
      }
    }
  }
  return sorted;
}
