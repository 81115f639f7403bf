import { createSourceText } from '../diagnostic/source-text.js';
import { readYaml } from './yaml/read-yaml.js';
import type { SourceNode } from './yaml/source-node.js';

/** The value of a YAML text that is data and no workflow. */
export function readYamlValue(text: string): { readonly value: YamlValue } | { readonly error: string } {
  const source = createSourceText('', text);
  const { root, diagnostics } = readYaml(source);
  const [problem] = diagnostics;
  if (root !== undefined && problem === undefined) return { value: toYamlValue(root) };
  if (problem === undefined) return { error: 'it cannot be read' };
  const { line, column } = source.positionAt(problem.span[0]);
  return { error: `${problem.message} (line ${line}, column ${column})` };
}

export type YamlValue = string | number | boolean | null | readonly YamlValue[] | { readonly [key: string]: YamlValue };

/** Depth is bounded by the pre-scan. */
export function toYamlValue(node: SourceNode): YamlValue {
  if (node.kind === 'list') return node.items.map(toYamlValue);
  if (node.kind === 'scalar') return node.value;
  const value = Object.create(null) as Record<string, YamlValue>;
  for (const { key, value: inner } of node.entries) value[key] = toYamlValue(inner);
  return value;
}
