import { readYaml } from '../core/definition/yaml/read-yaml.js';
import type { MapEntry, SourceNode } from '../core/definition/yaml/source-node.js';
import type { Span } from '../core/diagnostic/diagnostic.js';
import { nearestName } from '../core/diagnostic/nearest-name.js';
import type { SourceText } from '../core/diagnostic/source-text.js';
import type { CallProblem } from './call-problem.js';
import type { OptionName, OptionSpec, Origin } from './options.js';
import { keyOf, optionNames, specOf } from './options.js';
import { describeOrigin } from './origin.js';
import type { Given } from './read-option.js';
import type { FileSettings } from './resolve-options.js';

/** The text of `.tollgate.yml` → settings; what is wrong with it is said with its place. */
export function readSettings(source: SourceText): { readonly settings: FileSettings; readonly problems: readonly CallProblem[] } {
  const settings = new Map<OptionName, readonly Given[]>();
  const { root, diagnostics } = readYaml(source);
  const problems: CallProblem[] = diagnostics.map(({ message, span, hint }) => ({ ...wrong(source, span, message), hint }));
  if (root === undefined || isNothing(root)) return { settings, problems };
  if (root.kind !== 'map') return { settings, problems: [...problems, wrong(source, root.at, 'settings are a map, such as max_parallel: 4')] };
  for (const entry of root.entries) {
    const name = optionNames.find((each) => keyOf(each) === entry.key);
    if (name === undefined) problems.push(describeUnknownKey(source, entry));
    else {
      const texts = readTexts(specOf(name), entry.value);
      if ('expects' in texts) problems.push(wrong(source, entry.value.at, `${entry.key} takes ${texts.expects}`));
      else settings.set(name, texts.given.map(({ text, at }) => ({ text, origin: placeOf(source, at) })));
    }
  }
  return { settings, problems };
}

interface PlacedText {
  readonly text: string;
  readonly at: Span;
}

function readTexts(spec: OptionSpec, node: SourceNode): { readonly given: readonly PlacedText[] } | { readonly expects: string } {
  if (isNothing(node)) return { given: [] };
  if (node.kind === 'scalar') return spec.form === 'pairs' ? { expects: 'a map such as { name: value }' } : { given: [{ text: node.text, at: node.at }] };
  if (node.kind === 'map') return spec.form === 'pairs' ? readPairs(node.entries) : { expects: describeForm(spec) };
  if (spec.form !== 'list' && spec.form !== 'paths' && spec.form !== 'pairs') return { expects: describeForm(spec) };
  const texts = node.items.flatMap((item) => (item.kind === 'scalar' ? [{ text: item.text, at: item.at }] : []));
  return texts.length === node.items.length ? { given: texts } : { expects: describeForm(spec) };
}

function readPairs(entries: readonly MapEntry[]): { readonly given: readonly PlacedText[] } | { readonly expects: string } {
  const given = entries.flatMap(({ key, keyAt, value }) => (value.kind === 'scalar' ? [{ text: `${key}=${value.text}`, at: keyAt }] : []));
  return given.length === entries.length ? { given } : { expects: 'texts and numbers; write lists and maps as JSON text' };
}

function describeForm({ form, choices = [] }: OptionSpec): string {
  switch (form) {
    case 'switch': return 'true or false';
    case 'number': return 'a number';
    case 'size': return 'a size such as 5GiB';
    case 'choice': return `one of ${choices.join(', ')}`;
    case 'list':
    case 'paths': return 'a list of texts';
    case 'pairs': return 'a map such as { name: value }';
    default: return 'one text';
  }
}

function describeUnknownKey(source: SourceText, { key, keyAt }: MapEntry): CallProblem {
  const keys = optionNames.flatMap((name) => keyOf(name) ?? []);
  const near = keys.find((each) => each === key.replaceAll('-', '_')) ?? nearestName(key, keys);
  return { ...wrong(source, keyAt, `unknown key '${key}'${near === undefined ? '' : `; did you mean '${near}'?`}`), next: [{ call: 'config', says: 'every key, with its value' }] };
}

function wrong(source: SourceText, span: Span, message: string): CallProblem {
  const origin = placeOf(source, span);
  return { message: `${describeOrigin(origin)}: ${message}`, origin };
}

function placeOf(source: SourceText, span: Span): Origin {
  return { kind: 'file', file: source.file, ...source.positionAt(span[0]) };
}

function isNothing(node: SourceNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}
