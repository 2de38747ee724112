import { EVERYWHERE } from '../../../constraints/eks/address-block';
import type { ParsedFile } from '../../file/parsed-file';

type Endpoint = Extract<ParsedFile['clusters'][string], { kind: 'eks' }>['endpoint'];

/** The address blocks that reach the public endpoint of a cluster. */
export function publicAddresses(endpoint: Endpoint | undefined): readonly string[] {
  return endpoint?.publicCidrs ?? (endpoint?.private ? [] : EVERYWHERE);
}
