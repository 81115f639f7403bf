/** At the workspace's root: what holds for every call in it. */
export const settingsFile = '.tollgate.yml';
