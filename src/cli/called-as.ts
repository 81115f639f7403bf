import { basename, relative } from 'node:path';

/** How a person called us, so that the commands we print can be typed as they stand. */
export function describeCall(call: { readonly script: string; readonly folder: string; readonly env: Readonly<Record<string, string | undefined>> }): string {
  const { script, folder, env } = call;
  if (env['npm_command'] === 'exec' || env['npm_lifecycle_event'] === 'npx') return 'npx tollgate';
  if (/[\\/]node_modules[\\/](?:\.bin|tollgate)[\\/]/u.test(script)) return 'npx tollgate';
  if (!/\.[cm]?js$/u.test(script)) return basename(script) === '' ? 'tollgate' : basename(script);
  const short = relative(folder, script);
  return `node ${quoteWord(short.startsWith('..') && short.length > script.length ? script : short)}`;
}

/** A word that any shell reads as it is, quoted where it has to be. */
export function quoteWord(word: string): string {
  return /^[\w@%+=:,./~-]+$/u.test(word) && !word.startsWith('~') ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
