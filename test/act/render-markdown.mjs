// The markdown of pages and comments as GitHub shows it, as far as Tollgate writes it: for pictures, not for strangers' text.
const inlineCode = /`([^`]+)`/gu;

export function renderMarkdown(markdown) {
  const lines = markdown.replaceAll(/<!--.*?-->\n?/gsu, '').split('\n');
  const html = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at];
    const take = (holds) => {
      const taken = [];
      while (at < lines.length && holds(lines[at])) taken.push(lines[at++]);
      return taken;
    };
    if (line.trim() === '') at += 1;
    else if (line.startsWith('```')) {
      const language = line.slice(3);
      at += 1;
      const code = take((each) => !each.startsWith('```'));
      at += 1;
      // Drawn by GitHub alone.
      if (language !== 'mermaid') html.push(`<pre><code>${escape(code.join('\n'))}</code></pre>`);
    } else if (line.startsWith('#')) {
      const [, marks, text] = /^(#+) (.*)$/u.exec(lines[at++]);
      html.push(`<h${marks.length}>${renderInline(text)}</h${marks.length}>`);
    } else if (line.startsWith('>')) {
      const [first, ...rest] = take((each) => each.startsWith('>')).map((each) => each.replace(/^> ?/u, ''));
      const alert = /^\[!(\w+)\]$/u.exec(first)?.[1];
      const title = alert === undefined ? '' : `<p class="title">${alert[0]}${alert.slice(1).toLowerCase()}</p>`;
      html.push(`<blockquote class="${alert?.toLowerCase() ?? ''}">${title}<p>${renderInline((alert === undefined ? [first, ...rest] : rest).join('\n'))}</p></blockquote>`);
    } else if (line.startsWith('|')) html.push(renderTable(take((each) => each.startsWith('|'))));
    else if (line.startsWith('- ')) html.push(`<ul>${take((each) => /^(?:- | {2})/u.test(each)).join('\n').split(/^- /mu).slice(1).map((item) => `<li>${renderInline(item)}</li>`).join('')}</ul>`);
    else if (/^<\/?details>/u.test(line)) html.push(lines[at++]);
    else html.push(`<p>${renderInline(take((each) => each.trim() !== '' && !/^(?:[#>|]|```|- )/u.test(each)).join('\n'))}</p>`);
  }
  return html.join('\n');
}

function renderTable([head, rule, ...rows]) {
  const cells = (row) => row.replace(/^\| ?/u, '').replace(/ ?\|$/u, '').split(' | ');
  const right = rule.split('|').slice(1, -1).map((each) => each.endsWith(':'));
  const write = (tag) => (row) => `<tr>${cells(row).map((cell, index) => `<${tag}${right[index] ? ' align="right"' : ''}>${renderInline(cell)}</${tag}>`).join('')}</tr>`;
  // GitHub's first column of a head without a text is a space.
  return `<table><thead>${write('th')(head.replace('| | ', '|  | '))}</thead><tbody>${rows.map(write('td')).join('')}</tbody></table>`;
}

/** What Tollgate writes has its special signs escaped, and tags of its own. */
function renderInline(text) {
  return text
    .replaceAll(inlineCode, (_, code) => `<code>${escape(code)}</code>`)
    .replaceAll(/\[([^\]]+)\]\((https:[^)\s]+)\)/gu, '<a href="$2">$1</a>')
    .replaceAll(/\*\*([^*]+)\*\*/gu, '<strong>$1</strong>')
    .replaceAll(/(^|\s)_([^_]+)_(?=\s|$)/gu, '$1<em>$2</em>');
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
