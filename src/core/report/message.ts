import type { DiagnosticCode } from '../diagnostic/codes.js';
import type { Severity } from '../diagnostic/diagnostic.js';
import type { Paint } from './paint.js';
import { escapeHidden } from './visible-text.js';

/** The one form that everything takes which is said to people: what, where, the way out. */
export interface Message {
  readonly severity: Severity;
  readonly message: string;
  readonly code: DiagnosticCode;
  /** `file:line:column`, or what else there is to say of the place. */
  readonly at?: string;
  /** Lines under the place, ready to print. */
  readonly excerpt?: readonly string[];
  /** What a person can do, each a line of its own. */
  readonly ways?: readonly string[];
}

const labels = { error: 'BLOCKING', warning: 'WARNING', info: 'INFO' } as const;

export function renderMessage(message: Message, paint: Paint): readonly string[] {
  const { severity, at, excerpt = [], ways = [] } = message;
  const label = paintOf(severity, paint)(paint.strong(`[${labels[severity]}]`));
  return [
    `${label} ${escapeHidden(message.message)} ${paint.faint(`(${message.code})`)}`,
    ...(at === undefined ? [] : [`  at ${escapeHidden(at)}`]),
    ...excerpt,
    ...ways.map((way) => `  ${paint.good('→')} ${escapeHidden(way)}`),
  ];
}

export function paintOf(severity: Severity, paint: Paint): (text: string) => string {
  return { error: paint.blocking, warning: paint.warning, info: paint.info }[severity];
}
