import type { ScriptPart, ValuePart } from '../../src/core/script/script-part.js';

/** A command for tests: `‹›` is a text value, `‹n›` a number, `‹b›` a boolean. */
export function partsOf(command: string): ScriptPart[] {
  const parts: ScriptPart[] = [];
  let from = 0;
  for (const found of command.matchAll(/‹([nb]?)›/g)) {
    if (found.index > from) parts.push({ kind: 'text', text: command.slice(from, found.index) });
    const type: ValuePart['type'] = found[1] === 'n' ? 'number' : found[1] === 'b' ? 'boolean' : 'other';
    from = found.index + found[0].length;
    parts.push({ kind: 'value', type, at: [found.index, from] });
  }
  if (from < command.length || parts.length === 0) parts.push({ kind: 'text', text: command.slice(from) });
  return parts;
}
