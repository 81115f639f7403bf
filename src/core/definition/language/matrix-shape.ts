import type { Span } from '../../diagnostic/diagnostic.js';
import type { AnyValue } from '../shape/any-value.js';
import { anyValue } from '../shape/any-value.js';
import type { Named } from '../shape/collection.js';
import { isMap, list, mapOf } from '../shape/collection.js';
import { flag, number } from '../shape/scalar.js';
import type { Computed, Setting } from '../shape/setting.js';
import type { Reading, Shape } from '../shape/shape.js';
import { headOf, refuse, refuseKind } from '../shape/shape.js';
import type { MapNode, SourceNode } from '../yaml/source-node.js';
import { readComputed } from '../shape/text.js';
import { idForm, idKey } from './names.js';

/** The axes written out, or an expression that makes them. */
export type Matrix =
  | {
      readonly kind: 'axes';
      readonly axes: readonly Named<readonly AnyValue[] | Computed>[];
      readonly include: readonly (readonly Named<AnyValue>[])[];
      readonly exclude: readonly (readonly Named<AnyValue>[])[];
      readonly maxParallel?: Setting<number>;
      readonly failFast?: Setting<boolean>;
      readonly at: Span;
    }
  | Computed;

const expects = 'a map of axes such as { node: [20, 24] }, or {{ fromJSON(…) }}';
const settings = ['include', 'exclude', 'max_parallel', 'fail_fast'];

export const matrix = (): Shape<Matrix> => ({
  expects,
  schema: (names) => ({
    anyOf: [
      { type: 'string', pattern: '\\{\\{' },
      {
        type: 'object',
        properties: {
          include: cells.schema(names),
          exclude: cells.schema(names),
          max_parallel: concurrency.schema(names),
          fail_fast: flag().schema(names),
        },
        additionalProperties: { anyOf: [{ type: 'array' }, { type: 'string', pattern: '\\{\\{' }] },
        minProperties: 1,
      },
    ],
  }),
  read: readMatrix,
});

const cells = list(mapOf(anyValue(), idKey));
const concurrency = number('a whole number from 1', { min: 1, integer: true });

function readMatrix(node: SourceNode, subject: string, reading: Reading): Matrix | undefined {
  if (node.kind === 'scalar') return readComputed(node, reading) ?? refuseKind(node, subject, expects, reading);
  if (!isMap(node) || node.kind !== 'map') return refuseKind(node, subject, expects, reading);
  const axes = readAxes(node, reading);
  const part = <T>(key: string, shape: Shape<T>): T | undefined => {
    const entry = node.entries.find((each) => each.key === key);
    return entry === undefined ? undefined : shape.read(entry.value, `'${key}'`, reading);
  };
  const include = part('include', cells) ?? [];
  const maxParallel = part('max_parallel', concurrency);
  const failFast = part('fail_fast', flag());
  if (axes.length === 0 && include.length === 0) {
    if (node.entries.some(({ key }) => key !== 'max_parallel' && key !== 'fail_fast')) return undefined;
    return refuse(reading, { code: 'TG1107', message: `${subject} has no axis`, span: headOf(node), hint: `it is ${expects}` });
  }
  return {
    kind: 'axes',
    axes,
    include,
    exclude: part('exclude', cells) ?? [],
    ...(maxParallel === undefined ? {} : { maxParallel }),
    ...(failFast === undefined ? {} : { failFast }),
    at: headOf(node),
  };
}

function readAxes(node: MapNode, reading: Reading): readonly Named<readonly AnyValue[] | Computed>[] {
  const axes: Named<readonly AnyValue[] | Computed>[] = [];
  const values = list(anyValue());
  for (const { key, keyAt, value } of node.entries) {
    if (settings.includes(key)) continue;
    if (!idForm.test(key)) {
      refuse(reading, { code: 'TG1109', message: `'${key}' in 'matrix' is not ${idKey.expects}`, span: keyAt });
      continue;
    }
    const computed = value.kind === 'scalar' ? readComputed(value, reading) : undefined;
    const read = computed ?? values.read(value, `'${key}' in 'matrix'`, reading);
    if (read !== undefined) axes.push({ name: key, nameAt: keyAt, value: read });
  }
  return axes;
}
