import { Lexer, Parser, type CST } from 'yaml';
import type { Diagnostic, Span } from '../../diagnostic/diagnostic.js';
import type { SourceText } from '../../diagnostic/source-text.js';
import { composeDocument } from './compose-tree.js';
import { emptyNode, startComposing, type Composing } from './composing.js';
import { tooDeep } from './scan-depth.js';
import { spanOf, unexpectedText } from './node-properties.js';
import { scanText } from './pre-scan.js';
import { maskText, type Scan } from './scan.js';
import { yamlLimits } from './limits.js';
import { missingColon } from './line-problems.js';
import type { ScalarNode, SourceNode } from './source-node.js';

export interface ReadYaml {
  /** Nothing when a part of the file cannot be made sense of. */
  readonly root: SourceNode | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a file's YAML into nodes, with everything that is wrong with it. */
export function readYaml(source: SourceText): ReadYaml {
  const scan = scanText(source.text);
  if (scan.refused) return { root: undefined, diagnostics: tidy(source, scan.problems.all) };
  const composing = startComposing({ text: maskText(scan), written: source.text, meant: scan.meant, problems: scan.problems });
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
  const tokens = parseTokens(composing);
  const document = tokens.find((token) => token.type === 'document');
  for (const token of tokens) if (token.type === 'error') reportStrayToken(composing, token);
  const root = document === undefined ? emptyNode(composing.text.length) : composeDocument(composing, document);
  if (root.kind === 'scalar' && root.style === 'plain') reportTightKey(composing, root);
  return root;
}

/** A file that is one line of `key:value` is text to YAML, and a slip to everybody else. */
function reportTightKey(composing: Composing, root: ScalarNode): void {
  const problem = missingColon(composing.written, root.at);
  if (problem.code === 'TG1016') composing.problems.add(problem);
}

/** What the parser holds open besides maps and lists: the document, a scalar, and room for its own accounting. */
const spareLevels = 8;

/** The parser's tokens; were the scan ever wrong about the depth, the parser is stopped before its stack is in danger. */
function parseTokens(composing: Composing): CST.Token[] {
  const tokens: CST.Token[] = [];
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(composing.text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > yamlLimits.depth + spareLevels) {
      composing.problems.add(tooDeep(parser.stack.at(-1)?.offset ?? 0));
      composing.incomplete = true;
      return tokens;
    }
  }
  tokens.push(...parser.end());
  return tokens;
}

function reportStrayToken(composing: Composing, token: CST.ErrorToken): void {
  composing.problems.add(unexpectedText(spanOf(token), token.source));
  composing.incomplete = true;
}

/** In the order of the file, without what only follows from an earlier problem on the same line. */
function tidy(source: SourceText, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const sorted = diagnostics.map((diagnostic) => ({ ...diagnostic, span: clampSpan(source.text, diagnostic.span) })).sort((a, b) => a.span[0] - b.span[0]);
  const lines = new Set<number>();
  return sorted.filter((diagnostic) => {
    const { line } = source.positionAt(diagnostic.span[0]);
    const isEcho = followUps.has(diagnostic.code) && lines.has(line);
    lines.add(line);
    return !isEcho;
  });
}

/** A place inside the file that has a character to point at, if the file has one. */
function clampSpan(text: string, [start, end]: Span): Span {
  const from = Math.max(0, Math.min(start, text.length - 1));
  return [from, Math.min(Math.max(end, from + 1), text.length)];
}

const followUps: ReadonlySet<string> = new Set(['TG1011', 'TG1015', 'TG1019']);
