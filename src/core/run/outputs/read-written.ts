/** What a step wrote to `$TOLLGATE_OUTPUT`, by name; the last of one name counts. */
export type WrittenOutputs = { readonly kind: 'read'; readonly values: ReadonlyMap<string, string> } | { readonly kind: 'malformed'; readonly line: number; readonly text: string };

/** `name=value` lines, and here-documents `name<<END` … `END`, as GitHub reads them. */
export function readWritten(text: string): WrittenOutputs {
  const values = new Map<string, string>();
  const lines = text.split(/\r?\n/u);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (equals > 0 && (heredoc < 0 || equals < heredoc)) {
      values.set(line.slice(0, equals).trim(), line.slice(equals + 1));
      continue;
    }
    const end = heredoc > 0 ? lines.indexOf(line.slice(heredoc + 2), at + 1) : -1;
    if (end < 0 || line.slice(heredoc + 2) === '') return { kind: 'malformed', line: at + 1, text: line };
    values.set(line.slice(0, heredoc).trim(), lines.slice(at + 1, end).join('\n'));
    at = end;
  }
  return { kind: 'read', values };
}
