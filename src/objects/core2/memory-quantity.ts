/**
 * Maximum number of digits with which Kubernetes keeps a whole number of a unit as an integer. Seldon's operator needs an integer and
 * rejects a model with another form, such as `1.5Gi` or `1Pi`.
 */
const INTEGER_DIGITS: { readonly [unit: string]: number } = { Ki: 11, Mi: 8, Gi: 5, Ti: 2 };

const EXPONENTS: { readonly [unit: string]: number } = { '': 0, 'k': 3, 'M': 6, 'G': 9, 'T': 12, 'P': 15, 'E': 18 };

/** Maximum number of digits of a decimal quantity that Kubernetes keeps as an integer. */
const DECIMAL_DIGITS = 18;
const MAX_INT64 = 2n ** 63n - 1n;

/**
 * Whether Seldon's operator can convert a quantity to bytes.
 *
 * @internal
 */
export function isWholeBytes(quantity: string): boolean {
  const [, sign = '', whole = '', fraction = '', unit = ''] = /^([+-]?)(\d*)(?:\.(\d*))?([KMGTPE]i|[kMGTPE]|[eE][+-]?\d+)?$/.exec(quantity) ?? [];
  if (sign === '-' || whole + fraction === '') return false;
  const digits = whole.replace(/^0+(?=\d)/, '');
  if (unit.endsWith('i')) return fraction === '' && digits.length <= (INTEGER_DIGITS[unit] ?? 0);
  if (digits.length + fraction.length > DECIMAL_DIGITS) return false;
  const scale = (/^[eE]./.test(unit) ? Number(unit.slice(1)) : EXPONENTS[unit]) - fraction.length;
  return scale >= 0 && scale <= DECIMAL_DIGITS && BigInt(digits + fraction) * 10n ** BigInt(scale) <= MAX_INT64;
}
