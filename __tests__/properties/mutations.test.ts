import fc from 'fast-check';
import { AccessError, readAccess } from '../../model';
import { DAY } from '../day';
import { type AnyFile, validFile } from './random-files';

/** Ways in which one value makes a valid file wrong, by the check that finds it. */
const MUTATIONS: Readonly<Record<string, readonly ((file: AnyFile) => object)[]>> = {
  'role-rules': [
    withRule({ apiGroups: [''], resources: ['deployments'], verbs: ['get'] }),
    withRule({ apiGroups: ['apps/v1'], resources: ['deployments'], verbs: ['get'] }),
    withRule({ apiGroups: [''], resources: ['pods/*'], verbs: ['get'] }),
    withRule({ apiGroups: [''], resources: ['Pod'], verbs: ['get'] }),
    withRule({ apiGroups: [''], resources: ['pods'], verbs: ['exec'] }),
    withRule({ apiGroups: [''], resources: ['configmaps'], resourceNames: ['app-*'], verbs: ['get'] }),
  ],
  'doubtful-role-rules': [
    withRule({ apiGroups: ['extensions'], resources: ['ingresses'], verbs: ['get'] }),
    withRule({ apiGroups: [''], resources: ['secrets'], resourceNames: ['db'], verbs: ['get', 'create'] }),
  ],
  'group-rules': [
    withGroup({ rule: 'user.department = "Eng"' }),
    withGroup({ rule: 'user.department == "Eng" AND' }),
    withGroup({ rule: 'appuser.role == "x"' }),
  ],
  'existing-members': [withGroup({ existing: true, logins: [] })],
  'token-claims': [
    (file) => ({ ...file, groupsClaim: { name: 'email' } }),
    (file) => ({ ...file, identityProvider: { usernameClaim: 'upn' } }),
    (file) => ({ ...file, identityProvider: { requiredClaims: { iss: 'x' } } }),
  ],
  'everyone-group': [(file) => ({ ...file, groups: { ...file.groups, Everyone: {} } })],
  'organization-host': [
    (file) => ({ ...file, okta: { orgName: 'dev-1-admin' } }),
    (file) => ({ ...file, okta: { orgName: 'acme', baseUrl: 'acme.okta.com' } }),
  ],
  'state-names': [
    (file) => ({ ...file, backend: { s3: { bucket: 'states', region: 'eu-west-1', keyPrefix: '/eks' } } }),
    (file) => ({ ...file, backend: { cloud: { organization: 'my org' } } }),
  ],
  'public-cidrs': [withCluster({ endpoint: { publicCidrs: ['203.0.113.7/24'] } })],
  'unreachable-cidr': [withCluster({ endpoint: { publicCidrs: ['192.168.0.0/16'] } })],
  'other-partition': [withCluster({ region: 'us-gov-west-1', deployers: ['arn:aws:iam::111122223333:role/x'] })],
  'unknown-region': [withCluster({ region: 'eu-wets-1' })],
  'tag-limits': [withCluster({ tags: { note: 'a<b' } }), (file) => ({ ...file, tags: { note: '🙂' } })],
};

function withRule(rule: object) {
  return (file: AnyFile) => ({ ...file, roles: { ...file.roles, mutated: { rules: [rule] } } });
}

function withGroup(settings: object) {
  return (file: AnyFile) => ({ ...file, groups: { ...file.groups, 'eks-mutated': settings } });
}

function withCluster(settings: object) {
  return (file: AnyFile) => ({
    ...file,
    clusters: { ...file.clusters, mutated: { kind: 'eks', region: 'eu-west-1', ...settings } },
  });
}

function checksOf(file: unknown): readonly string[] {
  try {
    return readAccess(file, DAY).warnings.map(({ check }) => check);
  } catch (error) {
    if (!AccessError.is(error)) throw error;
    return [...error.problems, ...error.warnings].map(({ check }) => check);
  }
}

test.each(Object.entries(MUTATIONS))('%s finds a value of its kind in any file', (check, mutations) => {
  fc.assert(
    fc.property(validFile, fc.constantFrom(...mutations), (file, mutate) => {
      expect(checksOf(file)).not.toContain(check);
      expect(checksOf(mutate(file))).toContain(check);
    }),
    { numRuns: 12, seed: 20_260_615 },
  );
});
