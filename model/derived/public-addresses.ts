import type { ParsedFile } from '../file/parsed-file';

type Endpoint = Extract<ParsedFile['clusters'][string], { kind: 'eks' }>['endpoint'];

/** What EKS opens a public endpoint for if nobody says so: every address of IPv4, which the clusters of the file have. */
const BY_DEFAULT = ['0.0.0.0/0'];

/** The address blocks that reach the public endpoint of a cluster. */
export function publicAddresses(endpoint: Endpoint | undefined): readonly string[] {
  return endpoint?.publicCidrs ?? (endpoint?.private ? [] : BY_DEFAULT);
}
