import type { CheckResult } from '../preflight/preflight-report.js';
import type { Paint } from './paint.js';
import { escapeHidden } from './visible-text.js';

/** Every check with how it stands, a line each. */
export function renderChecks(results: readonly CheckResult[], paint: Paint): readonly string[] {
  const width = Math.min(40, Math.max(0, ...results.map(({ label }) => label.length)));
  return results.map((result) => {
    const mark = result.status === 'holds' ? paint.good('✔') : result.level === 'blocking' ? paint.blocking('✖') : paint.warning('!');
    const note = result.fixed ? `${result.message} (mended by its fix)` : result.message;
    return `${mark} ${escapeHidden(result.label).padEnd(width)}  ${paint.faint(escapeHidden(note))}`.trimEnd();
  });
}
