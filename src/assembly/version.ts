declare const __TOLLGATE_VERSION__: string | undefined;

/** The version of package.json, put in by the build; from the sources there is none. */
export const version: string = typeof __TOLLGATE_VERSION__ === 'string' ? __TOLLGATE_VERSION__ : '0.0.0-dev';

declare const __TOLLGATE_BUILD__: string | undefined;

/** Tells builds of one version apart; from the sources there is none, and nothing is kept. */
export const build: string | undefined = typeof __TOLLGATE_BUILD__ === 'string' ? __TOLLGATE_BUILD__ : undefined;
