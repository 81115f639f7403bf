import type { Span } from '../../diagnostic/diagnostic.js';
import type { ProblemList } from './problem-list.js';
import type { ScalarNode, SourceNode } from './source-node.js';

/** What composing a tree knows while it walks; only `compose-tree` and its parts write to it. */
export interface Composing {
  /** The text that the parser saw: as long as the file, with traps masked. */
  readonly text: string;
  /** The file as it is written. */
  readonly written: string;
  /** Scalars that stand behind a mask, by where they start. */
  readonly meant: ReadonlyMap<number, ScalarNode>;
  readonly problems: ProblemList;
  readonly anchors: Map<string, Anchored>;
  /** Anchors whose node is being composed, with their places. */
  readonly openAnchors: Map<string, Span>;
  /** Columns at which the block collections around start, outermost first. */
  readonly columns: { readonly at: number; readonly isList: boolean }[];
  depth: number;
  deepest: number;
  keys: number;
  items: number;
  /** Something could not be turned into a node, so that the tree is not the whole file. */
  incomplete: boolean;
}

/** A node that aliases can stand for, with what one alias adds. */
export interface Anchored {
  readonly node: SourceNode;
  readonly at: Span;
  readonly height: number;
  readonly keys: number;
  readonly items: number;
}

export function startComposing(parts: Pick<Composing, 'text' | 'written' | 'meant' | 'problems'>): Composing {
  return {
    ...parts,
    anchors: new Map(),
    openAnchors: new Map(),
    columns: [],
    depth: 0,
    deepest: 0,
    keys: 0,
    items: 0,
    incomplete: false,
  };
}

export function emptyNode(offset: number): ScalarNode {
  return { kind: 'scalar', value: null, text: '', style: 'plain', at: [offset, offset] };
}
