/** Codes of `lint`: what is allowed, and yet likely to disappoint. */
export const lintCodes = {
  TG4001: 'A workflow that proves nothing',
  TG4002: 'Effects that are not declared',
  TG4003: 'A value that is new with every run, in a key',
  TG4004: 'A cached step that works with a value its key does not know',
  TG4005: 'A value of one machine or one secret, in a key',
  TG4006: 'A cached step that depends on every file',
  TG4007: 'A cached step whose work is not kept',
  TG4008: 'Two steps that write one path, one after the other',
  TG4009: 'A secret that is not declared as one',
  TG4010: 'A tool that will miss a variable',
  TG4011: "A value in another language's program text",
  TG4012: 'An output of the workflow without a value',
  TG4013: 'An input that names no file',
  TG4014: 'An output of a step that may fail unnoticed',
  TG4015: 'A retry of what should happen once',
  TG4016: 'A background step that nobody waits for',
  TG4017: 'A declaration that nothing uses',
  TG4018: 'A gate that nothing can close',
  TG4019: "Words of strangers in an agent's task",
  TG4020: 'A silence that does not say enough',
} as const;

export type LintCode = keyof typeof lintCodes;
