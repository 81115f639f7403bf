import { Parser, type CST } from 'yaml';
import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import type { SourceText } from '../../diagnostic/source-text.js';
import { composeDocument } from './compose-tree.js';
import { emptyNode, startComposing, type Composing } from './composing.js';
import { spanOf, unexpectedText } from './node-properties.js';
import { scanText } from './pre-scan.js';
import { maskText, type Scan } from './scan.js';
import type { SourceNode } from './source-node.js';

export interface ReadYaml {
  /** Nothing when a part of the file cannot be made sense of. */
  readonly root: SourceNode | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a file's YAML into nodes, with everything that is wrong with it. */
export function readYaml(source: SourceText): ReadYaml {
  const scan = scanText(source.text);
  if (scan.refused) return { root: undefined, diagnostics: tidy(source, scan.problems.all) };
  const composing = startComposing(maskText(scan), scan.meant, scan.problems);
  const root = composeSafely(composing, scan);
  const isWhole = !scan.incomplete && !composing.incomplete;
  return { root: isWhole ? root : undefined, diagnostics: tidy(source, scan.problems.all) };
}

/** Should the parser throw all the same, the file is refused like any other that cannot be read. */
function composeSafely(composing: Composing, scan: Scan): SourceNode | undefined {
  try {
    return composeStream(composing);
  } catch (error) {
    const end = scan.text.trimEnd().length;
    scan.problems.add({
      code: 'TG1019',
      message: `the file cannot be read as YAML (${error instanceof Error ? error.message : 'for an unknown reason'})`,
      span: [Math.max(0, end - 1), end],
      hint: 'This is a fault of the reader: make the file simpler, and report it.',
    });
    return undefined;
  }
}

function composeStream(composing: Composing): SourceNode {
  let root: SourceNode | undefined;
  for (const token of new Parser().parse(composing.text)) {
    if (token.type === 'document') root ??= composeDocument(composing, token);
    else if (token.type === 'error') reportStrayToken(composing, token);
  }
  return root ?? emptyNode(composing.text.length);
}

function reportStrayToken(composing: Composing, token: CST.ErrorToken): void {
  composing.problems.add(unexpectedText(spanOf(token), token.source));
  composing.incomplete = true;
}

/** In the order of the file, without what only follows from an earlier problem on the same line. */
function tidy(source: SourceText, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const sorted = [...diagnostics].sort((a, b) => a.span[0] - b.span[0]);
  const lines = new Set<number>();
  return sorted.filter((diagnostic) => {
    const { line } = source.positionAt(diagnostic.span[0]);
    const isEcho = followUps.has(diagnostic.code) && lines.has(line);
    lines.add(line);
    return !isEcho;
  });
}

const followUps: ReadonlySet<string> = new Set(['TG1011', 'TG1015', 'TG1016', 'TG1019', 'TG1020']);
