import type { Shape } from '../shape/shape.js';
import { as, either, hasKey, isScalar, list, mapOf, optional, record, required } from '../shape/collection.js';
import type { Word } from '../shape/scalar.js';
import { flag, plainWord, word } from '../shape/scalar.js';
import type { Setting } from '../shape/setting.js';
import { text } from '../shape/text.js';
import { variableForm, variableKey } from './names.js';

export const environment = () => mapOf(text(), variableKey);

/** Names or globs of variables that pass through. */
export const passedVariables = () => list(word("a variable's name or a glob such as AWS_*", /^[A-Za-z_*?[][A-Za-z0-9_*?[\]!-]*$/u));

export interface DeclaredSecret {
  readonly name: Word;
  readonly required?: Setting<boolean>;
}

const secretName = () => word("a secret's name (letters, digits and _)", variableForm);

/** At the workflow `secrets` declares … */
export const declaredSecrets = (): Shape<readonly DeclaredSecret[]> =>
  list(
    either("a secret's name, or { name, required }", [
      { looks: isScalar, shape: as(secretName(), (name): DeclaredSecret => ({ name })) },
      {
        looks: hasKey('name'),
        shape: record('{ name, required }', {
          name: required(secretName(), 'the name that it has where it is kept'),
          required: optional(flag(), 'false for what fork PRs and laptops lack'),
          description: optional(plainWord('text'), 'what it is for'),
        }),
      },
    ]),
  );

/** … at a phase or step it gives. */
export const givenSecrets = () => list(secretName());
