import { readdirSync } from 'node:fs';
import { contentOfFolder } from './placed-entry.js';
import { absolute, lookAt, type Site } from './site.js';

/** Writes down what a folder lists; its own times tell from then on whether that has changed. */
export function noteFolder(site: Site, folder: string, owner: string): void {
  const seenAt = Date.now();
  const stats = lookAt(site, folder);
  if (stats?.isDirectory() !== true) return;
  site.index.note(folder, { stats, seenAt, content: contentOfFolder(readdirSync(absolute(site, folder)).sort()), owner });
}
