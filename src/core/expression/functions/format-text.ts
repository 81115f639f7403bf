import { give, wrong } from './function-entry.js';
import type { FunctionResult } from './function-entry.js';

const piece = /\{\{|\}\}|\{(\d+)[^}]*\}|[{}]/g;

/** GitHub's format(): `{0}` … are replaced, doubled braces stand for single ones, anything else with braces is wrong. */
export function formatText(pattern: string, values: readonly string[]): FunctionResult {
  let text = '';
  let from = 0;
  for (const found of pattern.matchAll(piece)) {
    text += pattern.slice(from, found.index);
    from = found.index + found[0].length;
    const number = found[1];
    if (number === undefined) {
      if (found[0].length === 1) return wrong(`format(): a single ${found[0]} in '${pattern}'; write ${found[0]}${found[0]} for a brace`);
      text += found[0].charAt(0);
    } else {
      const value = values[Number(number)];
      if (value === undefined) return wrong(`format(): '${pattern}' asks for {${number}}, and there are ${values.length} values`);
      text += value;
    }
  }
  return give(text + pattern.slice(from));
}
