/** A secret as it is given to a run. */
export interface Secret {
  readonly name: string;
  readonly value: string;
}

/** What of a secret is looked for. */
export interface SecretTexts {
  readonly whole: string;
  /** Its lines, if it has several: programs print a key line by line, with their own text between. */
  readonly lines: readonly string[];
}

/** Shorter ones stand in any text by chance: to mask them would spoil what is printed, and tell where they are. */
const SHORTEST = 4;

/** An escaped end of line counts too: a key inside JSON, or in a variable of one line, is printed with real ones. */
const endOfLine = /\r\n|[\r\n]|(?:\\r)?\\n/u;
const trivialLines: readonly RegExp[] = [
  /^-----(?:BEGIN|END) [\w ]+-----$/u,
  /** A key whose value stands on the lines below. */
  /^["']?[\w.-]+["']?\s*[:=]\s*[{[|>]?[+-]?["']?$/u,
  /** Signs alone. */
  /^[^\p{L}\p{N}]+$/u,
];

/** The texts to look for, or none when the secret is too short to be told from other text. */
export function chooseTexts(secret: Secret): SecretTexts | undefined {
  const whole = Buffer.from(secret.value).toString().trim();
  if (!isLongEnough(whole) || isCommon(whole)) return undefined;
  const lines = whole.split(endOfLine).map((line) => line.trim());
  return { whole, lines: lines.length === 1 ? [] : lines.filter((line) => isLongEnough(line) && !isCommon(line) && !trivialLines.some((form) => form.test(line))) };
}

function isLongEnough(text: string): boolean {
  return text.length >= 2 * SHORTEST || Array.from(text).length >= SHORTEST;
}

/** Words that JSON needs, and the mask itself. */
function isCommon(text: string): boolean {
  return /^(?:true|false|null|none|\*+)$/iu.test(text);
}
