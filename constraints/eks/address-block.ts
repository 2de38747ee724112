import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Every address, of IPv4 and of IPv6. */
export const EVERYWHERE: readonly string[] = ['0.0.0.0/0', '::/0'];

/** Whether a block has addresses of IPv6. */
export function isIpv6(block: string): boolean {
  return block.includes(':');
}

/** The block that contains an address block and starts where its network starts, such as `203.0.113.0/24`. */
export function networkOf(block: string): string {
  const [, length] = ipaddr.parseCIDR(block);
  const network = isIpv6(block) ? ipaddr.IPv6.networkAddressFromCIDR(block) : ipaddr.IPv4.networkAddressFromCIDR(block);
  return `${network}/${length}`;
}

/** Whether a block is written with the first address of its network, as AWS demands. */
export function isNetwork(block: string): boolean {
  const [address] = ipaddr.parseCIDR(block);
  return ipaddr.parseCIDR(networkOf(block))[0].toNormalizedString() === address.toNormalizedString();
}

/** What the addresses of a block are for, if not for the internet, such as `private`; undefined for internet addresses. */
export function specialUse(block: string): string | undefined {
  const [address, length] = ipaddr.parseCIDR(networkOf(block));
  return SPECIAL.find(({ blocks }) => blocks.some((special) => isWithin(address, length, special)))?.use;
}

/**
 * Blocks whose addresses no packet from the internet has. Blocks for documentation are not here.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/
 */
const SPECIAL: readonly { readonly use: string; readonly blocks: readonly string[] }[] = [
  { use: 'private', blocks: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'] },
  { use: 'shared by carriers', blocks: ['100.64.0.0/10'] },
  { use: 'of the machine itself', blocks: ['127.0.0.0/8', '::1/128'] },
  { use: 'of one link', blocks: ['169.254.0.0/16', 'fe80::/10'] },
  { use: 'reserved', blocks: ['224.0.0.0/3', 'ff00::/8'] },
];

function isWithin(address: Address, length: number, block: string): boolean {
  const [network, networkLength] = ipaddr.parseCIDR(block);
  return (
    network.kind() === address.kind() && length >= networkLength && address.match([network as never, networkLength])
  );
}

/** Whether each address of a block is in others, which may cover it together, such as `0.0.0.0/1` and `128.0.0.0/1`. */
export function isCovered(block: string, others: readonly string[]): boolean {
  const [address, length] = ipaddr.parseCIDR(networkOf(block));
  if (others.some((other) => isWithin(address, length, networkOf(other)))) return true;
  // Without a smaller block inside, no half of this one is covered.
  const isDivided = others.some((other) => {
    const [network, otherLength] = ipaddr.parseCIDR(networkOf(other));
    return otherLength > length && isWithin(network, otherLength, block);
  });
  return isDivided && halves(address, length).every((half) => isCovered(half, others));
}

function halves(address: Address, length: number): readonly string[] {
  const bytes = address.toByteArray();
  const upper = bytes.map((byte, index) => (index === length >> 3 ? byte | (0x80 >> (length & 7)) : byte));
  return [bytes, upper].map((half) => `${ipaddr.fromByteArray(half)}/${length + 1}`);
}
