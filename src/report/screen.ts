/**
 * An entry of a block, such as a finding.
 *
 * @internal
 */
export interface Item {
  /** Its first lines, which are understood without the others. */
  readonly brief: readonly string[];
  /** All its lines, which begin with the brief ones. */
  readonly full: readonly string[];
}

/**
 * A heading with entries.
 *
 * @internal
 */
export interface Block {
  /** Lines of its heading. */
  readonly heading: readonly string[];
  /** The number of its entries. */
  readonly size: number;
  /** Makes an entry. Only those that are shown are made. */
  item(index: number): Item;
}

/**
 * The part of some blocks that is shown.
 *
 * @internal
 */
export interface Excerpt {
  /** The lines that are shown. */
  readonly lines: readonly string[];
  /** Number of entries shown. */
  readonly items: number;
  /** Number of blocks shown. */
  readonly blocks: number;
}

/**
 * All lines of blocks, with an empty line after each block.
 *
 * @internal
 */
export function everything(blocks: readonly Block[]): Excerpt {
  const lines = blocks.flatMap(({ heading, size, item }) => [
    ...heading, ...Array.from({ length: size }, (_, index) => item(index).full).flat(), '',
  ]);
  return { lines, items: blocks.reduce((sum, { size }) => sum + size, 0), blocks: blocks.length };
}

/**
 * As much of blocks as a number of lines can hold: first the heading of each block, then an example for each, then the rest of these examples, then
 * more examples of each block in turn.
 *
 * @internal
 */
export function excerpt(blocks: readonly Block[], rows: number): Excerpt {
  // An empty line is last.
  let free = rows - 1;
  const spend = (lines: number): boolean => {
    if (lines > free) return false;
    free -= lines;
    return true;
  };
  const shown = blocks.filter(({ heading }) => spend(heading.length)).map((block) => ({ block, lines: [] as string[], items: 0, full: false }));
  for (const entry of shown) {
    const { brief } = entry.block.item(0);
    // An empty line follows.
    if (!spend(brief.length + 1)) continue;
    entry.lines.push(...brief);
    entry.items = 1;
  }
  for (const entry of shown) {
    if (entry.items === 0) continue;
    const { brief, full } = entry.block.item(0);
    const rest = full.slice(brief.length);
    entry.full = spend(rest.length);
    if (entry.full) entry.lines.push(...rest);
  }
  let growing = shown.filter(({ full }) => full);
  while (growing.length > 0) {
    growing = growing.filter((entry) => {
      if (entry.items === entry.block.size) return false;
      const { full } = entry.block.item(entry.items);
      if (!spend(full.length)) return false;
      entry.lines.push(...full);
      entry.items += 1;
      return true;
    });
  }
  const lines = shown.flatMap((entry) => [...entry.block.heading, ...entry.lines, ...entry.items === 0 ? [] : ['']]);
  return {
    lines: lines[lines.length - 1] === '' ? lines : [...lines, ''],
    items: shown.reduce((sum, { items }) => sum + items, 0),
    blocks: shown.length,
  };
}
