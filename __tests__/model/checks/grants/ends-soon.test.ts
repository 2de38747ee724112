import { endingWithin } from '../../../../model/derived/ending-soon';
import { accessWith, warningsWith } from '../../../access-files';

const grants = (expires: string) => [
  { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
  { group: 'eks-admins', role: 'view', clusters: '*', expires },
];

describe('ends-soon', () => {
  test.each(['2026-06-15', '2026-06-22'])('warns about a grant that ends on %s', (expires) => {
    expect(warningsWith('ends-soon', { grants: grants(expires) }, '2026-06-15')).toMatchObject([
      { path: 'grants[1].expires', message: 'The grant of view to eks-admins ends within 7 days.', given: expires },
    ]);
  });

  test.each(['2026-06-23', '2027-01-01'])('is silent about a grant that ends on %s', (expires) => {
    expect(warningsWith('ends-soon', { grants: grants(expires) }, '2026-06-15')).toEqual([]);
  });

  test('warns about break-glass access', () => {
    const breakGlass = { roleArn: 'arn:aws:iam::111122223333:role/on-call', expires: '2026-06-16', reason: 'outage' };
    const clusters = { prod: { kind: 'eks', region: 'eu-west-1', breakGlass } };

    expect(warningsWith('ends-soon', { clusters }, '2026-06-15')).toMatchObject([
      {
        path: 'clusters.prod.breakGlass.expires',
        message: 'The break-glass access to the cluster prod ends within 7 days.',
      },
    ]);
  });
});

test('what ends within 30 days is known', () => {
  const endings = (expires: string) => endingWithin(accessWith({ grants: grants(expires) }, '2026-06-15'), 30);

  expect(endings('2026-07-15')).toEqual([
    { path: 'grants[1].expires', expires: '2026-07-15', what: 'grant of view to eks-admins' },
  ]);
  expect(endings('2026-07-16')).toEqual([]);
});
