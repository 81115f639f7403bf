/** The repository. */
export declare const root: string;
export declare function stagingFolder(purpose: string): string;
export declare function stageSources(folder: string, type?: 'module'): Promise<void>;
