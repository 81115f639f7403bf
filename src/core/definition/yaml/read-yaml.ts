import { Parser, type CST } from 'yaml';
import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import type { SourceText } from '../../diagnostic/source-text.js';
import { composeDocument } from './compose-tree.js';
import { emptyNode, startComposing, type Composing } from './composing.js';
import { spanOf, unexpectedText } from './node-properties.js';
import { createProblemList } from './problem-list.js';
import type { SourceNode } from './source-node.js';

/** Reads a file's YAML into nodes; without a root, what is wrong with it is in the diagnostics. */
export function readYaml(source: SourceText): { readonly root: SourceNode | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const problems = createProblemList();
  const composing = startComposing(source.text, new Map(), problems);
  const root = composeStream(composing);
  return { root: composing.incomplete ? undefined : root, diagnostics: problems.all };
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
