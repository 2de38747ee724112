import { warningsWith } from '../../../access-files';

const NAME = 'unknown-region';

const found = (changes: Record<string, unknown>) => warningsWith(NAME, changes);

test.each<[changes: Record<string, unknown>, path: string, given: string, fix: string]>([
  [{ clusters: { prod: { kind: 'eks', region: 'eu-wets-1' } } }, 'clusters.prod.region', 'eu-wets-1', "'eu-west-1'"],
  [{ backend: { s3: { bucket: 'states', region: 'us-esat-1' } } }, 'backend.s3.region', 'us-esat-1', "'us-east-1'"],
  [
    { clusters: { prod: { kind: 'eks', region: 'zz-nowhere-77' } } },
    'clusters.prod.region',
    'zz-nowhere-77',
    'Correct',
  ],
])('%j is found at %s', (changes, path, given, fix) => {
  expect(found(changes)).toEqual([
    expect.objectContaining({ path, given: expect.stringContaining(given), fix: expect.stringContaining(fix) }),
  ]);
});

test.each<Record<string, unknown>>([
  {
    clusters: {
      prod: { kind: 'eks', region: 'cn-northwest-1' },
      gov: { kind: 'existing-eks', region: 'us-gov-west-1' },
    },
  },
])('is silent on %j', (changes) => {
  expect(found(changes)).toEqual([]);
});
