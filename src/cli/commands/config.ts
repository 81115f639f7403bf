import type { Call, ExitCode } from '../command.js';
import { describeOrigin } from '../origin.js';
import type { OptionValue, Pair, SettingName } from '../options.js';
import { keyOf, optionNames, specOf, variableOf } from '../options.js';
import { describeBytes } from '../../core/report/describe-bytes.js';
import { createPaint } from '../../core/report/paint.js';
import { settingsFile } from '../settings-file.js';

interface Row {
  readonly name: SettingName;
  readonly setting: OptionValue<unknown>;
}

/** `tollgate config`: every setting with its value and where it comes from. */
export function config(call: Call): ExitCode {
  const rows = optionNames.flatMap((name): Row[] => (name in call.options ? [{ name: name as SettingName, setting: call.options[name as SettingName] }] : []));
  call.terminal.out(call.options.json.value ? renderJson(rows, call) : renderText(rows, call));
  return 0;
}

function renderJson(rows: readonly Row[], call: Call): string {
  const settings = rows.map(({ name, setting }) => ({
    key: keyOf(name),
    flag: `--${name}`,
    variable: variableOf(name),
    value: specOf(name).form === 'pairs' ? pairsOf(setting.value).map(({ name: of, value }) => ({ name: of, value })) : (setting.value ?? null),
    origin: setting.origin,
    ...(pairsOf(setting.value).length > 0 ? { origins: pairsOf(setting.value).map(({ name: of, origin }) => ({ name: of, origin })) } : {}),
  }));
  return `${JSON.stringify({ workspace: call.workspace, settings }, null, 2)}\n`;
}

function renderText(rows: readonly Row[], call: Call): string {
  const paint = createPaint(call.terminal.color);
  const cells = rows.map(({ name, setting }) => ({ key: keyOf(name) ?? name, value: describeValue(name, setting.value), origin: describeOrigins(setting), isDefault: setting.origin.kind === 'default' }));
  const keys = Math.max(...cells.map(({ key }) => key.length));
  const values = Math.min(44, Math.max(...cells.map(({ value }) => value.length)));
  const lines = cells.map(({ key, value, origin, isDefault }) => {
    const line = `${key.padEnd(keys)}  ${value.padEnd(values)}  ${origin}`.trimEnd();
    return isDefault ? paint.faint(line) : line;
  });
  const note = `workspace ${call.workspace}; change a setting in ${settingsFile} there, by its TOLLGATE_ variable, or by its flag`;
  return `${[paint.strong(`${'key'.padEnd(keys)}  ${'value'.padEnd(values)}  from`), ...lines, '', paint.faint(note)].join('\n')}\n`;
}

function describeValue(name: SettingName, value: unknown): string {
  if (specOf(name).form === 'pairs') return pairsOf(value).map((pair) => `${pair.name}=${pair.value}`).join(' ') || '-';
  if (Array.isArray(value)) return value.join(', ') || '-';
  if (value === undefined) return `- (${specOf(name).unset ?? 'not set'})`.replace(' (not set)', '');
  if (specOf(name).form === 'size') return describeBytes(Number(value));
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function describeOrigins({ value, origin }: OptionValue<unknown>): string {
  const origins = pairsOf(value).map((pair) => describeOrigin(pair.origin));
  return [...new Set(origins.length === 0 ? [describeOrigin(origin)] : origins)].join(', ');
}

/** The pairs of a setting that has some. */
function pairsOf(value: unknown): readonly Pair[] {
  return Array.isArray(value) && value.every(isPair) ? value : [];
}

function isPair(value: unknown): value is Pair {
  return typeof value === 'object' && value !== null && 'name' in value;
}
