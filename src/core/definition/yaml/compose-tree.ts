import type { CST } from 'yaml';
import type { Span } from '../../diagnostic/diagnostic.js';
import { composeAlias, composeAnchored } from './compose-alias.js';
import { emptyNode, type Composing } from './composing.js';
import { createEntryList, type EntryList } from './map-entries.js';
import { readProperties, reportTrailing, spanOf, unexpectedText, type Properties } from './node-properties.js';
import { missingComma, strayComma, unclosedBracket } from './flow-problems.js';
import { missingColon } from './line-problems.js';
import { reportColumn } from './odd-columns.js';
import { duplicateKey, keyIsCollection, unknownTag } from './structure-problems.js';
import { mendMerges, type Merge } from './merge-keys.js';
import { reportEscapes } from './bad-escapes.js';
import { readValue } from './scalar-pieces.js';
import { readPlainValue } from './scalar-value.js';
import type { ListNode, MapNode, ScalarNode, ScalarStyle, SourceNode } from './source-node.js';

/** Turns the parser's token of a document into nodes; what is wrong goes to `composing.problems`. */
export function composeDocument(composing: Composing, document: CST.Document): SourceNode {
  const properties = readProperties(document.start, { indicator: 'doc-start', offset: document.offset }, composing.problems);
  const root = composeValue(composing, document.value, properties);
  reportTrailing(document.end, composing.problems);
  return root;
}

/** A node with its anchor and tag, or the empty node where nothing is written. */
function composeValue(composing: Composing, token: CST.Token | null | undefined, properties: Properties): SourceNode {
  const { anchor, tag } = properties;
  if (tag !== undefined && !(tag.source === '!!str' && isScalarToken(token))) composing.problems.add(unknownTag(tag));
  const compose = (): SourceNode => (token ? composeNode(composing, token, tag) : emptyNode(properties.end));
  return anchor === undefined ? compose() : composeAnchored(composing, anchor, compose);
}

function isScalarToken(token: CST.Token | null | undefined): boolean {
  return token?.type === 'scalar' || token?.type === 'single-quoted-scalar' || token?.type === 'double-quoted-scalar' || token?.type === 'block-scalar';
}

function composeNode(composing: Composing, token: CST.Token, tag: CST.SourceToken | undefined): SourceNode {
  switch (token.type) {
    case 'alias':
      reportTrailing(token.end, composing.problems);
      return composeAlias(composing, token);
    case 'scalar':
    case 'single-quoted-scalar':
    case 'double-quoted-scalar':
      reportTrailing(token.end, composing.problems);
      return composeFlowScalar(composing, token, tag);
    case 'block-scalar':
      return composeBlockScalar(composing, token);
    case 'block-map':
      return composeInside(composing, token, composeBlockMap);
    case 'block-seq':
      return composeInside(composing, token, composeBlockList);
    case 'flow-collection':
      return composeInside(composing, token, composeFlowCollection);
    default: {
      const span: Span = 'source' in token ? spanOf(token) : [token.offset, token.offset + 1];
      composing.problems.add(unexpectedText(span, composing.written.slice(...span)));
      composing.incomplete = true;
      return emptyNode(token.offset);
    }
  }
}

function composeInside<T extends CST.Token>(composing: Composing, token: T, compose: (composing: Composing, token: T) => SourceNode): SourceNode {
  composing.depth++;
  if (composing.depth > composing.deepest) composing.deepest = composing.depth;
  const node = compose(composing, token);
  composing.depth--;
  return node;
}

const styles = { scalar: 'plain', 'single-quoted-scalar': 'single', 'double-quoted-scalar': 'double' } as const;

function composeFlowScalar(composing: Composing, token: CST.FlowScalar, tag?: CST.SourceToken): ScalarNode {
  const meant = composing.meant.get(token.offset);
  if (meant !== undefined) return meant;
  const style: ScalarStyle = token.type === 'alias' ? 'plain' : styles[token.type];
  const at = spanOf(token);
  if (style === 'double') reportEscapes(composing, at);
  const text = readText(composing.text, style, at);
  const value = style === 'plain' && tag?.source !== '!!str' ? readPlainValue(text) : text;
  return { kind: 'scalar', value, text, style, at };
}

const needsWork = { plain: /[\n]/, single: /[\n']/, double: /[\n\\]/ } as const;

function readText(text: string, style: 'plain' | 'single' | 'double', [start, end]: Span): string {
  const quote = style === 'plain' ? 0 : 1;
  const inner = text.slice(start + quote, end - quote);
  return needsWork[style].test(inner) ? readValue(style, { text, start, end }) : inner;
}

function composeBlockScalar(composing: Composing, token: CST.BlockScalar): ScalarNode {
  const header = token.props[0];
  const source = header !== undefined && 'source' in header ? header.source : '|';
  let end = token.offset;
  for (const part of token.props) if ('source' in part) end += part.source.length;
  end += token.source.length;
  const style = source.startsWith('>') ? 'folded' : 'literal';
  const digit = /[1-9]/.exec(source);
  const indent = digit === null ? {} : { indent: Math.max(0, token.indent) + Number(digit[0]) };
  const text = readValue(style, { text: composing.text, start: token.offset, end, ...indent });
  return { kind: 'scalar', value: text, text, style, at: [token.offset, end] };
}

interface ItemParts {
  readonly start: readonly CST.SourceToken[];
  readonly key?: CST.Token | null;
  readonly sep?: readonly CST.SourceToken[];
  readonly value?: CST.Token;
}

function composeBlockMap(composing: Composing, token: CST.BlockMap): MapNode {
  const list = createEntryList();
  const merges: Merge[] = [];
  let offset = token.offset;
  let previous: CST.Token | undefined;
  composing.columns.push({ at: token.indent, isList: false });
  for (const item of token.items as readonly ItemParts[]) {
    if (composing.problems.isFull()) break;
    const start = readProperties(item.start, { indicator: 'explicit-key-ind', offset }, composing.problems);
    const isImplicit = start.indicator === undefined;
    if (isImplicit && !item.key && !item.sep && start.anchor === undefined && start.tag === undefined) continue;
    if (isImplicit && item.key && !checkImplicitKey(composing, token.indent, item.key, previous)) continue;
    offset = composeEntry(composing, item, { start, isImplicit, list, merges });
    previous = item.value ?? previous;
  }
  composing.columns.pop();
  return finishMap(composing, list, merges, { at: [list.entries[0]?.keyAt[0] ?? token.offset, offset], column: token.indent });
}

/** Whether the key can be read on with; a list in its place cannot. */
function checkImplicitKey(composing: Composing, column: number, key: CST.Token, previous: CST.Token | undefined): boolean {
  if (!('indent' in key) || (key.indent === column && key.type !== 'block-seq')) return true;
  reportColumn(composing, key.offset, previous);
  return key.type !== 'block-seq';
}

interface EntryPlace {
  readonly start: Properties;
  readonly isImplicit: boolean;
  readonly list: EntryList;
  readonly merges: Merge[];
}

/** Adds one `key: value`; returns where it ends. */
function composeEntry(composing: Composing, item: ItemParts, { start, isImplicit, list, merges }: EntryPlace): number {
  const key = composeKey(composing, item.key, start);
  const properties = readProperties(item.sep, { indicator: 'map-value-ind', offset: key.at[1] }, composing.problems);
  if (properties.indicator === undefined && isImplicit) {
    composing.problems.add(missingColon(composing.written, key.at));
    composing.incomplete = true;
    return key.at[1];
  }
  if (properties.indicator === undefined && item.value !== undefined) {
    composing.problems.add(unexpectedText([item.value.offset, item.value.offset + 1], composing.written.slice(item.value.offset, item.value.offset + 30)));
  }
  if (isImplicit && item.value?.type === 'block-map' && !hasNewline(item.sep)) {
    composing.problems.add(unexpectedText([item.value.offset, item.value.offset + 1], composing.written.slice(item.value.offset, item.value.offset + 30)));
  }
  const value = composeValue(composing, item.value, properties);
  const end = endOf(item.value) ?? Math.max(value.at[1], properties.end);
  addEntry(composing, { key, isMerge: item.key?.type === 'scalar' && key.text === '<<', value, end }, list, merges);
  return end;
}

/** An alias ends where it is written, not where its anchor is. */
function endOf(token: CST.Token | undefined): number | undefined {
  return token?.type === 'alias' ? token.offset + token.source.length : undefined;
}

function hasNewline(tokens: readonly CST.SourceToken[] | undefined): boolean {
  return tokens?.some((token) => token.type === 'newline') ?? false;
}

/** Keys are text: numbers and the like count as they are written. */
function composeKey(composing: Composing, token: CST.Token | null | undefined, properties: Properties): ScalarNode {
  const node = isCollectionToken(token) ? undefined : composeValue(composing, token, properties);
  if (node?.kind === 'scalar') return token?.type === 'alias' ? { ...node, at: spanOf(token) } : node;
  const at: Span = [token?.offset ?? properties.end, (token?.offset ?? properties.end) + 1];
  composing.problems.add(keyIsCollection(at));
  composing.incomplete = true;
  return emptyNode(at[0]);
}

function isCollectionToken(token: CST.Token | null | undefined): boolean {
  return token?.type === 'block-map' || token?.type === 'block-seq' || token?.type === 'flow-collection';
}

interface NewEntry {
  readonly key: ScalarNode;
  readonly isMerge: boolean;
  readonly value: SourceNode;
  readonly end: number;
}

function addEntry(composing: Composing, { key, isMerge, value, end }: NewEntry, list: EntryList, merges: Merge[]): void {
  composing.keys++;
  if (isMerge) {
    merges.push({ keyAt: key.at, value, at: [key.at[0], end] });
    return;
  }
  const first = list.add({ key: key.text, keyAt: key.at, value });
  if (first !== undefined) composing.problems.add(duplicateKey(key, first.keyAt));
}

function finishMap(composing: Composing, list: EntryList, merges: readonly Merge[], { at, column }: { readonly at: Span; readonly column?: number }): MapNode {
  if (merges.length > 0) mendMerges(composing, { list, merges, ...(column === undefined ? {} : { column }) });
  return { kind: 'map', entries: list.entries, at };
}

function composeBlockList(composing: Composing, token: CST.BlockSequence): ListNode {
  const items: SourceNode[] = [];
  let offset = token.offset;
  let previous: CST.Token | undefined;
  composing.columns.push({ at: token.indent, isList: true });
  for (const { start, value } of token.items) {
    if (composing.problems.isFull()) break;
    const properties = readProperties(start, { indicator: 'seq-item-ind', offset }, composing.problems);
    if (properties.indicator === undefined) {
      if (value === undefined && properties.anchor === undefined && properties.tag === undefined) continue;
      reportColumn(composing, value?.offset ?? properties.end, previous);
    }
    const node = composeValue(composing, value, properties);
    composing.items++;
    items.push(node);
    previous = value ?? previous;
    offset = endOf(value) ?? Math.max(node.at[1], properties.end);
  }
  composing.columns.pop();
  return { kind: 'list', items, at: [token.offset, offset] };
}

function composeFlowCollection(composing: Composing, token: CST.FlowCollection): SourceNode {
  const isMap = token.start.source === '{';
  const list = createEntryList();
  const merges: Merge[] = [];
  const items: SourceNode[] = [];
  let offset = token.offset + 1;
  token.items.forEach((item: ItemParts, index) => {
    if (composing.problems.isFull()) return;
    const start = readProperties(item.start, { indicator: 'explicit-key-ind', offset, inFlow: true }, composing.problems);
    const isNothing = start.indicator === undefined && start.anchor === undefined && start.tag === undefined && !item.key && !item.sep && !item.value;
    if (start.comma !== undefined && index === 0) composing.problems.add(strayComma(start.comma.offset));
    else if (isNothing && start.comma !== undefined && index < token.items.length - 1) composing.problems.add(strayComma(start.comma.offset));
    if (isNothing) return;
    if (index > 0 && start.comma === undefined) composing.problems.add(missingComma(offset, item.key?.offset ?? item.value?.offset ?? start.end));
    if (!isMap && !item.sep && start.indicator === undefined) {
      const node = composeValue(composing, item.value, start);
      items.push(node);
      composing.items++;
      offset = endOf(item.value) ?? Math.max(node.at[1], start.end);
    } else if (isMap) {
      offset = composeFlowEntry(composing, item, { start, isImplicit: false, list, merges });
    } else {
      composing.items++;
      composing.deepest = Math.max(composing.deepest, composing.depth + 1);
      const pair = createEntryList();
      const pairMerges: Merge[] = [];
      composing.depth++;
      offset = composeFlowEntry(composing, item, { start, isImplicit: false, list: pair, merges: pairMerges });
      composing.depth--;
      items.push(finishMap(composing, pair, pairMerges, { at: [pair.entries[0]?.keyAt[0] ?? start.end, offset] }));
    }
  });
  const end = closeFlow(composing, token, offset);
  if (!isMap) return { kind: 'list', items, at: [token.offset, end] };
  return finishMap(composing, list, merges, { at: [token.offset, end] });
}

function composeFlowEntry(composing: Composing, item: ItemParts, { start, list, merges }: EntryPlace): number {
  const key = composeKey(composing, item.key, start);
  const properties = readProperties(item.sep, { indicator: 'map-value-ind', offset: key.at[1], inFlow: false }, composing.problems);
  if (properties.indicator === undefined && item.value !== undefined) {
    composing.problems.add(missingComma(key.at[1], item.value.offset));
  }
  const value = composeValue(composing, item.value, properties);
  const end = endOf(item.value) ?? Math.max(value.at[1], properties.end);
  addEntry(composing, { key, isMerge: item.key?.type === 'scalar' && key.text === '<<', value, end }, list, merges);
  return end;
}

/** Looks at how a flow collection ends; returns where. */
function closeFlow(composing: Composing, token: CST.FlowCollection, offset: number): number {
  const [close, ...rest] = token.end;
  const wanted = token.start.source === '{' ? '}' : ']';
  reportTrailing(rest, composing.problems);
  if (close?.source === wanted) return close.offset + 1;
  composing.problems.add(unclosedBracket({ open: token.start.source, at: token.offset, end: offset, close }));
  composing.incomplete = true;
  return offset;
}
