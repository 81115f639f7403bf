/** A selection by labels: words with `not`, `and`, `or` and parentheses. */
export type LabelSelection = { readonly kind: 'read'; readonly fits: (labels: ReadonlySet<string>) => boolean; readonly words: readonly string[] } | { readonly kind: 'malformed'; readonly message: string };

type Test = (labels: ReadonlySet<string>) => boolean;

/** `not e2e and (slow or nightly)`: `not` binds tighter than `and`, `and` tighter than `or`. */
export function readLabels(text: string): LabelSelection {
  const tokens = text.match(/[()]|[^\s()]+/gu) ?? [];
  const words: string[] = [];
  let at = 0;
  let problem: string | undefined;
  const refuse = (message: string): Test => {
    problem ??= message;
    return () => false;
  };
  const readOr = (): Test => {
    let left = readAnd();
    while (tokens[at] === 'or') {
      at += 1;
      const [first, second] = [left, readAnd()];
      left = (labels) => first(labels) || second(labels);
    }
    return left;
  };
  const readAnd = (): Test => {
    let left = readNot();
    while (tokens[at] === 'and') {
      at += 1;
      const [first, second] = [left, readNot()];
      left = (labels) => first(labels) && second(labels);
    }
    return left;
  };
  const readNot = (): Test => {
    const token = tokens[at];
    at += 1;
    if (token === 'not') {
      const inner = readNot();
      return (labels) => !inner(labels);
    }
    if (token === '(') {
      const inner = readOr();
      if (tokens[at] !== ')') return refuse('a closing ) is missing');
      at += 1;
      return inner;
    }
    if (token === undefined || token === ')' || token === 'and' || token === 'or') return refuse(`a label is missing ${token === undefined ? 'at the end' : `before '${token}'`}`);
    words.push(token);
    return (labels) => labels.has(token);
  };
  const fits = readOr();
  if (problem === undefined && at < tokens.length) problem = `'${tokens[at] ?? ''}' comes without and or or before it`;
  return problem === undefined ? { kind: 'read', fits, words } : { kind: 'malformed', message: problem };
}
