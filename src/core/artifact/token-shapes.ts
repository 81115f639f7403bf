/** A form that issuers give to their tokens, so that they are found where they should not be. */
export interface TokenShape {
  /** «a token of GitHub» */
  readonly what: string;
  /** What every such token begins with: looked for first, since that is fast. */
  readonly opening: string;
  /** From the opening on, at most `longestToken` characters. */
  readonly form: RegExp;
  /** Of what has the form: whether it is one. */
  readonly isToken?: (text: string) => boolean;
  /** What may stand before it: nothing says that anything may. */
  readonly before?: RegExp;
}

/** In bytes. Nothing of a shape is looked at beyond it. */
export const longestToken = 8 * 1024;

/** No letter, digit or sign of a longer word. */
const apart = /[^A-Za-z0-9_-]/u;
const apartFromWords = /[^A-Za-z0-9]/u;

export const tokenShapes: readonly TokenShape[] = [
  ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'].map((opening) => ({ what: 'a token of GitHub', opening, form: /gh[a-z]_[A-Za-z0-9]{36}/uy, isToken: isVaried, before: apartFromWords })),
  // Newer tokens of an installation are a number and a JWT.
  { what: 'a token of GitHub', opening: 'ghs_', form: /ghs_\d{1,20}_eyJ[A-Za-z0-9_-]{20}/uy, before: apartFromWords },
  { what: 'a token of GitHub', opening: 'github_pat_', form: /github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}/uy, isToken: isVaried, before: apartFromWords },
  // As actions/checkout leaves it in .git/config: «x-access-token:» in base64.
  { what: 'a token of GitHub', opening: 'eC1hY2Nlc3MtdG9rZW46', form: /eC1hY2Nlc3MtdG9rZW46[A-Za-z0-9+/]{40}/uy },
  { what: "a token of this job's runner", opening: 'eyJ', form: /eyJ[A-Za-z0-9_-]{8,1000}\.(eyJ[A-Za-z0-9_-]{8,7000})\./uy, isToken: isRunnersOwn, before: apart },
  ...['AKIA', 'ASIA'].map((opening) => ({ what: 'a key of AWS', opening, form: /A[KS]IA[A-Z2-7]{16}(?![A-Za-z0-9])/uy, isToken: (text: string) => !text.endsWith('EXAMPLE') && isVaried(text.slice(4)), before: apartFromWords })),
  { what: 'a token of Slack', opening: 'xox', form: /xox[abeoprs]-[0-9A-Za-z]{1,80}-[0-9A-Za-z-]{20}/uy, isToken: (text) => /\d{4}/u.test(text) && isVaried(text), before: apart },
  { what: 'a key of Anthropic', opening: 'sk-ant-', form: /sk-ant-[A-Za-z0-9_-]{32,128}/uy, isToken: isMixed, before: apart },
  { what: 'a key of OpenAI', opening: 'sk-', form: /sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{40,200}/uy, isToken: isMixed, before: apart },
  { what: 'a key of a model provider', opening: 'sk-', form: /sk-[A-Za-z0-9]{32,64}/uy, isToken: isMixed, before: apart },
  { what: 'a token of npm', opening: 'npm_', form: /npm_[A-Za-z0-9]{36}(?![A-Za-z0-9_])/uy, isToken: isMixed, before: apart },
  { what: 'a token of PyPI', opening: 'pypi-AgE', form: /pypi-AgE[A-Za-z0-9_-]{50}/uy, before: apart },
  { what: 'a token of GitLab', opening: 'glpat-', form: /glpat-[A-Za-z0-9_-]{20}/uy, isToken: isMixed, before: apart },
  ...['sk_live_', 'rk_live_'].map((opening) => ({ what: 'a key of Stripe', opening, form: /[rs]k_live_[A-Za-z0-9]{24}/uy, isToken: isVaried, before: apart })),
  // The heading alone stands in programs that read keys: what counts is that a key follows, in lines of its own or in a text of JSON.
  { what: 'a private key', opening: '-----BEGIN ', form: /-----BEGIN (?:[A-Z0-9]{2,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\r|\\n){1,8}(?:[A-Za-z-]{3,30}: [^\r\n\\]{1,100}(?:\s|\\r|\\n){1,8}){0,4}[A-Za-z0-9+/]{24}/uy },
];

/** What stands in manuals in the place of a token is one sign many times over. */
function isVaried(text: string): boolean {
  return new Set(text).size >= 10;
}

/** Letters alone, with dashes, are words. */
function isMixed(text: string): boolean {
  return isVaried(text) && /\d/u.test(text) && /[A-Za-z]/u.test(text);
}

/** Other people's JWTs are in every second test; those of a runner name the services that they open. */
function isRunnersOwn(text: string): boolean {
  const payload = Buffer.from(text.split('.')[1] ?? '', 'base64url').toString('latin1');
  return payload.includes('Actions.') || /(?:token\.actions|vstoken\.actions|pipelines\.actions)\.githubusercontent\.com/u.test(payload);
}
