import { problemsWith } from '../../../access-files';

const NAME = 'other-partition';
const ROLE = 'arn:aws:iam::111122223333:role/deployer';
const KEY = 'arn:aws:kms:us-gov-west-1:111122223333:key/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f';
const prod = (settings: object) => ({ clusters: { prod: { kind: 'eks', region: 'cn-north-1', ...settings } } });

const found = (changes: Record<string, unknown>) => problemsWith(changes).filter((problem) => problem.check === NAME);

test.each<[changes: Record<string, unknown>, path: string, given: string, fix: string]>([
  [prod({ deployers: [ROLE] }), 'clusters.prod.deployers[0]', ROLE, 'aws-cn'],
  [prod({ account: { id: '111122223333', roleArn: ROLE } }), 'clusters.prod.account.roleArn', ROLE, 'aws-cn'],
  [
    prod({ breakGlass: { roleArn: ROLE, expires: '2026-12-01', reason: 'x' } }),
    'clusters.prod.breakGlass.roleArn',
    ROLE,
    'aws-cn',
  ],
  [
    prod({ alarms: { topicArn: 'arn:aws:sns:cn-north-1:111122223333:t' } }),
    'clusters.prod.alarms.topicArn',
    'sns',
    'aws-cn',
  ],
  [
    { backend: { s3: { bucket: 'states', region: 'us-gov-west-1', kmsKeyId: KEY } } },
    'backend.s3.kmsKeyId',
    'kms',
    'aws-us-gov',
  ],
])('%j is found at %s', (changes, path, given, fix) => {
  expect(found(changes)).toEqual([
    expect.objectContaining({ path, given: expect.stringContaining(given), fix: expect.stringContaining(fix) }),
  ]);
});

test.each<Record<string, unknown>>([
  prod({ deployers: ['arn:aws-cn:iam::111122223333:role/deployer'] }),
  { clusters: { prod: { kind: 'eks', region: 'eu-west-1', deployers: [ROLE] } } },
  { backend: { s3: { bucket: 'states', region: 'cn-north-1', kmsKeyId: KEY.split('/')[1] } } },
])('is silent on %j', (changes) => {
  expect(found(changes)).toEqual([]);
});
