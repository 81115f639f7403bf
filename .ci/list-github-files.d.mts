/** The workflows and actions of this repository and of its examples, from its root. */
export declare function listGithubFiles(): { readonly workflows: readonly string[]; readonly actions: readonly string[] };
