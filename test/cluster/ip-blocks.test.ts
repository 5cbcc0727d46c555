import { IpBlocks, parseAddress } from '../../src/cluster/ip-blocks';

test.each([
  ['10.1.2.3', 0x0a010203n], ['0.0.0.0', 0n], ['::', 0n], ['::1', 1n], ['1::', 2n ** 112n], ['2001:db8::8:1', 0x20010db8000000000000000000080001n], ['::ffff:1.2.3.4', 0xffff01020304n],
  ['1:2:3:4:5:6:7:8', 0x00010002000300040005000600070008n],
])('%s is an address', (text, value) => {
  expect(parseAddress(text)).toEqual({ value, bits: text.includes(':') ? 128 : 32 });
});

test.each(['', '1.2.3', '1.2.3.256', '01.2.3.4', '1.2.3.4.5', '1::2::3', '1:2:3', '12345::', 'x::', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7::8', '::1.2.3'])('%j is not an address', (text) => {
  expect(parseAddress(text)).toBeUndefined();
});

test.each([
  ['10.0.0.0/8', '10.255.0.1', true], ['10.0.0.0/8', '11.0.0.1', false], ['10.1.2.3/8', '10.9.9.9', true], ['10.1.2.3', '10.1.2.3', true], ['10.1.2.3', '10.1.2.4', false],
  ['0.0.0.0/0', '1.2.3.4', true], ['0.0.0.0/0', '::1', false], ['::/0', '::1', true], ['127.0.0.2/31', '127.0.0.3', true], ['127.0.0.2/31', '127.0.0.1', false],
  ['10.0.0.0/33', '10.0.0.0', false], ['nonsense', '10.0.0.0', false],
])('%s includes %s: %s', (block, address, expected) => {
  expect(new IpBlocks([block]).includes(parseAddress(address)!)).toBe(expected);
});
