import { word } from '../shape/scalar.js';

/** What ids of steps, phases and criteria look like. */
export const idForm = /^[A-Za-z_][A-Za-z0-9_-]*$/u;
export const variableForm = /^[A-Za-z_][A-Za-z0-9_]*$/u;

export const idKey = { expects: 'a name (letters, digits, _ and -, starting with a letter or _)', form: idForm } as const;
export const variableKey = { expects: "a variable's name (letters, digits and _)", form: variableForm } as const;
export const anyKey = { expects: 'a name', form: /\S/u } as const;

export const id = () => word(idKey.expects, idForm);
export const criterionId = () => word('a name (letters, digits, _, - and .)', /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/u);
export const workflowName = () => word('a name of a-z, 0-9, dot, _ and -', /^[a-z0-9._-]+$/u);

/** The contexts of section 2; no step can be called like one. */
export const contextNames = ['inputs', 'secrets', 'vars', 'matrix', 'resources', 'env', 'steps', 'phases', 'run', 'budget', 'github', 'criterion'] as const;

/** Names that every JavaScript object has: never an id, so that no lookup is ever mistaken. */
export function isPropertyOfObjects(name: string): boolean {
  return Reflect.has(Object.prototype, name);
}
