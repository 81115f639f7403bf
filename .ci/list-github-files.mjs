import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './stage-sources.mjs';

/** The workflows and actions of this repository and of its examples, from its root: whatever is added is checked. */
export function listGithubFiles() {
  const inside = (folder) => readdirSync(join(root, folder)).filter((name) => /\.ya?ml$/u.test(name)).map((name) => `${folder}/${name}`);
  const actions = readdirSync(root, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isFile()) return entry.name === 'action.yml' ? [entry.name] : [];
    if (!entry.isDirectory() || entry.name === 'node_modules' || entry.name === '.git') return [];
    return readdirSync(join(root, entry.name)).includes('action.yml') ? [`${entry.name}/action.yml`] : [];
  });
  return { workflows: [...inside('.github/workflows'), ...inside('workflows-examples/github')].sort(), actions: actions.sort() };
}
