import type { FileFindings } from '../core/report/diagnostics-text.js';
import type { Message } from '../core/report/message.js';
import { renderMessage } from '../core/report/message.js';
import { createPaint } from '../core/report/paint.js';
import { toFence } from '../core/report/run/escape-markdown.js';

const mostShown = 50;

/** The page of a job whose run was never started, for the reasons given. */
export function renderRefusalPage(reasons: readonly string[]): string {
  const hidden = reasons.length - mostShown;
  const shown = [...reasons.slice(0, mostShown), ...(hidden > 0 ? [`… and ${hidden} more, in the log`] : [])];
  return `### ⛔ Nothing was run\n\n${toFence(shown.flatMap((reason) => reason.split('\n')))}\n`;
}

/** Each problem in the form of every message. */
export function listReasons(findings: readonly FileFindings[], messages: readonly Message[]): readonly string[] {
  const found = findings.flatMap(({ source, diagnostics }) => diagnostics.map(({ severity, code, message, span, hint }): Message => {
    const { line, column } = source.positionAt(span[0]);
    return { severity, code, message, at: `${source.file}:${line}:${column}`, ...(hint === undefined ? {} : { ways: [hint] }) };
  }));
  return [...found, ...messages].map((message) => renderMessage(message, createPaint(false)).join('\n'));
}
