/** The variable that every descendant carries: the marks of all runs around it, outermost first, apart by a space. */
export const markVariable = 'TOLLGATE_MARK';

/** A run inside a step keeps the mark of the run around it, so that the outer one still finds what the inner one started. */
export function addMark(env: Readonly<Record<string, string>>, mark: string): Record<string, string> {
  if (mark === '' || /\s/u.test(mark)) throw new Error(`a mark is one word, and this is not: «${mark}»`);
  const outer = env[markVariable];
  return { ...env, [markVariable]: outer === undefined || outer === '' ? mark : `${outer} ${mark}` };
}

export function splitMarks(value: string): readonly string[] {
  return value.split(' ').filter((mark) => mark !== '');
}
