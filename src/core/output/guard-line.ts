/** What the comparison of texts in .NET may look past, as if it were not there. */
const ignored = String.raw`[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*`;
/** At the start of a line, after white space: `::name …::data`. */
const atStart = new RegExp(String.raw`((?:^|[\n\r\u0085\u2028\u2029])[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*):(?=${ignored}:)`, 'gu');
/** Anywhere: `##[name …]data`, and `##vso[…]data` of Azure. */
const anywhere = new RegExp(String.raw`(#${ignored}#)(?=(?:${ignored}v${ignored}s${ignored}o)?${ignored}\[)`, 'giu');

/**
 * A line that no runner takes for a command, whatever white space or name is put before it. A backslash stands where
 * the command would be read: it is seen, and whoever copies the line can take it out again.
 */
export function guardLine(line: string): string {
  return line.includes(':') || line.includes('#') ? line.replace(atStart, '$1\\:').replace(anywhere, '$1\\') : line;
}
