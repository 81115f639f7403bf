/** A command to the runner. Only this makes them: whatever a command carries is escaped, so that it stays one command. */
export function toWorkflowCommand(name: 'error' | 'warning' | 'notice' | 'group' | 'endgroup', data: string, properties: Readonly<Record<string, string | number>> = {}): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name}${written.length === 0 ? '' : ` ${written.join(',')}`}::${escapeData(data)}`;
}

/** What ends a line would start another command. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
