import { warningsWith } from '../../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };
const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*' };

const grantUntil = (expires: string) => ({
  grants: [ADMINS, { group: 'eks-admins', role: 'view', clusters: '*', expires }],
});
const breakGlassUntil = (expires: string) => ({
  clusters: {
    prod: { ...EKS, breakGlass: { roleArn: 'arn:aws:iam::111122223333:role/on-call', expires, reason: 'x' } },
  },
});

const warning = (path: string, what: string, given = '2026-06-14', day = '2026-06-15') => ({
  path,
  check: 'expired',
  message: `The ${what} expired on ${given}, so it is not deployed.`,
  given,
  allowed: `${day} or later`,
  fix: 'Remove it, or set a later day.',
  source: 'https://reproducible-builds.org/docs/source-date-epoch/',
});

describe('expired', () => {
  test('warns about a grant the day after its last day', () => {
    expect(warningsWith('expired', grantUntil('2026-06-14'))).toEqual([
      warning('grants[1].expires', 'grant of view to eks-admins'),
    ]);
  });

  test('escapes characters in a group name that would reverse the line', () => {
    const group = 'eks-\u202Eops';

    const warnings = warningsWith('expired', {
      groups: { 'eks-admins': {}, [group]: {} },
      grants: [ADMINS, { group, role: 'view', clusters: '*', expires: '2026-06-14' }],
    });

    expect(warnings).toEqual([warning('grants[1].expires', 'grant of view to eks-\\u202eops')]);
  });

  test('warns about break-glass access the day after its last day', () => {
    expect(warningsWith('expired', breakGlassUntil('2026-06-14'))).toEqual([
      warning('clusters.prod.breakGlass.expires', 'break-glass access to the cluster prod'),
    ]);
  });

  const SECRETS = { 'read-secrets': { reason: 'x', expires: '2026-06-14' }, 'pod-exec': 'x' };

  test('warns about the acceptance of a grant the day after its last day, after which it accepts nothing', () => {
    const file = { grants: [ADMINS, { group: 'eks-admins', role: 'secret-reader', clusters: '*', accept: SECRETS }] };

    expect(warningsWith('expired', file)).toEqual([
      {
        ...warning('grants[1].accept.read-secrets.expires', ''),
        message: 'The acceptance of read-secrets expired on 2026-06-14, so it accepts nothing.',
      },
    ]);
    expect(warningsWith('expired', file, '2026-06-14')).toEqual([]);
    expect(warningsWith('sensitive-grant', file).map(({ path, given }) => [path, given])).toContainEqual([
      'grants[1]',
      'read-secrets',
    ]);
    expect(warningsWith('sensitive-grant', file, '2026-06-14').map(({ path }) => path)).not.toContain('grants[1]');
  });

  test('warns about the acceptance of a role, at its place', () => {
    const rules = [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }];
    const roles = { reader: { rules, accept: SECRETS } };

    expect(warningsWith('expired', { roles }).map(({ path }) => path)).toEqual([
      'roles.reader.accept.read-secrets.expires',
    ]);
  });

  test('uses the given day', () => {
    expect(warningsWith('expired', grantUntil('2026-06-15'), '2026-06-16')).toEqual([
      warning('grants[1].expires', 'grant of view to eks-admins', '2026-06-15', '2026-06-16'),
    ]);
  });

  test.each(['2026-06-15', '2026-06-16'])(
    'is silent on what expires on %s, which is still in force that day',
    (expires) => {
      expect(warningsWith('expired', grantUntil(expires))).toEqual([]);
      expect(warningsWith('expired', breakGlassUntil(expires))).toEqual([]);
    },
  );
});
