import { FAILSAFE_SCHEMA, loadAll, YAMLException } from 'js-yaml';
import { FieldPath } from '../cluster/json';
import { Position } from '../cluster/origin';
import { Positions } from '../cluster/yaml/positions';
import { SourceText } from '../cluster/yaml/source-text';

/**
 * A YAML document in which each scalar is a string, as written: `1.20` keeps its zero.
 *
 * @internal
 */
export interface PlainDocument {
  /** The content; an empty object if there is none. */
  readonly content: unknown;
  /** Finds the position of a field by its name, or that of an entry of a list. That of the closest field around it if there is none. */
  position(field: FieldPath): Position;
}

/**
 * What is wrong with a text that is not one YAML document, and where.
 *
 * @internal
 */
export interface SyntaxProblem extends Position {
  /** What is wrong. */
  readonly message: string;
}

const START: Position = { line: 1, column: 1 };
const MAX_ALIASES = 1000;

/**
 * Reads one YAML document.
 *
 * @internal
 */
export function readPlainDocument(text: string): PlainDocument | SyntaxProblem {
  // Offsets are those of the text without the mark of its byte order.
  const source = text.replace(/^\ufeff/, '');
  try {
    const documents = loadAll(source, { schema: FAILSAFE_SCHEMA, maxAliases: MAX_ALIASES });
    if (documents.length > 1) return { ...START, message: 'it must hold one document' };
    const isEmpty = documents.length === 0 || documents[0] === '';
    const find = (field: FieldPath) => new Positions(new SourceText(source)).find(field) ?? START;
    return { content: isEmpty ? {} : documents[0], position: (field) => (isEmpty ? START : find(field)) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { line = 0, column = 0 } = error.mark ?? {};
    return { line: line + 1, column: column + 1, message: error.reason };
  }
}
