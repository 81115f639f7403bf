import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import { nearestName } from '../../diagnostic/nearest-name.js';
import { collectUses } from '../../expression/collect-uses.js';
import type { Template } from '../../expression/expression.js';
import { checkInputValue } from '../inputs/check-input-value.js';
import type { SingleStep } from '../language/step.js';
import { plainValue } from '../shape/any-value.js';
import type { Word } from '../shape/scalar.js';
import type { Setting } from '../shape/setting.js';
import type { Outline } from './outline.js';

const mostSteps = 10_000;

/** What is declared in one place and relied on in another. */
export function checkDeclarations(outline: Outline): readonly Diagnostic[] {
  return [...checkCount(outline), ...checkDefaults(outline), ...checkSecrets(outline), ...outline.steps.flatMap(({ step }) => checkOutputPaths(step))];
}

function checkCount(outline: Outline): readonly Diagnostic[] {
  const first = outline.steps[mostSteps];
  if (first === undefined) return [];
  return [{ code: 'TG1211', severity: 'error', message: `a workflow has at most ${mostSteps} steps; this one has ${outline.steps.length}`, span: first.step.id.at, hint: 'use a matrix, or several workflows' }];
}

function checkDefaults(outline: Outline): readonly Diagnostic[] {
  return (outline.workflow.inputs ?? []).flatMap(({ name, value: input }): Diagnostic[] => {
    if (input.default === undefined || input.default.kind === 'computed') return [];
    const problem = checkInputValue(input, plainValue(input.default));
    return problem === undefined ? [] : [{ code: 'TG1206', severity: 'error', message: `the default of '${name}' ${problem.message}`, span: input.default.at }];
  });
}

function checkSecrets(outline: Outline): readonly Diagnostic[] {
  const declared = (outline.workflow.secrets ?? []).map((secret) => secret.name.value);
  const given: Word[] = [...outline.phases.flatMap(({ phase }) => [...(phase.secrets ?? []), ...(phase.gate?.criteria ?? []).flatMap((criterion) => criterion.secrets ?? [])]), ...outline.steps.flatMap(({ step }) => step.secrets ?? [])];
  return given.flatMap((secret): Diagnostic[] => {
    if (declared.includes(secret.value)) return [];
    const near = nearestName(secret.value, declared);
    return [
      {
        code: 'TG1213',
        severity: 'error',
        message: `the workflow declares no secret '${secret.value}'${near === undefined ? '' : `; did you mean '${near}'?`}`,
        span: secret.at,
        hint: `add it to the workflow's secrets: [${[...declared, secret.value].join(', ')}]`,
        ...(near === undefined ? {} : { fix: { title: `Write ${near}`, safe: false, edits: [{ span: secret.at, text: near }] } }),
      },
    ];
  });
}

function checkOutputPaths(step: SingleStep): readonly Diagnostic[] {
  return (step.outputs ?? []).flatMap(({ value: output, name }): Diagnostic[] => {
    const path: Setting<string> | undefined = output.form === 'path' ? output.path : output.form === 'json' ? output.json : undefined;
    if (path === undefined) return [];
    if (path.kind === 'written' && leavesWorkspace(path.value)) {
      return [{ code: 'TG1216', severity: 'error', message: `output '${name}' lies outside the workspace: '${path.value}'`, span: path.at, hint: "paths are relative to the workspace's root" }];
    }
    if (step.matrix === undefined || (path.kind === 'computed' && namesMatrix(path.template))) return [];
    return [
      {
        code: 'TG1209',
        severity: 'error',
        message: `all cells of '${step.id.value}' would write output '${name}' to one path`,
        span: path.at,
        hint: `put a value of the matrix into it, such as {{ matrix.${step.matrix.kind === 'axes' ? (step.matrix.axes[0]?.name ?? 'name') : 'name'} }}`,
      },
    ];
  });
}

function leavesWorkspace(path: string): boolean {
  return path.startsWith('/') || path.split('/').includes('..');
}

function namesMatrix(template: Template): boolean {
  return template.some((part) => part.kind === 'expression' && collectUses(part.expression).some((use) => use.context.toLowerCase() === 'matrix'));
}
