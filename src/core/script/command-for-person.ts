import { quoteForPerson, showPlainly } from './quote-for-person.js';
import { readScript } from './read-script.js';
import type { Place } from './reading.js';
import type { ScriptPart, ScriptValue, ScriptValues } from './script-part.js';
import { writeNumber } from './write-number.js';

/** A command with its values in it, quoted for the places where they stand, for a person to read and paste into bash. */
export function commandForPerson(parts: readonly ScriptPart[], values: ScriptValues): string {
  const { reading, holes } = readScript(parts, 'bash');
  const places = new Map(holes.map((hole) => [hole.index, { place: reading.places.get(hole.offset), isInteger: reading.integers.has(hole.offset) }]));
  return parts.map((part, index) => {
    if (part.kind === 'text') return part.text;
    const found = places.get(index);
    return writeValue(values[index] ?? '', found?.place ?? 'bare', found?.isInteger === true);
  }).join('');
}

function writeValue(value: ScriptValue, place: Place, isInteger: boolean): string {
  if (isInteger && typeof value === 'boolean') return value ? '1' : '0';
  const text = typeof value === 'number' ? writeNumber(value) : String(value);
  const quoted = quoteForPerson(text);
  if (isInteger && /^-?[0-9]+$/.test(text)) return text;
  switch (place) {
    case 'bare': return quoted;
    case 'double': return quoted === text ? text : `"${quoted}"`;
    case 'single': return quoted === text ? text : `'${quoted}'`;
    case 'ansi': return quoted === text ? text : `'${quoted}$'`;
    case 'here': return showPlainly(text).replace(/[\\$`]/g, '\\$&');
    case 'comment': return '';
  }
}
