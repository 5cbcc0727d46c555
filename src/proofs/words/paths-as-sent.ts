/** Bytes of normalized paths, the plainest first. */
const BYTES = [...new Set([
  ...[...'xab/1c0-defghijklmnopqrstuvwyz2345678_9.ABCDEFGHIJKLMNOPQRSTUVWXYZ:~%'],
  ...Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).filter((char) => /[!$&'()*+,;=@[\]]/.test(char)),
])].map((char) => char.charCodeAt(0));

/** Bytes that normalized paths consist of, the plainest first. @internal */
export const PATH_BYTES: readonly number[] = BYTES;

const UNRESERVED = /[A-Za-z0-9\-._~]/;

/**
 * What comes before a position in a normalized path: nothing, a slash, a slash with one or two dots, anything else, or a part of an escape.
 *
 * @internal
 */
export type PathState = string;

/** The state before the first byte. @internal */
export const PATH_START: PathState = '';

/**
 * The state after one more byte; undefined if no path that Envoy has normalized goes on so.
 *
 * @internal
 */
export function nextPathState(state: PathState, byte: number): PathState | undefined {
  const char = String.fromCharCode(byte);
  if (state === '') return char === '/' ? '/' : undefined;
  if (state === '%') return /[0-9A-Fa-f]/.test(char) ? `%${char}` : undefined;
  if (state.startsWith('%')) {
    if (!/[0-9A-Fa-f]/.test(char)) return undefined;
    return UNRESERVED.test(String.fromCharCode(Number.parseInt(state.slice(1) + char, 16))) ? undefined : 'x';
  }
  if (char === '/') return state === '/.' || state === '/..' ? undefined : '/';
  if (char === '%') return '%';
  if (!IS_PATH_BYTE[byte]) return undefined;
  if (char === '.' && (state === '/' || state === '/.')) return `${state}.`;
  return 'x';
}

const IS_PATH_BYTE: readonly boolean[] = Array.from({ length: 256 }, (_, byte) => BYTES.includes(byte));

/**
 * Whether a path can end so.
 *
 * @internal
 */
export function canEnd(state: PathState): boolean {
  return state !== '' && state !== '/.' && state !== '/..' && !state.startsWith('%');
}

/**
 * The state after a text; undefined if no normalized path begins with it.
 *
 * @internal
 */
export function pathStateAfter(text: string): PathState | undefined {
  let state: PathState | undefined = PATH_START;
  for (let i = 0; i < text.length && state !== undefined; i += 1) state = nextPathState(state, text.charCodeAt(i));
  return state;
}
