/** A beginning for the names of our variables that occurs nowhere in the command. */
export function chooseVariablePrefix(text: string): string {
  let prefix = 'TOLLGATE_V';
  while (text.includes(prefix)) prefix += '_';
  return prefix;
}
