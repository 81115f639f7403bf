/** Names that hold secrets wherever they come from; what is called like this is kept out of stores and logs. */
const secretForm = /(?:TOKEN|_KEY)$|SECRET|PASSWORD|CREDENTIAL/iu;

export function looksSecret(name: string): boolean {
  return secretForm.test(name);
}

/** Whether a `pass_env` entry, a name or a glob, lets a variable through. */
export function passes(entry: string, name: string): boolean {
  const pattern = entry.replace(/[.+^${}()|\\]/gu, '\\$&').replaceAll('*', '.*').replaceAll('?', '.').replaceAll('[!', '[^');
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(name);
  } catch {
    return entry === name;
  }
}
