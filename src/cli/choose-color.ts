/** The text as it looks without colour. */
export function stripColor(text: string): string {
  return text.replace(/\u001b\[\d+m/gu, '');
}

/** https://no-color.org and FORCE_COLOR; logs of CI are plain, because they end up in files and summaries. */
export function chooseColor(wish: { readonly refused: boolean; readonly env: Readonly<Record<string, string | undefined>>; readonly isTerminal: boolean }): boolean {
  const { NO_COLOR, FORCE_COLOR, CI, TERM } = wish.env;
  if (wish.refused || isSet(NO_COLOR)) return false;
  if (isSet(FORCE_COLOR)) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return wish.isTerminal && TERM !== 'dumb' && (!isSet(CI) || CI === 'false');
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
