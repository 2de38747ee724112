import { problemsWith } from '../../../access-files';

const NAME = 'public-cidrs';
const EKS = { kind: 'eks', region: 'eu-west-1' };
const endpoint = (...publicCidrs: string[]) => ({ clusters: { prod: { ...EKS, endpoint: { publicCidrs } } } });

const found = (changes: Record<string, unknown>) => problemsWith(changes).filter((problem) => problem.check === NAME);

test.each<[changes: Record<string, unknown>, path: string, given: string, fix: string]>([
  [endpoint('203.0.113.7/24'), 'clusters.prod.endpoint.publicCidrs[0]', '203.0.113.7/24', 'Write 203.0.113.0/24'],
  [endpoint('198.51.100.0/24', '2001:db8::/32'), 'clusters.prod.endpoint.publicCidrs[1]', '2001:db8::/32', 'IPv4'],
])('%j is found at %s', (changes, path, given, fix) => {
  expect(found(changes)).toEqual([
    expect.objectContaining({ path, given: expect.stringContaining(given), fix: expect.stringContaining(fix) }),
  ]);
});

test.each<Record<string, unknown>>([
  endpoint('203.0.113.0/24', '198.51.100.7/32', '0.0.0.0/0'),
  { clusters: { prod: { ...EKS, endpoint: { private: true } } } },
])('is silent on %j', (changes) => {
  expect(found(changes)).toEqual([]);
});
