/** ASCII on one line that does not begin like a number, and nothing that looks like the end of a key. */
const USUAL_TEXT = /^[!-*,/:-~](?:[\x20-,.-~]|-(?!----))*$/;

/** What is known of JSON. */
enum State {
  /** A string needs a closer look. */
  UNUSUAL,
  /** No string does. */
  USUAL,
  /** In addition, it is as cdk8s would write it: plain maps and lists, sorted keys, and no field without a value. */
  FINISHED,
}

const finished = new WeakSet<object>();

/**
 * Whether no string of a manifest needs a closer look. Most specs have only such strings. Remembers whether it is finished.
 *
 * @internal
 */
export function isUsual(json: unknown): boolean {
  const state = stateOf(json);
  if (typeof json !== 'object' || json === null) return state !== State.UNUSUAL;
  // It may have been changed since the last check.
  if (state === State.FINISHED) finished.add(json);
  else finished.delete(json);
  return state !== State.UNUSUAL;
}

/**
 * Whether JSON that was checked is as cdk8s would write it: plain maps and lists, sorted keys, and no field without a value.
 *
 * @internal
 */
export function isFinished(json: unknown): boolean {
  return finished.has(json as object);
}

/** One function, since V8 compiles functions that call each other into one another. */
function stateOf(value: unknown): State {
  if (typeof value === 'string') return USUAL_TEXT.test(value) ? State.FINISHED : State.UNUSUAL;
  if (typeof value === 'number' || typeof value === 'boolean') return State.FINISHED;
  if (typeof value !== 'object' || value === null) return State.USUAL;
  const prototype: unknown = Object.getPrototypeOf(value);
  let state = prototype === Object.prototype || prototype === Array.prototype ? State.FINISHED : State.USUAL;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const inner = stateOf(value[i]);
      if (inner < state) state = inner;
    }
    return state;
  }
  let last = '';
  for (const key of Object.keys(value)) {
    const inner = stateOf((value as { readonly [key: string]: unknown })[key]);
    if (inner < state) state = inner;
    if (!USUAL_TEXT.test(key)) return State.UNUSUAL;
    if (state === State.FINISHED && (key < last || key === 'constructor' || key === '__proto__')) state = State.USUAL;
    last = key;
  }
  return state;
}
