import { Position } from '../origin';

/**
 * A text, or a part of one, whose characters have positions in a file.
 *
 * @internal
 */
export class SourceText {
  private starts?: readonly number[];

  /**
   * A text of a file.
   *
   * @param text The text.
   * @param before Where it starts in the file.
   * @param inserted Numbers of characters that were inserted at the start of lines, by the number of the line in the text, from 0.
   */
  constructor(
    public readonly text: string,
    private readonly before: Position = { line: 1, column: 1 },
    private readonly inserted: ReadonlyMap<number, number> = new Map(),
  ) {}

  /** The position of a character in the file. */
  public positionOf(offset: number): Position {
    const starts = this.starts ??= startsOf(this.text);
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (starts[middle] <= offset) low = middle;
      else high = middle;
    }
    return this.position(low, offset - starts[low]);
  }

  /** The position in the file of a line and a column of this text, both from 0. */
  public position(line: number, column: number): Position {
    const moved = Math.max(0, column - (this.inserted.get(line) ?? 0));
    return { line: this.before.line + line, column: (line === 0 ? this.before.column : 1) + moved };
  }

  /** A part of this text, which must not have inserted characters. */
  public part(start: number, end: number): SourceText {
    return new SourceText(this.text.slice(start, end), this.positionOf(start));
  }

  /** The offset of a position in the file, which must be in this text. */
  public offsetOf({ line, column }: Position): number {
    const starts = this.starts ??= startsOf(this.text);
    const row = line - this.before.line;
    return starts[row] + column - (row === 0 ? this.before.column : 1) + (this.inserted.get(row) ?? 0);
  }

  /** This text with spaces instead of some of its characters. */
  public blanked(start: number, end: number): SourceText {
    return new SourceText(this.text.slice(0, start) + ' '.repeat(end - start) + this.text.slice(end), this.before, this.inserted);
  }

  /** This text with spaces at the start of lines, which positions do not count. */
  public indented(inserted: ReadonlyMap<number, number>): SourceText {
    const lines = this.text.split('\n').map((line, i) => ' '.repeat(inserted.get(i) ?? 0) + line);
    return new SourceText(lines.join('\n'), this.before, inserted);
  }
}

/** Offsets of the lines of a text. */
function startsOf(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}
