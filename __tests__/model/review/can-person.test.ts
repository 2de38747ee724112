import { canPerson } from '../../../model/review/can-person';
import type { AccessRequest } from '../../../rbac';
import { accessWith, clusterOf } from '../../access-files';

const ACCESS = accessWith({
  groups: {
    'eks-admins': { logins: ['ana@example.com'] },
    'eks-ops': { rule: 'user.department == "Ops"' },
    'eks-auditors': {},
    'eks-guests': { logins: ['Ben@example.com'] },
  },
  grants: [
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
    { group: 'eks-ops', role: 'edit', clusters: '*', namespaces: ['team-a'] },
    { group: 'eks-auditors', role: 'view', clusters: '*' },
    { group: 'eks-guests', role: 'view', clusters: '*', namespaces: ['team-a'] },
  ],
});
const ask = (login: string, request: Partial<AccessRequest>) =>
  canPerson(ACCESS, {
    cluster: clusterOf(ACCESS, 'prod'),
    login,
    request: { verb: 'get', apiGroup: '', resource: 'pods', ...request },
  });

describe('canPerson', () => {
  test('allows what the groups that list the login give, and names the line', () => {
    expect(ask('ANA@example.com', { verb: 'delete' })).toEqual({
      allowed: true,
      because:
        'ANA@example.com is in eks-admins (groups.eks-admins.logins[0]). okta:eks-admins has the ClusterRole cluster-admin (ClusterRoleBinding oidc-cluster-admin, by grants[0]): any verb on all resources in all API groups',
    });
  });

  test('denies what no group gives that the person can be in', () => {
    expect(ask('ben@example.com', { resource: 'secrets' })).toEqual({
      allowed: false,
      because:
        'ben@example.com is in eks-guests (groups.eks-guests.logins[0]). No rule allows get secrets on the whole cluster',
    });
  });

  test('could not check who is in a group by a rule', () => {
    const answer = ask('ben@example.com', { verb: 'create', namespace: 'team-a' });

    expect(answer.allowed).toBeNull();
    expect(answer.because).toMatch(
      /^Could not check: membership by rule\. The members of eks-ops come from the rule user\.department == "Ops", and for them: okta:eks-ops has the ClusterRole edit in team-a .*\. ben@example\.com is in eks-guests \(groups\.eks-guests\.logins\[0\]\)$/,
    );
  });

  test('could not check who is in a group from elsewhere', () => {
    expect(ask('eve@other.com', {}).because).toMatch(
      /^Could not check: membership from elsewhere\. The members of eks-auditors come from elsewhere, and for them: .*\. The file lists eve@other\.com in no group$/,
    );
  });

  test('does not ask whether the person is in a group whose members the file lists', () => {
    expect(ask('eve@other.com', { verb: 'delete' })).toEqual({
      allowed: false,
      because: 'The file lists eve@other.com in no group. No rule allows delete pods on the whole cluster',
    });
  });

  test('names the login that a mistyped one may mean', () => {
    expect(ask('anna@example.com', { verb: 'delete' }).because).toMatch(
      /^The file lists anna@example\.com in no group \(did you mean ana@example\.com\?\)\. /,
    );
  });
});
