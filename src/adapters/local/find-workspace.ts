import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The folder that the paths of a workflow are meant from. */
export function findWorkspace(call: { readonly folder: string; readonly chosen: boolean; readonly env: Readonly<Record<string, string | undefined>> }): string {
  const folder = resolve(call.folder);
  if (call.chosen) return folder;
  const onGitHub = call.env['GITHUB_WORKSPACE'];
  if (onGitHub !== undefined && onGitHub !== '') return resolve(onGitHub);
  return findUpwards(folder, '.git') ?? folder;
}

/** The nearest folder, from here upwards, that holds the name. */
export function findUpwards(folder: string, name: string): string | undefined {
  for (let here = resolve(folder); ; here = dirname(here)) {
    if (existsSync(join(here, name))) return here;
    if (dirname(here) === here) return undefined;
  }
}
