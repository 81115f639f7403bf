import fc from 'fast-check';
import { findTangles, findWay, sortByLinks } from './find-cycles.js';

const graphs = fc.integer({ min: 1, max: 12 }).chain((size) => fc.array(fc.array(fc.integer({ min: 0, max: size - 1 }), { maxLength: 4 }), { minLength: size, maxLength: size }));

function reaches(links: readonly (readonly number[])[], from: number): ReadonlySet<number> {
  const seen = new Set<number>(links[from]);
  for (const node of seen) for (const next of links[node] ?? []) seen.add(next);
  return seen;
}

test('a tangle is a set of nodes that reach each other, and every node on a cycle is in one', () => {
  fc.assert(
    fc.property(graphs, (links) => {
      const tangles = findTangles(links);
      const sets = links.map((_, node) => tangles.find((tangle) => tangle.includes(node)));
      links.forEach((_, a) => {
        const onCycle = reaches(links, a).has(a);
        expect(sets[a] !== undefined).toBe(onCycle);
        links.forEach((__, b) => {
          if (!onCycle || a === b) return;
          const together = reaches(links, a).has(b) && reaches(links, b).has(a);
          expect(sets[a]?.includes(b) ?? false).toBe(together);
        });
      });
      expect(tangles.flat().length).toBe(new Set(tangles.flat()).size);
    }),
  );
});

test('the sorted order puts every node after what it leads to', () => {
  fc.assert(
    fc.property(graphs, (links) => {
      fc.pre(findTangles(links).length === 0);
      const sorted = sortByLinks(links);
      expect([...sorted].sort((a, b) => a - b)).toEqual(links.map((_, index) => index));
      links.forEach((targets, node) => targets.forEach((target) => expect(sorted.indexOf(target)).toBeLessThan(sorted.indexOf(node))));
    }),
  );
});

test('the way between two nodes is the shortest and stays inside the set', () => {
  const links = [[1, 3], [2], [0], [2], []];
  expect(findWay(links, { from: 0, to: 0 }, new Set([0, 1, 2]))).toEqual([0, 1, 2, 0]);
  expect(findWay(links, { from: 0, to: 2 }, new Set([0, 1, 2, 3]))).toHaveLength(3);
  expect(findWay(links, { from: 0, to: 4 }, new Set([0, 1, 2, 3, 4]))).toBeUndefined();
  expect(findWay(links, { from: 0, to: 2 }, new Set([0, 2]))).toBeUndefined();
});

test('a chain of 100,000 costs no call depth', () => {
  const chain = Array.from({ length: 100_000 }, (_, index) => (index === 0 ? [] : [index - 1]));
  expect(findTangles(chain)).toEqual([]);
  expect(sortByLinks([...chain].reverse().map((_, index) => (index === chain.length - 1 ? [] : [index + 1])))[0]).toBe(chain.length - 1);
  const ring = chain.map((links, index) => (index === 0 ? [chain.length - 1] : links));
  expect(findTangles(ring)[0]).toHaveLength(chain.length);
});
