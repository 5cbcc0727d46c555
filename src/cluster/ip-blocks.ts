/**
 * An IP address as a number, with its number of bits: 32 or 128.
 *
 * @internal
 */
export interface IpAddress {
  readonly value: bigint;
  readonly bits: 32 | 128;
}

/**
 * Reads an address; undefined if it is not a valid one.
 *
 * @internal
 */
export function parseAddress(text: string): IpAddress | undefined {
  const value = text.includes(':') ? parseIpv6(text) : parseIpv4(text);
  return value === undefined ? undefined : { value, bits: text.includes(':') ? 128 : 32 };
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

const GROUPS = 8;

function parseIpv6(text: string): bigint | undefined {
  const [head, tail, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const [before, after] = [groupsOf(head), groupsOf(tail ?? '')];
  if (before === undefined || after === undefined) return undefined;
  const missing = GROUPS - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  return [...before, ...Array<bigint>(missing).fill(0n), ...after].reduce((sum, group) => sum * 65_536n + group, 0n);
}

/** Groups of 16 bits, of which the last two may be an IPv4 address. */
function groupsOf(text: string): bigint[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const groups = parts.map((part, i): bigint[] | undefined => {
    if (/^[\da-fA-F]{1,4}$/.test(part)) return [BigInt(`0x${part}`)];
    const ipv4 = i === parts.length - 1 ? parseIpv4(part) : undefined;
    return ipv4 === undefined ? undefined : [ipv4 / 65_536n, ipv4 % 65_536n];
  });
  return groups.includes(undefined) ? undefined : groups.flat() as bigint[];
}

/**
 * Blocks of addresses, such as `10.0.0.0/8`, and single addresses.
 *
 * @internal
 */
export class IpBlocks {
  private readonly byLength = new Map<string, Set<bigint>>();

  /** Invalid blocks are left out. */
  constructor(blocks: readonly string[]) {
    for (const block of blocks) {
      const [text, length] = block.split('/');
      const address = parseAddress(text);
      if (address === undefined) continue;
      const prefix = length === undefined ? address.bits : Number(length);
      if (!(prefix >= 0 && prefix <= address.bits)) continue;
      const key = `${address.bits} ${prefix}`;
      this.byLength.set(key, (this.byLength.get(key) ?? new Set()).add(networkOf(address, prefix)));
    }
  }

  /** Whether an address is in one of the blocks. */
  public includes(address: IpAddress): boolean {
    return [...this.byLength].some(([key, networks]) => {
      const [bits, prefix] = key.split(' ').map(Number);
      return bits === address.bits && networks.has(networkOf(address, prefix));
    });
  }
}

function networkOf({ value, bits }: IpAddress, prefix: number): bigint {
  return value / 2n ** BigInt(bits - prefix);
}
