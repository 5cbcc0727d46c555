/** ASCII on one line that does not begin like a number, and nothing that looks like the end of a key. */
const USUAL = /^[!-*,/:-~](?:[\x20-,.-~]|-(?!----))*$/;

/** JSON that is written as it is. */
const finished = new WeakSet<object>();

/**
 * Whether no string of a manifest needs a closer look. Most specs have only such strings. Remembers whether it is finished.
 *
 * @internal
 */
export function isUsual(json: unknown): boolean {
  if (typeof json !== 'object' || json === null) return isUsualScalar(json);
  const walk = new Walk();
  const isUsualJson = walk.isUsual(json);
  // It may have been changed since the last check.
  if (isUsualJson && walk.isFinished) finished.add(json);
  else finished.delete(json);
  return isUsualJson;
}

/**
 * Whether JSON that was checked is as cdk8s would write it: plain maps and lists, sorted keys, and no field without a value.
 *
 * @internal
 */
export function isFinished(json: unknown): boolean {
  return finished.has(json as object);
}

function isUsualScalar(value: unknown): boolean {
  return typeof value !== 'string' || USUAL.test(value);
}

/** One pass over a value. */
class Walk {
  public isFinished = true;

  public isUsual(value: object): boolean {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype) return this.isUsualMap(value as { readonly [key: string]: unknown });
    this.isFinished &&= prototype === Array.prototype;
    return Array.isArray(value) ? this.isUsualList(value) : this.isUsualMap(value as { readonly [key: string]: unknown });
  }

  private isUsualMap(map: { readonly [key: string]: unknown }): boolean {
    let last = '';
    for (const key of Object.keys(map)) {
      if (!USUAL.test(key) || !this.isUsualEntry(map[key])) return false;
      if (key < last || key === 'constructor' || key === '__proto__') this.isFinished = false;
      last = key;
    }
    return true;
  }

  private isUsualList(list: readonly unknown[]): boolean {
    for (let i = 0; i < list.length; i++) if (!this.isUsualEntry(list[i])) return false;
    return true;
  }

  private isUsualEntry(value: unknown): boolean {
    if (typeof value === 'string') return USUAL.test(value);
    if (typeof value === 'object' && value !== null) return this.isUsual(value);
    if (typeof value !== 'number' && typeof value !== 'boolean') this.isFinished = false;
    return true;
  }
}
