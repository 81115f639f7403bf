/** How long ago something was, as people say it: `12 s ago`, `5 min ago`, `3 h ago`, `2 d ago`. */
export function describeAge(ageMs: number): string {
  const seconds = Math.max(0, Math.floor(ageMs / 1_000));
  if (!Number.isFinite(seconds)) return 'at no known time';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3_600)} h ago` : `${Math.floor(seconds / 86_400)} d ago`;
}
