import { isObject, type JsonObject, objectsOf } from './json-document.js';
import { type Reading, unreadable } from './reading.js';

const levels = ['error', 'warning', 'note', 'none'] as const;

export interface SarifFinding {
  readonly level: (typeof levels)[number];
  readonly rule: string | undefined;
}

/** The results of one SARIF run that stand, each with the level that SARIF's defaults give it. */
export function readSarifFindings(run: JsonObject): Reading<readonly SarifFinding[]> {
  if (!Array.isArray(run.results)) return unreadable('has no «results»: it did not finish');
  const components = readComponents(run);
  const findings: SarifFinding[] = [];
  for (const result of objectsOf(run.results).filter(stands)) {
    const descriptor = findDescriptor(result, components);
    const level = readLevel(result.level ?? defaultLevel(descriptor));
    if (level === undefined) return unreadable(`has a result of the unknown level ${JSON.stringify(result.level)}`);
    findings.push({ level, rule: ruleIdOf(result) ?? idOf(descriptor) });
  }
  return { kind: 'report', report: findings };
}

const notFailing: readonly unknown[] = ['pass', 'open', 'informational', 'notApplicable', 'review'];

function stands({ kind, baselineState, suppressions }: JsonObject): boolean {
  return !notFailing.includes(kind) && baselineState !== 'absent' && !isSuppressed(objectsOf(suppressions));
}

// A suppression that was refused, or that nobody has decided on yet, suppresses nothing.
function isSuppressed(suppressions: readonly JsonObject[]): boolean {
  return suppressions.length > 0 && suppressions.every(({ status }) => status === undefined || status === 'accepted');
}

function readLevel(value: unknown): SarifFinding['level'] | undefined {
  return levels.find((level) => level === value);
}

function defaultLevel(descriptor: JsonObject | undefined): unknown {
  const configuration = descriptor?.defaultConfiguration;
  return isObject(configuration) ? (configuration.level ?? 'warning') : 'warning';
}

interface Components {
  readonly driver: readonly JsonObject[];
  readonly extensions: readonly (readonly JsonObject[])[];
  readonly byId: ReadonlyMap<string, JsonObject>;
}

function readComponents(run: JsonObject): Components {
  const tool = isObject(run.tool) ? run.tool : {};
  const driver = rulesOf(tool.driver);
  const extensions = Array.isArray(tool.extensions) ? tool.extensions.map(rulesOf) : [];
  const named = [driver, ...extensions].flat().flatMap((rule): [string, JsonObject][] => (typeof rule.id === 'string' ? [[rule.id, rule]] : []));
  return { driver, extensions, byId: new Map(named.reverse()) };
}

// Positions count in the list as written, so nothing is left out of it.
function rulesOf(component: unknown): readonly JsonObject[] {
  const rules: unknown = isObject(component) ? component.rules : undefined;
  return Array.isArray(rules) ? rules.map((rule) => (isObject(rule) ? rule : {})) : [];
}

// A rule is named by its place in the driver or in an extension, or by an id such as CA1000/1, which is a case of CA1000.
function findDescriptor(result: JsonObject, { driver, extensions, byId }: Components): JsonObject | undefined {
  const reference = isObject(result.rule) ? result.rule : {};
  const component = isObject(reference.toolComponent) ? reference.toolComponent.index : undefined;
  const rules = typeof component === 'number' && component >= 0 ? extensions[component] : driver;
  const index = result.ruleIndex ?? reference.index;
  const placed = typeof index === 'number' ? rules?.[index] : undefined;
  const id = ruleIdOf(result) ?? '';
  return placed ?? byId.get(id) ?? byId.get(id.slice(0, Math.max(0, id.lastIndexOf('/'))));
}

function ruleIdOf(result: JsonObject): string | undefined {
  if (typeof result.ruleId === 'string') return result.ruleId;
  return isObject(result.rule) ? idOf(result.rule) : undefined;
}

function idOf(descriptor: JsonObject | undefined): string | undefined {
  return typeof descriptor?.id === 'string' ? descriptor.id : undefined;
}
