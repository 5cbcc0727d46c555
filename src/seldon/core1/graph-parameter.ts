import { invalid, show } from '../../plan/checks/errors';
import { checkText } from '../../plan/checks/type-checks';

/**
 * A parameter of a node of a graph, with its type. The manifest has every value as a string.
 */
export class GraphParameter {
  /**
   * Creates a parameter that is a whole number.
   *
   * @param name Name that the node reads.
   * @param value The number.
   * @throws an error when the name is empty or the number is not whole.
   */
  public static int(name: string, value: number): GraphParameter {
    if (!Number.isSafeInteger(value)) throw invalid('GraphParameter.int', `value ${show(value)} of ${show(name)}`, 'expected a whole number');
    return new GraphParameter(name, 'INT', String(value));
  }

  /**
   * Creates a parameter that is a number of single precision.
   *
   * @param name Name that the node reads.
   * @param value The number.
   * @throws an error when the name is empty or the number is not finite.
   */
  public static float(name: string, value: number): GraphParameter {
    return new GraphParameter(name, 'FLOAT', finite('GraphParameter.float', name, value));
  }

  /**
   * Creates a parameter that is a number of double precision.
   *
   * @param name Name that the node reads.
   * @param value The number.
   * @throws an error when the name is empty or the number is not finite.
   */
  public static double(name: string, value: number): GraphParameter {
    return new GraphParameter(name, 'DOUBLE', finite('GraphParameter.double', name, value));
  }

  /**
   * Creates a parameter that is a string.
   *
   * @param name Name that the node reads.
   * @param value The string, which may be empty.
   * @throws an error when the name is empty or the value is not a string.
   */
  public static string(name: string, value: string): GraphParameter {
    checkText('GraphParameter.string', `value of ${show(name)}`, value);
    return new GraphParameter(name, 'STRING', value);
  }

  /**
   * Creates a parameter that is true or false.
   *
   * @param name Name that the node reads.
   * @param value True or false.
   * @throws an error when the name is empty or the value is neither true nor false.
   */
  public static bool(name: string, value: boolean): GraphParameter {
    if (typeof value !== 'boolean') throw invalid('GraphParameter.bool', `value ${show(value)} of ${show(name)}`, 'expected true or false');
    return new GraphParameter(name, 'BOOL', String(value));
  }

  /** Name that the node reads. */
  public readonly name: string;

  /** Type in the manifest: `INT`, `FLOAT`, `DOUBLE`, `STRING` or `BOOL`. */
  public readonly type: string;

  /** Value, as a string. */
  public readonly value: string;

  private constructor(name: string, type: string, value: string) {
    checkText('GraphParameter', 'name of a parameter', name);
    if (name === '') throw invalid('GraphParameter', 'a parameter without a name', 'set the name that the node reads');
    this.name = name;
    this.type = type;
    this.value = value;
  }
}

function finite(at: string, name: string, value: number): string {
  if (!Number.isFinite(value)) throw invalid(at, `value ${show(value)} of ${show(name)}`, 'expected a finite number');
  return String(value);
}
