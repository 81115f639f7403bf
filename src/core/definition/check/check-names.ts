import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import { isPropertyOfObjects } from '../language/names.js';
import type { Word } from '../shape/scalar.js';
import { isContextName } from './build-scope.js';
import type { Outline } from './outline.js';

/** Ids are unique whatever their case, and never a word of the language. */
export function checkNames(outline: Outline): readonly Diagnostic[] {
  const stepIds = [...outline.steps.map(({ step }) => step.id), ...outline.groups.flatMap(({ group }) => group.id ?? [])].sort((a, b) => a.at[0] - b.at[0]);
  const phaseIds = outline.phases.map(({ phase }) => phase.id);
  const criteria = outline.phases.flatMap(({ phase }) => findDuplicates('criterion', phase.gate?.criteria.map((each) => each.id) ?? []));
  const names = [...outline.workflow.inputs ?? [], ...outline.workflow.vars ?? [], ...outline.workflow.outputs ?? []].map(({ name, nameAt }) => ({ value: name, at: nameAt }));
  return [
    ...findDuplicates('step', stepIds),
    ...findDuplicates('phase', phaseIds),
    ...criteria,
    ...[...stepIds, ...phaseIds, ...names].flatMap((word) => findObjectName(word)),
    ...stepIds.flatMap((word) => findContextName('step', word)),
    ...phaseIds.flatMap((word) => findContextName('phase', word)),
  ];
}

function findDuplicates(noun: string, words: readonly Word[]): readonly Diagnostic[] {
  const first = new Map<string, Word>();
  const found: Diagnostic[] = [];
  for (const word of words) {
    const key = word.value.toLowerCase();
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, word);
      continue;
    }
    const differs = earlier.value === word.value ? '' : `; it differs from '${earlier.value}' in case alone`;
    found.push({
      code: 'TG1201',
      severity: 'error',
      message: `there is another ${noun} '${word.value}'${differs}`,
      span: word.at,
      hint: `${noun} ids are unique in ${noun === 'criterion' ? 'their gate' : 'a workflow'}: rename one of them`,
      related: [{ message: `the first '${earlier.value}' is here`, span: earlier.at }],
      fix: { title: `Rename it to ${word.value}_2`, safe: false, edits: [{ span: word.at, text: `${word.value}_2` }] },
    });
  }
  return found;
}

function findObjectName(word: Word): readonly Diagnostic[] {
  if (!isPropertyOfObjects(word.value)) return [];
  return [{ code: 'TG1202', severity: 'error', message: `'${word.value}' cannot be a name`, span: word.at, hint: "it is one of JavaScript's own property names: choose another" }];
}

function findContextName(noun: string, word: Word): readonly Diagnostic[] {
  if (!isContextName(word.value)) return [];
  return [{ code: 'TG1202', severity: 'error', message: `a ${noun} cannot be called '${word.value}'`, span: word.at, hint: `expressions read the context ${word.value} by that name: choose another` }];
}
