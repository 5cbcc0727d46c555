import { isComment, Part, partsOf } from './parts';
import { Positions } from './positions';
import { computeIfAbsent } from '../../plan/groups';
import { FieldPath } from '../json';
import { Position } from '../origin';

/**
 * The positions of the fields of documents. Only the documents that are asked for are read once more.
 *
 * @internal
 */
export class DocumentPositions {
  private readonly read = new Map<Part, Positions>();
  private parts?: readonly Part[];

  /**
   * Positions in a text that is known to be valid.
   *
   * @param text The text.
   * @param count Number of its documents.
   */
  constructor(private readonly text: string, private readonly count: number) {}

  /** The position of a field, or that of the closest field around it. */
  public find(document: number, field: FieldPath): Position | undefined {
    this.parts ??= this.split();
    const isSplit = this.parts.length > 1;
    const part = this.parts[isSplit ? document : 0];
    const position = computeIfAbsent(this.read, part, () => new Positions(part.text)).find(isSplit ? 0 : document, field);
    return position === undefined ? undefined : { ...position, line: position.line + part.line };
  }

  /** The text of each document, or the whole text if documents are not separated in the usual way. */
  private split(): readonly Part[] {
    const parts = partsOf(this.text).filter((part) => !isComment(part));
    return parts.length === this.count && !/^\.\.\./m.test(this.text) ? parts : [{ text: this.text, line: 0 }];
  }
}
