/** Words that begin a statement in other template languages, and that no operator of ours follows. */
const statement = /^(range|if|else|elif|end|endif|endfor|for|with|define|template|block|break|continue|include|set|unless)(\s+(?![=!<>&|])\S|\s*$)/;

/** Signs that no expression of ours begins with: Go's `.x`, `$x`, `-`; Handlebars' and Mustache's `#x`, `/x`, `>x`, `^x`, `&x`, `@x`. */
const sign = /^(\.(?!\d)|\$(?!\{)|#|\/|>|\^|&|@|!--|%|-(?![\d.I])|this(\.|\s|$))/;

/** Go's calls without parentheses: `json .`, `index .x 0`, `printf "%s" .y`. */
const call = /^[A-Za-z_]\w*\s+([.$](?!\d)|")/;

/** A white-space trimmer of Go or Jinja at the end. */
const trimmer = /\s-$/;

/** Whether what stands between braces is plainly not ours, but Go's, Handlebars', Mustache's or Jinja's. */
export function isForeign(inner: string): boolean {
  const text = inner.trim();
  return inner.startsWith('{') || statement.test(text) || sign.test(text) || call.test(text) || trimmer.test(text);
}
