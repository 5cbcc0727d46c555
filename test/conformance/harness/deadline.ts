/** Waits a moment; only for use between two looks at something that changes by itself. */
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Looks again and again until `look` gives something, and fails with a description if it never does.
 *
 * A `look` that throws is asked again too: its last error becomes part of the message.
 */
export async function until<T>(what: string, look: () => Promise<T | undefined> | T | undefined, seconds = 120): Promise<T> {
  const end = Date.now() + seconds * 1000;
  let last: unknown = 'nothing was there';
  for (let wait = 5; ; wait = Math.min(wait * 1.5, 100)) {
    try {
      const found = await look();
      if (found !== undefined) {
        return found;
      }
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) {
      throw new Error(`${what}: not within ${seconds} s (${last instanceof Error ? last.message : last})`);
    }
    await pause(wait);
  }
}
