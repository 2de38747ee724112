import { isCovered, isNetwork, networkOf, specialUse } from '../../../constraints/eks/address-block';

test.each([
  ['203.0.113.7/24', '203.0.113.0/24'],
  ['203.0.113.7/32', '203.0.113.7/32'],
  ['10.255.0.0/9', '10.128.0.0/9'],
  ['2001:db8::1/32', '2001:db8::/32'],
])('the network of %s is %s', (block, network) => {
  expect(networkOf(block)).toBe(network);
  expect(isNetwork(network)).toBe(true);
  expect(isNetwork(block)).toBe(block === network);
});

test.each([
  ['10.2.0.0/16', 'private'],
  ['172.31.0.0/16', 'private'],
  ['192.168.1.0/24', 'private'],
  ['100.64.0.0/10', 'shared by carriers'],
  ['127.0.0.1/32', 'of the machine itself'],
  ['169.254.0.0/16', 'of one link'],
  ['240.0.0.0/4', 'reserved'],
  ['203.0.113.0/24', undefined],
  ['172.32.0.0/16', undefined],
  // Most of its addresses are of the internet.
  ['0.0.0.0/0', undefined],
])('the addresses of %s are %s', (block, use) => {
  expect(specialUse(block)).toBe(use);
});

test.each([
  ['0.0.0.0/0', ['0.0.0.0/1', '128.0.0.0/1'], true],
  ['0.0.0.0/0', ['0.0.0.0/1', '128.0.0.0/2'], false],
  ['0.0.0.0/0', ['64.0.0.0/2', '0.0.0.0/2', '192.0.0.0/2', '128.0.0.0/2'], true],
  ['::/0', ['::/1', '8000::/1'], true],
  ['::/0', ['0.0.0.0/0'], false],
  ['203.0.113.0/24', ['203.0.113.0/25', '203.0.113.128/25'], true],
  ['203.0.113.0/24', ['203.0.113.0/25', '203.0.113.128/26'], false],
  ['203.0.113.0/24', ['203.0.0.0/16'], true],
  ['203.0.0.0/16', ['203.0.113.0/24'], false],
])('%s in %j: %s', (block, others, expected) => {
  expect(isCovered(block, others)).toBe(expected);
});
