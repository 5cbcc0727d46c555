/**
 * A share of requests, exact and reduced.
 *
 * @internal
 */
export class Fraction {
  /** No request. */
  public static readonly NONE = new Fraction(0n, 1n);
  /** All requests. */
  public static readonly ALL = new Fraction(1n, 1n);

  /** A part of a sum of integers, such as a weight of all weights. */
  public static of(part: number, whole: number): Fraction {
    return reduced(BigInt(part), BigInt(whole));
  }

  /** A percentage from 0 to 100, which Envoy compares in steps of 0.0001 %. */
  public static ofPercentage(percentage: number): Fraction {
    return reduced(BigInt(Math.min(Math.max(Math.floor(percentage * 10_000), 0), 1_000_000)), 1_000_000n);
  }

  /** Whether it is all requests. */
  public readonly isAll: boolean;

  constructor(public readonly numerator: bigint, public readonly denominator: bigint) {
    this.isAll = numerator === denominator;
  }

  /** Whether it is no request. */
  public get isNone(): boolean {
    return this.numerator === 0n;
  }

  /** This share of another one. */
  public times(other: Fraction): Fraction {
    if (other.isAll) return this;
    return this.isAll ? other : reduced(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  /** Both shares together. */
  public plus(other: Fraction): Fraction {
    if (other.isNone) return this;
    if (this.isNone) return other;
    return reduced(this.numerator * other.denominator + other.numerator * this.denominator, this.denominator * other.denominator);
  }

  /** What this share has more than another one, which is not larger. */
  public minus(other: Fraction): Fraction {
    return reduced(this.numerator * other.denominator - other.numerator * this.denominator, this.denominator * other.denominator);
  }

  /** All other requests. */
  public get rest(): Fraction {
    return new Fraction(this.denominator - this.numerator, this.denominator);
  }

  /** Whether both are the same share. */
  public equals({ numerator, denominator }: Fraction): boolean {
    return this.numerator === numerator && this.denominator === denominator;
  }

  /** Negative if this share is the smaller one, positive if it is the larger one. */
  public compare(other: Fraction): number {
    const difference = this.numerator * other.denominator - other.numerator * this.denominator;
    return difference === 0n ? 0 : difference < 0n ? -1 : 1;
  }

  /** The share in percent. */
  public get percentage(): number {
    return Number(this.numerator * 100_000_000n / this.denominator) / 1_000_000;
  }

  /** The share as `3/10`, for keys and JSON. */
  public toString(): string {
    return `${this.numerator}/${this.denominator}`;
  }
}

function reduced(numerator: bigint, denominator: bigint): Fraction {
  const divisor = greatestDivisor(numerator, denominator);
  return new Fraction(numerator / divisor, denominator / divisor);
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}
