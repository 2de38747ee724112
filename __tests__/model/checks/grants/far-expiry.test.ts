import { warningsWith } from '../../../access-files';

const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*' };

const fileUntil = (expires: string, kind = 'eks') => ({
  clusters: {
    prod: {
      kind,
      region: 'eu-west-1',
      breakGlass: { roleArn: 'arn:aws:iam::111122223333:role/on-call', expires, reason: 'x' },
    },
  },
  grants: [ADMINS, { group: 'eks-admins', role: 'view', clusters: '*', expires }],
});

const warning = (path: string) => ({
  path,
  check: 'far-expiry',
  message: 'This expires more than a year after 2026-06-15.',
  given: '2027-06-16',
  allowed: '2027-06-15 or earlier',
  fix: 'Set an earlier day, and renew it when that day comes.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
});

describe('far-expiry', () => {
  test.each(['eks', 'existing-eks'])(
    'warns about what expires a year and a day from now, on a cluster of kind %s',
    (kind) => {
      expect(warningsWith('far-expiry', fileUntil('2027-06-16', kind))).toEqual([
        warning('grants[1].expires'),
        warning('clusters.prod.breakGlass.expires'),
      ]);
    },
  );

  test.each(['2027-06-15', '2026-06-15', '2020-01-01'])('is silent on what expires on %s', (expires) => {
    expect(warningsWith('far-expiry', fileUntil(expires))).toEqual([]);
  });

  test('warns about acceptances of grants and roles that end in more than a year', () => {
    const accept = { 'read-secrets': { reason: 'x', expires: '2027-06-16' }, 'pod-exec': 'x' };

    const warnings = warningsWith('far-expiry', {
      roles: { reader: { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }], accept } },
      grants: [{ ...ADMINS, accept }],
    });

    expect(warnings).toEqual([
      warning('grants[0].accept.read-secrets.expires'),
      warning('roles.reader.accept.read-secrets.expires'),
    ]);
  });

  test('is silent on a grant that does not expire', () => {
    expect(warningsWith('far-expiry', { grants: [ADMINS] })).toEqual([]);
  });
});
