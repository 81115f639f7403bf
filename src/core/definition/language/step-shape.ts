import { nearestName } from '../../diagnostic/nearest-name.js';
import type { Fields, FieldTable, RecordOf } from '../shape/collection.js';
import { either, isList, isScalar, later, list, optional, readFields, recordSchema, required, tabulate } from '../shape/collection.js';
import { anyValue } from '../shape/any-value.js';
import type { Reading, Shape } from '../shape/shape.js';
import { headOf, refuse, refuseKind } from '../shape/shape.js';
import { shellText } from '../shape/text.js';
import type { StepType, StepTypeFields, StepTypes } from '../step-type.js';
import type { MapEntry, MapNode, SourceNode } from '../yaml/source-node.js';
import { checkStepTogether } from './check-step-together.js';
import type { ParallelGroup, SingleStep, Step } from './step.js';
import { commonStepFields, parallelFields } from './step-fields.js';

/** The shape of steps over the types that there are. */
export function createStepShape(types: StepTypes): Shape<Step> {
  const steps: Shape<readonly Step[]> = list(later('step', 'a step', () => shape));
  const common: Fields = {
    ...commonStepFields,
    rollback: optional(
      either('a command, or steps', [
        { looks: isScalar, shape: shellText() },
        { looks: isList, shape: steps },
      ]),
      'how to take back what it did',
    ),
  };
  const knowledge: StepKnowledge = {
    types,
    unknownType: tabulate(common),
    tables: new Map(types.map((type) => [type.name, tabulate({ ...common, ...type.fields })])),
  };
  const groupTable = tabulate({ ...parallelFields, parallel: required(steps, 'steps that run side by side') });
  const shape: Shape<Step> = {
    expects: 'a step such as { id: test, command: npm test }',
    schema: (names) => ({
      anyOf: [
        ...types.map((type) => stepSchema(type, common, names)),
        { ...recordSchema({ ...parallelFields, parallel: required(steps, 'steps that run side by side') }, names) },
        { type: 'object', properties: { id: { type: 'string' }, type: { type: 'string' } }, required: ['id', 'type'], description: 'a step of one of step_types' },
      ],
    }),
    parts: () => ({ fields: common }),
    read: (node, subject, reading) => {
      if (node.kind !== 'map') return refuseKind(node, subject, shape.expects, reading);
      return node.entries.some((entry) => entry.key === 'parallel') ? readGroup(node, groupTable, reading) : readStep(node, knowledge, reading);
    },
  };
  return shape;
}

interface StepKnowledge {
  readonly types: StepTypes;
  /** The fields of each type, common ones included; and of a step whose type is not known. */
  readonly tables: ReadonlyMap<string, FieldTable>;
  readonly unknownType: FieldTable;
}

function readStep(node: MapNode, knowledge: StepKnowledge, outer: Reading): Step | undefined {
  const reading = turnsExpressionsOff(node) ? { ...outer, literal: true } : outer;
  const found = findType(node, knowledge.types, reading);
  const type = found?.kind === 'known' ? found.type : undefined;
  const typeFields: Fields = type?.fields ?? {};
  const custom: Record<string, unknown> = {};
  const table = (type === undefined ? undefined : knowledge.tables.get(type.name)) ?? knowledge.unknownType;
  const { values, complete, unread } = readFields(node, table, {
    subject: type === undefined ? 'a step' : `a step of type ${type.name}`,
    reading,
    foreign: (entry) => {
      if (found === undefined) return knowledge.types.some((each) => Object.hasOwn(each.fields, entry.key));
      if (found.kind === 'known') return refuseOtherTypesKey(entry, found.type, { knowledge, reading });
      custom[entry.key] = anyValue().read(entry.value, entry.key, reading);
      return true;
    },
  });
  const id = values['id'];
  if (id === undefined) {
    if (!node.entries.some((entry) => entry.key === 'id')) {
      refuse(reading, { code: 'TG1102', message: "a step needs an 'id'", span: headOf(node), hint: 'others and reports call it by its id' });
    }
    return undefined;
  }
  const step = foldStep(values, { found, typeFields, custom });
  checkStepTogether(step, reading);
  if (complete && !unread.some((key) => Object.hasOwn(typeFields, key))) type?.check(step.own, reading);
  return step;
}

function foldStep(values: Record<string, unknown>, from: { found: FoundType | undefined; typeFields: Fields; custom: StepTypeFields }): SingleStep {
  const own: Record<string, unknown> = { ...from.custom, at: values['at'] };
  const common: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(values)) {
    if (key === 'type') continue;
    if (Object.hasOwn(from.typeFields, key)) own[key] = value;
    else common[key] = value;
  }
  const { found } = from;
  return {
    ...(common as unknown as Omit<SingleStep, 'kind' | 'type' | 'own'>),
    kind: 'step',
    type: found === undefined ? '' : found.kind === 'known' ? found.type.name : found.name,
    ...(found?.kind === 'known' && found.short !== undefined ? { shortType: found.short } : {}),
    own,
  };
}

type FoundType = { readonly kind: 'known'; readonly type: StepType; readonly short?: string } | { readonly kind: 'custom'; readonly name: string };

function findType(node: MapNode, types: StepTypes, reading: Reading): FoundType | undefined {
  const written = node.entries.find((entry) => entry.key === 'type')?.value;
  if (written === undefined) return inferType(node, types, reading);
  if (written.kind !== 'scalar' || written.value === null) return undefined;
  const name = written.text;
  if (name.includes('{{') && !reading.literal) return undefined;
  const known = types.find((type) => type.name === name || type.shortTypes.includes(name));
  if (known !== undefined) return known.name === name ? { kind: 'known', type: known } : { kind: 'known', type: known, short: name };
  if (reading.customTypes.has(name)) return { kind: 'custom', name };
  const names = types.flatMap((type) => [type.name, ...type.shortTypes]).concat(...reading.customTypes);
  const near = nearestName(name, names);
  return refuse(reading, {
    code: 'TG1217',
    message: `unknown step type '${name}'${near === undefined ? '' : `; did you mean '${near}'?`}`,
    span: written.at,
    hint: `the types are ${types.map((type) => type.name).join(', ')}, and those of step_types`,
    fix: near === undefined ? undefined : { title: `Write ${near}`, safe: false, edits: [{ span: written.at, text: near }] },
  });
}

/** `type` may be left out where `command` is given. */
function inferType(node: MapNode, types: StepTypes, reading: Reading): FoundType | undefined {
  const keys = node.entries.map((entry) => entry.key);
  const shell = types.find((type) => type.name === 'shell');
  if (shell !== undefined && keys.includes('command')) return { kind: 'known', type: shell };
  const mistyped = keys.find((key) => nearestName(key, ['command']) !== undefined);
  if (shell !== undefined && mistyped !== undefined) return { kind: 'known', type: shell };
  const owner = types.find((type) => keys.some((key) => Object.hasOwn(type.fields, key) && !Object.hasOwn(commonStepFields, key)));
  return refuse(reading, {
    code: 'TG1102',
    message: "a step needs a 'command' or a 'type'",
    span: headOf(node),
    hint: owner === undefined ? `the types are ${types.map((type) => type.name).join(', ')}` : `add type: ${owner.name}`,
  });
}

function refuseOtherTypesKey(entry: MapEntry, type: StepType, at: { knowledge: StepKnowledge; reading: Reading }): boolean {
  const owners = at.knowledge.types.filter((each) => Object.hasOwn(each.fields, entry.key)).map((each) => each.name);
  if (owners.length === 0) return false;
  refuse(at.reading, {
    code: 'TG1110',
    message: `'${entry.key}' belongs to steps of type ${owners.join(', ')}; this one is of type ${type.name}`,
    span: entry.keyAt,
    hint: 'change the type or remove the key',
  });
  return true;
}

function readGroup(node: MapNode, table: FieldTable, reading: Reading): ParallelGroup | undefined {
  const { values } = readFields(node, table, { subject: 'a parallel group', reading });
  const inner = values['parallel'] as readonly Step[] | undefined;
  if (inner === undefined) return undefined;
  delete values['parallel'];
  const single: SingleStep[] = [];
  for (const step of inner) {
    if (step.kind === 'step') single.push(step);
    else refuse(reading, { code: 'TG1210', message: 'a parallel group cannot hold another', span: step.at, hint: 'put its steps into the outer group' });
  }
  if (inner.length === 0) refuse(reading, { code: 'TG1107', message: "'parallel' must not be empty", span: headOf(node) });
  return { ...(values as RecordOf<typeof parallelFields>), kind: 'parallel', steps: single };
}

function turnsExpressionsOff(node: MapNode): boolean {
  return node.entries.some(({ key, value }) => key === 'expressions' && isFalse(value));
}

const isFalse = (node: SourceNode): boolean => node.kind === 'scalar' && node.text === 'false';

function stepSchema(type: StepType, common: Fields, names: Parameters<Shape<Step>['schema']>[0]) {
  const fields = { ...common, ...type.fields };
  const schema = recordSchema(fields, names);
  const needsType = type.name !== 'shell';
  return {
    ...schema,
    description: type.summary,
    properties: { ...schema.properties, type: { enum: [type.name, ...type.shortTypes], description: commonStepFields.type.summary } },
    required: ['id', ...(needsType ? ['type'] : []), ...(schema.required ?? [])],
  };
}
