/** A letter or word may stand right before the numbers: `v20.1`, `go1.22`, ffmpeg's `n6.0`. */
const dotted = /(?<![A-Za-z0-9.])(?:v|go|n|r)?(\d{1,15}(?:\.\d{1,15}){1,3}(?!\d)[0-9A-Za-z.+~_-]*)/iu;
/** `less 590`: a number alone counts only where it stands alone, so that neither a date nor `x86_64` is one. */
const alone = /(?<!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)(?:^|[\s"])v?(\d{1,6})(?=$|[\s",;])(?![\s,]+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))/iu;
const inParentheses = /\([^()]*\)/gu;
// Colors, as Maven writes them into a pipe.
const escapes = /\u001B\[[0-9;]*m/gu;
/** Lines that speak of other versions before the tool speaks of its own. */
const remark = /^\W*(?:picked up|npm (?:notice|warn)|warning|note|error)\b|deprecat|\bavailable\b|out of date/iu;

/** The version in what a tool prints when it is asked for it; where several stand, the one behind the tool's own name or the first. */
export function findVersion(output: string, tool?: string): string | undefined {
  const lines = output.slice(0, longestOutput).replace(escapes, '').split(/\r?\n/u);
  const own = lines.filter((line) => !remark.test(line));
  const found = findNamed(own, tool) ?? findFirst(own, findDotted) ?? findFirst(own, findAlone) ?? findFirst(lines, findDotted);
  return found === undefined ? undefined : renumberJava(tidy(found));
}

/** No tool says its version later than this. */
const longestOutput = 16_384;

function findFirst(lines: readonly string[], find: (line: string) => string | undefined): string | undefined {
  for (const line of lines) {
    const found = find(line);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `Elixir 1.15.7` behind a line about Erlang, `Swift version 5.9` behind the driver's. */
function findNamed(lines: readonly string[], tool: string | undefined): string | undefined {
  if (tool === undefined) return undefined;
  const name = tool.replace(/[$()*+.?[\\\]^{|}]/gu, '\\$&');
  const named = new RegExp(`(?<![\\w-])${name}(?: version)?[: /-]{1,2}v?(\\d{1,15}(?:\\.\\d{1,15}){1,3}(?!\\d)[0-9A-Za-z.+~_-]*)`, 'iu');
  return findFirst(lines, (line) => named.exec(line)?.[1]);
}

/** What stands in parentheses is the packager's or the builder's, unless nothing stands outside. */
function findDotted(line: string): string | undefined {
  return (dotted.exec(line.replace(inParentheses, ' ')) ?? dotted.exec(line))?.[1];
}

function findAlone(line: string): string | undefined {
  return /copyright|\(c\)/iu.test(line) ? undefined : alone.exec(line.replace(inParentheses, ' '))?.[1];
}

function tidy(found: string): string {
  return found.replace(/[^0-9A-Za-z]+$/u, '');
}

/** Java 8 and older call themselves 1.8.0_292, and everybody else calls them 8. */
function renumberJava(found: string): string {
  return found.replace(/^1\.([5-8])\.(\d+)_(\d+).*$/u, '$1.$2.$3');
}
