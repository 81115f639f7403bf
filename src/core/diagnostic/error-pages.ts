import { artifactPages } from '../artifact/artifact-pages.js';
import { definitionPages } from '../definition/shape/definition-pages.js';
import { unbuiltPages } from '../definition/unbuilt/unbuilt-pages.js';
import { yamlPages } from '../definition/yaml/yaml-pages.js';
import { expressionPages } from '../expression/expression-pages.js';
import { lintPages } from '../lint/lint-pages.js';
import { planPages } from '../plan/plan-pages.js';
import { reusePages } from '../run/reuse-pages.js';
import { runPages } from '../run/run-pages.js';
import { scriptPages } from '../script/script-pages.js';
import type { DiagnosticCode } from './codes.js';
import type { ErrorPage } from './error-page.js';

/** The page of every code: what it means, why it is so, what to do. Loaded by `errors` and the docs alone. */
export const errorPages: Readonly<Record<DiagnosticCode, ErrorPage>> = {
  ...definitionPages,
  ...expressionPages,
  ...lintPages,
  ...planPages,
  ...scriptPages,
  ...unbuiltPages,
  ...runPages,
  ...reusePages,
  ...artifactPages,
  ...yamlPages,
};
