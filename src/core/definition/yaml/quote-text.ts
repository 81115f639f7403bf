/** One line of text as a quoted scalar: in double quotes, or in single ones where that spares escapes. */
export function quoteText(text: string): string {
  return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}
