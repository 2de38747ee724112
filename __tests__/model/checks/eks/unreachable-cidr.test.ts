import { warningsWith } from '../../../access-files';

const NAME = 'unreachable-cidr';
const EKS = { kind: 'eks', region: 'eu-west-1' };
const endpoint = (...publicCidrs: string[]) => ({ clusters: { prod: { ...EKS, endpoint: { publicCidrs } } } });

const found = (changes: Record<string, unknown>) => warningsWith(NAME, changes);

test.each<[changes: Record<string, unknown>, path: string, given: string, fix: string]>([
  [endpoint('10.2.0.0/16'), 'clusters.prod.endpoint.publicCidrs[0]', '10.2.0.0/16', 'private: true'],
  [endpoint('203.0.113.0/24', '100.64.0.0/10'), 'clusters.prod.endpoint.publicCidrs[1]', '100.64', 'public addresses'],
])('%j is found at %s', (changes, path, given, fix) => {
  expect(found(changes)).toEqual([
    expect.objectContaining({ path, given: expect.stringContaining(given), fix: expect.stringContaining(fix) }),
  ]);
});

test.each<Record<string, unknown>>([
  endpoint('203.0.113.0/24', '0.0.0.0/0'),
  { clusters: { prod: { ...EKS, endpoint: { private: true } } } },
])('is silent on %j', (changes) => {
  expect(found(changes)).toEqual([]);
});
