// The pictures of docs/github.md: the examples are played in act against the emulator, and what they leave for people to read is
// rendered as GitHub renders it. `node test/act/pictures.mjs`, with Chromium; look at each before it is committed.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyRepository, readPages, root } from './act.mjs';
import { renderMarkdown } from './render-markdown.mjs';
import { playServices } from './services.mjs';

const width = 860;
const style = `
  body { margin: 0; padding: 12px; width: ${width - 24}px; box-sizing: border-box; background: #fff; color: #1f2328; font: 14px/1.5 'Noto Sans', 'Liberation Sans', 'DejaVu Sans', sans-serif; }
  .card { border: 1px solid #d1d9e0; border-radius: 6px; }
  .from { padding: 8px 16px; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; border-radius: 6px 6px 0 0; color: #59636e; font-size: 13px; }
  .from b { color: #1f2328; }
  .text { padding: 12px 16px 4px; }
  h2 { font-size: 20px; margin: 0 0 12px; padding-bottom: 6px; border-bottom: 1px solid #d1d9e0b3; }
  h3 { font-size: 16px; margin: 16px 0 10px; }
  p, ul, blockquote, pre, table { margin: 0 0 12px; }
  blockquote { padding: 4px 14px; border-left: 4px solid #d1d9e0; }
  blockquote p { margin: 4px 0; }
  blockquote.caution { border-color: #cf222e; }
  .title { color: #d1242f; font-weight: 600; }
  code { font: 85% 'DejaVu Sans Mono', 'Liberation Mono', monospace; background: #818b981f; padding: 2px 5px; border-radius: 6px; }
  pre { padding: 12px; background: #f6f8fa; border-radius: 6px; overflow: hidden; }
  pre code { background: none; padding: 0; }
  table { border-collapse: collapse; }
  th, td { border: 1px solid #d1d9e0; padding: 4px 11px; text-align: left; }
  th[align=right], td[align=right] { text-align: right; }
  tbody tr:nth-child(even) { background: #f6f8fa; }
  a { color: #0969da; text-decoration: underline; }`;

const scratch = mkdtempSync(join(tmpdir(), 'tollgate-pictures-'));
const images = join(root, 'docs', 'images');
mkdirSync(images, { recursive: true });

try {
  const repository = join(scratch, 'repository');
  copyRepository(repository);
  for await (const { log, missed, comments = [] } of playServices({ repository, scratch })) {
    if (missed.length > 0) throw new Error(missed.join('\n'));
    const pages = readPages(log).map((page) => page.split(/^\[[^\]\n]+\] /mu)[0]);
    const show = (name, title, begin) => {
      const page = pages.find((each) => each.includes(begin));
      if (page !== undefined) takePicture(name, `<b>${title}</b> summary`, page);
    };
    show('github-no-go', 'Build and test', '## ❌ NO-GO — build failed');
    show('github-go', 'Build and test', '## ✅ GO — build succeeded');
    show('github-verdict', 'Verdict', '## ❌ NO-GO — pr-gate at commit');
    for (const { body } of comments) takePicture('github-comment', '<b>github-actions</b> bot commented · edited', body);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function takePicture(name, from, markdown) {
  const page = join(scratch, `${name}.html`);
  const measure = '<script>document.title = document.documentElement.getBoundingClientRect().height</script>';
  writeFileSync(page, `<!doctype html><meta charset="utf-8"><style>${style}</style><body><div class="card"><div class="from">${from}</div><div class="text">${renderMarkdown(markdown)}</div></div>${measure}`);
  const chromium = (...args) => execFileSync('chromium', ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', ...args, `file://${page}`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 60_000 });
  const height = Math.ceil(Number(/<title>([\d.]+)<\/title>/u.exec(chromium(`--window-size=${width},600`, '--dump-dom'))?.[1] ?? 900));
  chromium(`--window-size=${width},${height}`, `--screenshot=${join(images, `${name}.png`)}`);
  console.log(`${name}.png: ${width} × ${height}`);
}
