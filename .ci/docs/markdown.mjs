// Markdown that stays readable as text: tables, and cells that cannot break them.

/** A table; a cell is one line, and a bar in it is text. */
export function table(heads, rows) {
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('\n', ' ').replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), `|${heads.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

export const code = (text) => `\`${text}\``;

/** Braces and brackets of an example are set as code, the words around it as prose. */
export function prose(text) {
  if (text.startsWith('<')) return code(text);
  return text
    .split(/(`[^`]*`|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})/u)
    .map((part) => (part.startsWith('`') ? part : /^\{.*[\s…]/u.test(part) ? code(part) : part.replaceAll('<', '&lt;')))
    .join('');
}

export const anchor = (id) => `<a id="${id}"></a>`;

export function page(...blocks) {
  return `${blocks.flat(Infinity).filter((block) => block !== '').join('\n\n')}\n`;
}

export const generated = '<!-- Written by `npm run docs` from the sources: change them, not this page. -->';

export function capitalize(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
