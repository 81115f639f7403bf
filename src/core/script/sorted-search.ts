/** The first index whose key is not below `wanted`, in a list that is sorted by the key. */
export function firstNotBelow<T>(sorted: readonly T[], keyOf: (item: T) => number, wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = sorted[middle];
    if (item !== undefined && keyOf(item) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
