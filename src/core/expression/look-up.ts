import type { PartialValue } from './unknown.js';

type Properties = { readonly [key: string]: PartialValue };

/** A property whatever its case, the exact one first; nothing when there is none. Inherited names do not count. */
export function lookUp(object: Properties, name: string): PartialValue | undefined {
  if (Object.hasOwn(object, name)) return object[name];
  const wanted = name.toLowerCase();
  for (const key in object) {
    if (key.length === name.length && key.toLowerCase() === wanted && Object.hasOwn(object, key)) return object[key];
  }
  return undefined;
}
