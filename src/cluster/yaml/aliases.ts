import { Event, EVENT_ID } from 'js-yaml';
import { OffsetProblem } from './offset-problem';

const { ALIAS, DOCUMENT, POP, SCALAR } = EVENT_ID;

interface Anchor {
  /** Number of values in it, those of aliases included. */
  size: number;
  /** Whether its value has not ended yet. */
  isOpen: boolean;
}

/** kubectl accepts a small document whatever its aliases. */
const SMALL = { values: 1000, copies: 100 };

/** The largest number that sums of sizes are kept below. */
const MANY = 1e12;

/**
 * The first alias that kubectl rejects: one inside its own value, or one of so many that the document is mostly copies. Without this check, a few
 * lines could fill the memory, or keep a rule running forever.
 *
 * @internal
 */
export function rejectedAlias(events: readonly Event[], text: string): OffsetProblem | undefined {
  if (!events.some(({ type }) => type === ALIAS)) return undefined;
  let anchors = new Map<string, Anchor>();
  let open: Anchor[] = [];
  let written = 0;
  for (const event of events) {
    if (event.type === DOCUMENT) {
      [anchors, open, written] = [new Map(), [{ size: 0, isOpen: true }], 0];
    } else if (event.type === POP) {
      const { size } = close(open.pop()!);
      if (open.length > 0) grow(open, size);
    } else if (event.type === ALIAS) {
      const name = text.slice(event.anchorStart, event.anchorEnd);
      const anchor = anchors.get(name);
      if (anchor?.isOpen === true) return { offset: event.anchorStart - 1, message: `the alias "${name}" is inside the value that it stands for` };
      written += 1;
      grow(open, 1 + (anchor?.size ?? 0));
      if (isExcessive(open.reduce((sum, { size }) => sum + size, 0), written)) {
        return { offset: event.anchorStart - 1, message: 'too many values of the document are copies made by aliases' };
      }
    } else {
      const isScalar = event.type === SCALAR;
      const anchor = { size: 1, isOpen: !isScalar };
      written += 1;
      if (event.anchorStart >= 0) anchors.set(text.slice(event.anchorStart, event.anchorEnd), anchor);
      if (isScalar) grow(open, 1);
      else open.push(anchor);
    }
  }
  return undefined;
}

function close(anchor: Anchor): Anchor {
  anchor.isOpen = false;
  return anchor;
}

function grow(open: readonly Anchor[], size: number): void {
  const last = open[open.length - 1];
  last.size = Math.min(MANY, last.size + size);
}

/** The limit of kubectl's reader: 99 % of a document with up to 400,000 values may be copies, and 10 % of one with 4 million or more. */
function isExcessive(values: number, written: number): boolean {
  const copies = values - written;
  if (copies <= SMALL.copies || values <= SMALL.values) return false;
  const excess = Math.min(1, Math.max(0, (values - 400_000) / 3_600_000));
  return copies / values > 0.99 - 0.89 * excess;
}
