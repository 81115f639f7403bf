import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import type { SourceText } from '../../diagnostic/source-text.js';
import { describeNode, headOf } from '../shape/shape.js';
import { toYamlValue } from '../read-yaml-value.js';
import { readYaml } from '../yaml/read-yaml.js';
import type { GivenInput } from './resolve-inputs.js';

/** The text of an inputs file, a map from names to values, with the place of each. */
export function readInputsText(source: SourceText): { readonly given: readonly GivenInput[]; readonly diagnostics: readonly Diagnostic[] } {
  return /\.json$/iu.test(source.file) ? readJsonText(source) : readYamlText(source);
}

function readYamlText(source: SourceText): { readonly given: readonly GivenInput[]; readonly diagnostics: readonly Diagnostic[] } {
  const { root, diagnostics } = readYaml(source);
  if (root === undefined) return { given: [], diagnostics };
  if (root.kind === 'scalar' && root.value === null) return { given: [], diagnostics };
  if (root.kind !== 'map') return { given: [], diagnostics: [...diagnostics, refuse(`inputs are a map from names to values; this is ${describeNode(root)}`, headOf(root))] };
  const given = root.entries.map(({ key, keyAt, value }): GivenInput => {
    const { line, column } = source.positionAt(keyAt[0]);
    return { name: key, value: toYamlValue(value), from: `${source.file}:${line}:${column}` };
  });
  return { given, diagnostics };
}

/** JSON has its own parser, because YAML refuses tabs that JSON allows; where it stumbles, YAML's knows the place. */
function readJsonText(source: SourceText): { readonly given: readonly GivenInput[]; readonly diagnostics: readonly Diagnostic[] } {
  try {
    const value: unknown = JSON.parse(source.text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { given: [], diagnostics: [refuse('inputs are an object with names and values', [0, Math.min(1, source.text.length)])] };
    return { given: Object.entries(value).map(([name, each]): GivenInput => ({ name, value: each, from: source.file })), diagnostics: [] };
  } catch {
    const [problem] = readYaml(source).diagnostics;
    return { given: [], diagnostics: [problem ?? refuse('this is no JSON', [0, Math.min(1, source.text.length)])] };
  }
}

function refuse(message: string, span: readonly [number, number]): Diagnostic {
  return { code: 'TG1308', severity: 'error', message, span, hint: 'write a map from inputs to values, such as target: main.py' };
}
