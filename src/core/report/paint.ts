/** Colours by what they mean; each gives the text back as it is where no colour is wanted. */
export interface Paint {
  readonly blocking: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly info: (text: string) => string;
  readonly good: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

export function createPaint(color: boolean): Paint {
  const style = (on: number, off: number) => (text: string): string => (color && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text);
  return { blocking: style(31, 39), warning: style(33, 39), info: style(36, 39), good: style(32, 39), strong: style(1, 22), faint: style(2, 22) };
}
