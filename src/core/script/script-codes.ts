/** TG21: places of shell text in which a value would become code, or would not arrive as it is. */
export const scriptCodes = {
  TG2101: 'A value stands in a quoted here-document',
  TG2102: "A value stands in a here-document's end word",
  TG2103: 'A value stands in backticks',
  TG2104: 'A value stands inside ${…}',
  TG2105: 'A value stands in an array subscript',
  TG2106: 'A value stands right after a backslash or a dollar sign',
  TG2107: 'A value stands in program text that the shell reads as code',
  TG2108: 'A value stands where a command takes a variable name or an option',
  TG2109: 'The whole command is one value',
  TG2110: 'A value that is no number stands in arithmetic',
  TG2111: 'A variable that holds a value is used as code or in arithmetic',
  TG2112: 'It cannot be told where this value stands',
  TG2113: "A value stands in a $'…' or $\"…\" string that cannot hold it",
  TG2114: 'One value names the program and another is its argument',
  TG2115: 'Values can be handed to bash and sh alone',
  TG2116: 'A value is too long for an environment variable',
  TG2117: 'A value holds a NUL character',
  TG2118: 'A value in arithmetic is no whole number',
  TG2119: 'There is no value for this',
  TG2120: 'The values of one command are too long together',
} as const;

export type ScriptCode = keyof typeof scriptCodes;
