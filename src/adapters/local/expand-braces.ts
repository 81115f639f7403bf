/** `{a,b}{c,d}` names four; nobody means this many, so more are taken as written. */
const mostAlternatives = 1000;

/** `src/{a,b}.ts` → `src/a.ts`, `src/b.ts`; braces without a comma are characters as any other. */
export function expandBraces(pattern: string): readonly string[] {
  let done: string[] = [];
  let open = [pattern];
  while (open.length > 0) {
    if (done.length + open.length > mostAlternatives) return [pattern];
    const next: string[] = [];
    for (const each of open) {
      const alternatives = expandFirst(each);
      if (alternatives === undefined) done = [...done, each];
      else next.push(...alternatives);
    }
    open = next;
  }
  return done;
}

function expandFirst(pattern: string): readonly string[] | undefined {
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++;
    else if (pattern[at] === '{') {
      const group = readGroup(pattern, at);
      if (group !== undefined) return group.alternatives.map((each) => pattern.slice(0, at) + each + pattern.slice(group.end + 1));
    }
  }
  return undefined;
}

function readGroup(pattern: string, open: number): { readonly alternatives: readonly string[]; readonly end: number } | undefined {
  const alternatives: string[] = [];
  let depth = 0;
  let from = open + 1;
  for (let at = open; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === '\\') at++;
    else if (character === '{') depth++;
    else if (character === ',' && depth === 1) {
      alternatives.push(pattern.slice(from, at));
      from = at + 1;
    } else if (character === '}' && --depth === 0) {
      return alternatives.length === 0 ? undefined : { alternatives: [...alternatives, pattern.slice(from, at)], end: at };
    }
  }
  return undefined;
}
