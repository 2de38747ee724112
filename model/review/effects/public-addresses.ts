import { BlockList, isIPv6 } from 'node:net';
import type { ParsedFile } from '../../file/parsed-file';

type Endpoint = Extract<ParsedFile['clusters'][string], { kind: 'eks' }>['endpoint'];

const EVERYWHERE = ['0.0.0.0/0', '::/0'];

/** The address blocks that reach the public endpoint of a cluster. */
export function publicAddresses(endpoint: Endpoint | undefined): readonly string[] {
  return endpoint?.publicCidrs ?? (endpoint?.private ? [] : EVERYWHERE);
}

/** Whether each address of a block is in one of others. */
export function isReachedBy(block: string, others: readonly string[]): boolean {
  const [address = '', length] = block.split('/');
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  return others.some((other) => {
    const [network = '', otherLength] = other.split('/');
    if (isIPv6(network) !== (family === 'ipv6') || Number(otherLength) > Number(length)) return false;
    const known = new BlockList();
    known.addSubnet(network, Number(otherLength), family);
    return known.check(address, family);
  });
}
