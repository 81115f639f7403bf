/** A path as a process gave it, from the folder that it counts from, without detours. */
export function absolutePath(folder: string, path: string): string {
  const whole = path.startsWith('/') ? path : `${folder}/${path}`;
  if (!/\/\.{0,2}(?:\/|$)/u.test(whole)) return whole;
  const names: string[] = [];
  for (const name of whole.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return `/${names.join('/')}`;
}

/** Whether `..` stands behind a name: where that is a link, it leads elsewhere than it reads. */
export function goesBack(path: string): boolean {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  return names.some((name, at) => name === '..' && at > 0 && names[at - 1] !== '..');
}
