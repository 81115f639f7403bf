import type { DiagnosticCode } from '../../core/diagnostic/codes.js';
import { diagnosticTitles } from '../../core/diagnostic/codes.js';
import { errorPages } from '../../core/diagnostic/error-pages.js';
import { nearestName } from '../../core/diagnostic/nearest-name.js';
import { renderErrorPage } from '../../core/report/error-page-text.js';
import { addressOfPage } from '../../core/report/page-address.js';
import { createPaint } from '../../core/report/paint.js';
import type { Call, ExitCode } from '../command.js';
import { refuseCall } from '../refuse-call.js';

const codes = (Object.keys(diagnosticTitles) as readonly DiagnosticCode[]).toSorted();

/** `tollgate errors [code]`: the page of a code, or all codes. */
export function errors(call: Call): ExitCode {
  const [given] = call.arguments;
  if (given === undefined) return listCodes(call);
  const code = findCode(given);
  if (code === undefined) return refuseUnknown(given, call);
  const page = { code, title: diagnosticTitles[code], page: errorPages[code] };
  const { terminal, options } = call;
  if (options.json.value) terminal.out(`${JSON.stringify({ code, title: page.title, ...page.page, url: addressOfPage(code) }, null, 2)}\n`);
  else terminal.out(renderErrorPage(page, { paint: createPaint(terminal.color), columns: terminal.columns }));
  return 0;
}

/** `TG1101`, `tg1101` and `1101` are the same. */
function findCode(given: string): DiagnosticCode | undefined {
  const plain = given.trim().toUpperCase().replace(/^[[(]|[\])]$/gu, '');
  return codes.find((code) => code === plain || code === `TG${plain}`);
}

function listCodes({ terminal, options }: Call): ExitCode {
  if (options.json.value) {
    terminal.out(`${JSON.stringify(codes.map((code) => ({ code, title: diagnosticTitles[code], url: addressOfPage(code) })), null, 2)}\n`);
    return 0;
  }
  const paint = createPaint(terminal.color);
  terminal.out(codes.map((code) => `${paint.strong(code)}  ${diagnosticTitles[code]}\n`).join(''));
  return 0;
}

function refuseUnknown(given: string, call: Call): ExitCode {
  const near = nearestName(given.toUpperCase(), codes);
  const meant = near === undefined ? '' : `; did you mean '${near}'?`;
  const next = [...(near === undefined ? [] : [{ call: `errors ${near}`, says: diagnosticTitles[near as DiagnosticCode] }]), { call: 'errors', says: 'all codes' }];
  return refuseCall([{ message: `there is no code '${given}'${meant}`, next }], call);
}
