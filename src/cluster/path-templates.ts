/** Literal segments of a path with templates. */
const LITERAL = /^[a-zA-Z0-9\-._~%!$&'()+,;:@=]+$/;

/** The longest template without braces that Envoy accepts. */
const MAX_LENGTH = 256;

/**
 * Why istiod rejects a path with braces, as a clause; undefined if it accepts it.
 *
 * @internal
 */
export function whyRejected(path: string): string | undefined {
  if (!/[{}]/.test(path)) return undefined;
  const hasTemplates = isTemplate(path);
  let isLast = false;
  for (const segment of path.replace(/^\/+|\/+$/g, '').split('/')) {
    if (segment === '{*}' || segment === '{**}') {
      if (isLast) return '"{**}" must be the last template';
      isLast = segment === '{**}';
    } else if (/[{}]/.test(segment)) {
      return `${JSON.stringify(segment)} is neither a literal nor one of the templates "{*}" and "{**}"`;
    } else if (hasTemplates && !LITERAL.test(segment)) {
      return segment === '' ? 'it has an empty segment' : `${JSON.stringify(segment)} has characters that a path with templates cannot have`;
    }
  }
  return undefined;
}

/**
 * What Envoy does with a path with templates that istiod accepts and Envoy does not, as a clause.
 *
 * @internal
 */
export function whyUnusable(path: string): string | undefined {
  if (!isTemplate(path)) return undefined;
  if (!path.startsWith('/') || path.slice(1).split('/').slice(0, -1).includes('')) return 'Envoy crashes when it receives it, since such a path must start with one slash and have no empty segment';
  if (path.replace(/[{}]/g, '').length > MAX_LENGTH) return `Envoy rejects the whole listener, since such a path has at most ${MAX_LENGTH} characters without the braces`;
  return undefined;
}

/** What Envoy accepts as a segment for `{*}`, and with slashes for `{**}`. */
const SEGMENT = "a-zA-Z0-9\\-._~%!$&'()*+,;:@=";

/**
 * Whether a path of a policy has templates. Other braces are literal.
 *
 * @internal
 */
export function isTemplate(path: string): boolean {
  return path.includes('{*}') || path.includes('{**}');
}

/**
 * The paths that a path with templates matches, as a whole.
 *
 * @internal
 */
export function templatePattern(template: string): RegExp {
  const parts = template.split(/(\{\*\*?\})/).map((part) => {
    if (part === '{*}') return `[${SEGMENT}]+`;
    return part === '{**}' ? `[${SEGMENT}/]*` : part.replace(/[$()+.[\]\\^|*?]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`);
}
