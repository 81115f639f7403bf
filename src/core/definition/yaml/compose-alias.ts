import type { CST } from 'yaml';
import { deadAlias } from './dead-alias.js';
import { emptyNode, type Composing } from './composing.js';
import { yamlLimits } from './limits.js';
import { spanOf } from './node-properties.js';
import type { SourceNode } from './source-node.js';

/** Composes the node of an anchor and keeps it, with its size, for the aliases to come. */
export function composeAnchored(composing: Composing, anchor: CST.SourceToken, compose: () => SourceNode): SourceNode {
  const name = anchor.source.slice(1);
  const at = spanOf(anchor);
  const { deepest, depth, keys, items } = composing;
  const outer = composing.openAnchors.get(name);
  composing.openAnchors.set(name, at);
  composing.deepest = depth;
  const node = compose();
  if (outer === undefined) composing.openAnchors.delete(name);
  else composing.openAnchors.set(name, outer);
  const height = composing.deepest - depth;
  composing.deepest = Math.max(deepest, composing.deepest);
  composing.anchors.set(name, { node, at, height, keys: composing.keys - keys, items: composing.items - items });
  return node;
}

/** The node that an alias stands for; nothing, with a problem, when it stands for none. */
export function composeAlias(composing: Composing, token: CST.FlowScalar): SourceNode {
  const at = spanOf(token);
  const name = token.source.slice(1);
  const open = composing.openAnchors.get(name);
  const anchored = composing.anchors.get(name);
  if (open !== undefined) {
    composing.problems.add({
      code: 'TG1032',
      message: `'*${name}' stands inside '&${name}', so that it would contain itself`,
      span: at,
      hint: 'An alias repeats something that is complete: take it out, or move it behind the anchored part.',
      related: [{ message: `'&${name}' starts here`, span: open }],
    });
  } else if (anchored === undefined) {
    composing.problems.add(deadAlias(name, at, composing.anchors.keys()));
  } else if (fits(composing, anchored)) {
    composing.keys += anchored.keys;
    composing.items += anchored.items;
    composing.deepest = Math.max(composing.deepest, composing.depth + anchored.height);
    return anchored.node;
  } else {
    composing.problems.add({
      code: 'TG1033',
      message: `with '*${name}' written out, the file has more than ${yamlLimits.entries} keys or list items, or more than ${yamlLimits.depth} levels`,
      span: at,
      hint: 'Aliases of aliases multiply: write the parts that differ instead.',
      related: [{ message: `'&${name}' is here`, span: anchored.at }],
    });
  }
  composing.incomplete = true;
  return emptyNode(at[0]);
}

function fits(composing: Composing, anchored: { readonly keys: number; readonly items: number; readonly height: number }): boolean {
  return (
    composing.keys + anchored.keys <= yamlLimits.entries &&
    composing.items + anchored.items <= yamlLimits.entries &&
    composing.depth + anchored.height <= yamlLimits.depth
  );
}
