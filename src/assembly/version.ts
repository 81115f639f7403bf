declare const __TOLLGATE_VERSION__: string | undefined;

/** The version of package.json, put in by the build; from the sources there is none. */
export const version: string = typeof __TOLLGATE_VERSION__ === 'string' ? __TOLLGATE_VERSION__ : '0.0.0-dev';
