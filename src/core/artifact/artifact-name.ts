/** What no name may hold: GitHub refuses most of it, and `@` stands before what is asked of an artifact. */
const forbidden = /[\u0000-\u001f\u007f"<>:|*?\\/@]/gu;
/** In bytes: it is a folder's name, and GitHub's limit is 256. */
const longest = 200;

/** Why an artifact cannot have this name; nothing where it can. */
export function findNameFault(name: string): string | undefined {
  if (name === '') return 'it is empty';
  if (name !== name.trim()) return 'it begins or ends with a space';
  if (/^[.-]/u.test(name)) return `it begins with '${name.charAt(0)}'`;
  if (/\p{Surrogate}/u.test(name)) return 'it is no text';
  const [sign] = name.match(forbidden) ?? [];
  if (sign !== undefined) return `it holds ${sign < ' ' || sign === '\u007f' ? 'a control character' : `'${sign}'`}`;
  return Buffer.byteLength(name) > longest ? `it is longer than ${longest} bytes` : undefined;
}

/** The nearest name that can be had to what an expression made, such as `feature/x`; empty where nothing is left of it. */
export function fitName(text: string): string {
  let name = text.replace(/\p{Surrogate}/gu, '-').replace(forbidden, '-').trim().replace(/^[.-]+/u, '').trim();
  while (Buffer.byteLength(name) > longest) name = Array.from(name).slice(0, -1).join('').trim();
  return name;
}

/** Why nothing can be found by this tag; nothing where it can. */
export function findTagFault(tag: string): string | undefined {
  if (tag.trim() === '') return 'it is empty';
  if (tag === latestGo) return 'that names the latest artifact of a run with verdict GO';
  if (/\s/u.test(tag)) return 'it holds a space';
  const [sign] = /[\u0000-\u001f\u007f@]/u.exec(tag) ?? [];
  return sign === undefined ? undefined : `it holds ${sign === '@' ? "'@'" : 'a control character'}`;
}

/** What is taken when nothing is said of which. */
export const latestGo = 'latest-go';
