import { problemsWith } from '../../../access-files';

const NAME = 'state-names';
const s3 = (settings: object) => ({ backend: { s3: { bucket: 'states', region: 'eu-west-1', ...settings } } });
const cloud = (settings: object) => ({ backend: { cloud: { organization: 'example', ...settings } } });

const found = (changes: Record<string, unknown>) => problemsWith(changes).filter((problem) => problem.check === NAME);

test.each<[changes: Record<string, unknown>, path: string, given: string, fix: string]>([
  [s3({ keyPrefix: '/eks//' }), 'backend.s3.keyPrefix', '/eks//', "'eks'"],
  [s3({ keyPrefix: 'a//b' }), 'backend.s3.keyPrefix', 'a//b', "'a/b'"],
  [s3({ keyPrefix: '../b' }), 'backend.s3.keyPrefix', '../b', "'b'"],
  [s3({ bucket: 'My_Bucket' }), 'backend.s3.bucket', 'My_Bucket', 's3://'],
  [s3({ bucket: 's3://states' }), 'backend.s3.bucket', 's3://states', 's3://'],
  [s3({ bucket: '192.168.1.1' }), 'backend.s3.bucket', '192.168.1.1', 's3://'],
  [s3({ bucket: 'ab' }), 'backend.s3.bucket', 'ab', 's3://'],
  [cloud({ organization: 'My Org' }), 'backend.cloud.organization', 'My Org', 'address of its page'],
  [cloud({ workspacePrefix: 'eks/' }), 'backend.cloud.workspacePrefix', 'eks/', 'Shorten'],
  [cloud({ workspacePrefix: 'a'.repeat(79) }), 'backend.cloud.workspacePrefix', 'before cluster-prod', 'Shorten'],
])('%j is found at %s', (changes, path, given, fix) => {
  expect(found(changes)).toEqual([
    expect.objectContaining({ path, given: expect.stringContaining(given), fix: expect.stringContaining(fix) }),
  ]);
});

test.each<Record<string, unknown>>([
  s3({}),
  s3({ keyPrefix: '' }),
  s3({ keyPrefix: 'teams/eks.access' }),
  s3({ bucket: 'states.example.com' }),
  cloud({ workspacePrefix: '' }),
  cloud({ workspacePrefix: 'a'.repeat(78) }),
])('is silent on %j', (changes) => {
  expect(found(changes)).toEqual([]);
});
