/** Strings, raw ones and comments are skipped as a whole; every other character is one of its own. */
const TOKEN = /\/\/[^\n]*|[rRbB]{0,2}("""(?:\\[^]|[^\\])*?"""|'''(?:\\[^]|[^\\])*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|[=!<>]=|&&|\|\||[^]/gu;
const CLOSES: { readonly [open: string]: string } = { '(': ')', '[': ']', '{': '}' };
const ALONE = ['=', '&', '|'];

/**
 * Why a text is certainly not an expression in CEL; undefined if it can be one.
 *
 * @internal
 */
export function celFault(expression: string): string | undefined {
  if (expression.trim() === '') return 'is empty';
  const open: string[] = [];
  for (const [token] of expression.matchAll(TOKEN)) {
    if (token === '"' || token === '\'') return 'has a quote that is not closed';
    if (ALONE.includes(token)) return `has ${token === '=' ? '"=", which CEL writes "=="' : `"${token}", which CEL writes "${token}${token}"`}`;
    if (token in CLOSES) open.push(CLOSES[token]);
    else if ([')', ']', '}'].includes(token) && open.pop() !== token) return `has "${token}" that closes nothing`;
  }
  return open.length === 0 ? undefined : `has no "${open[open.length - 1]}" that closes what is open`;
}
