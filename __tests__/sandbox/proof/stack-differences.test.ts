import fleet from '../../../examples/fleet';
import portal from '../../../examples/portal';
import production from '../../../examples/production';
import selfManaged from '../../../examples/self-managed';
import tutorial from '../../../examples/tutorial';
import type { Access } from '../../../model';
import { synthesizedClusters } from '../../../sandbox/api-server/synthesized-clusters';
import { fillOrganization } from '../../../sandbox/okta/fill-organization';
import { Organization } from '../../../sandbox/okta/organization';
import { stackDifferences } from '../../../sandbox/proof/stack-differences';
import type { Stacks } from '../../../sandbox/synthesized/read-stacks';
import { accessWith } from '../../access-files';
import { synthesizedAccess } from '../../synthesized';

/** The differences between a file and stacks, each as one line. */
function differences(access: Access, stacks: Stacks = synthesizedAccess(access)): readonly string[] {
  const organization = new Organization('password');
  const resolver = fillOrganization(organization, stacks).resolver(() => 'https://okta.example');
  const clusters = synthesizedClusters(stacks, resolver, access);
  return stackDifferences(access, { stacks, resolver, organization, clusters }).map(
    ({ login, cluster, question, expected, given }) => {
      expect(login).toBeNull();
      return `${cluster ?? 'Okta'}: ${question}: ${expected}, but ${given}`;
    },
  );
}

const LESS = 'in the stacks, but missing in the stacks';
const MORE = 'not in the stacks, but in the stacks';
const EKS = { kind: 'eks', region: 'eu-west-1' };
const READER = { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] };
const grantsWith = (...more: object[]) => [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*' }, ...more];

describe('the parts that only the file or only the stacks have', () => {
  test.each(Object.entries({ fleet, portal, production, selfManaged, tutorial }))(
    'are none in the example %s',
    (_name, access) => {
      expect(differences(access)).toEqual([]);
    },
  );

  // The stacks of each file are compared with the smallest one, and the reverse.
  test.each<[string, Record<string, unknown>, readonly string[]]>([
    ['a group', { groups: { 'eks-admins': {}, 'eks-a': {} } }, ["Okta: the group 'eks-a'"]],
    [
      'a user',
      { groups: { 'eks-admins': { logins: ['Ana@example.com'] } } },
      ["Okta: the user 'ana@example.com' in the group 'eks-admins'"],
    ],
    [
      'a rule',
      { groups: { 'eks-admins': { rule: 'user.a == "x"' } } },
      [`Okta: the rule 'user.a == "x"' of the group 'eks-admins'`],
    ],
    ['a cluster', { clusters: { prod: EKS, lab: EKS } }, ['lab: the cluster']],
    [
      'a cluster-wide grant',
      {
        groups: { 'eks-admins': {}, 'eks-a': {} },
        grants: grantsWith({ group: 'eks-a', role: 'view', clusters: '*' }),
      },
      [
        "Okta: the group 'eks-a'",
        "Okta: the group 'eks-a' at the app 'prod'",
        "prod: the role 'view' for 'okta:eks-a' on the whole cluster",
      ],
    ],
    [
      'a grant in a namespace that is made',
      {
        namespaces: { shop: { create: true } },
        roles: { reader: { ...READER, scope: 'namespace' } },
        grants: grantsWith({ group: 'eks-admins', role: 'reader', clusters: '*', namespaces: ['shop'] }),
      },
      [
        "prod: the namespace 'shop'",
        "prod: the role 'reader' in the namespace 'shop' with the rules apiGroups: ''; resources: 'pods'; verbs: 'get'",
        "prod: the role 'reader' for 'okta:eks-admins' in the namespace 'shop'",
      ],
    ],
  ])('are %s, in both directions', (_what, changes, words) => {
    const [small, more] = [accessWith(), accessWith(changes)];

    const parts = (lines: readonly string[], end: string) =>
      lines.filter((line) => line.endsWith(end)).map((line) => line.slice(0, -end.length - 2));
    expect(parts(differences(more, synthesizedAccess(small)), LESS)).toEqual(expect.arrayContaining([...words]));
    expect(parts(differences(small, synthesizedAccess(more)), MORE)).toEqual(expect.arrayContaining([words[0]]));
  });

  test('are all parts of a cluster whose stacks are missing', () => {
    const access = accessWith();
    const { okta = {} } = synthesizedAccess(access);

    expect(differences(access, { okta })).toEqual([
      `prod: the cluster: ${LESS}`,
      `prod: the role 'cluster-admin' for 'okta:eks-admins' on the whole cluster: ${LESS}`,
    ]);
  });

  test('are a cluster without the stack of its identity provider', () => {
    const access = accessWith();
    const { 'cluster-prod': _cluster, ...stacks } = synthesizedAccess(access);

    expect(differences(access, stacks)).toContain(`prod: the cluster: ${LESS}`);
  });

  test('are a cluster that the file says is absent, while its stacks still make something', () => {
    const clusters = { prod: EKS, lab: EKS };
    const absent = accessWith({ clusters: { prod: EKS, lab: { ...EKS, absent: true } } });

    expect(differences(absent)).toEqual([]);
    expect(differences(absent, synthesizedAccess(accessWith({ clusters })))).toEqual([
      `Okta: the app 'lab': ${MORE}`,
      `Okta: the group 'eks-admins' at the app 'lab': ${MORE}`,
      `lab: the cluster: ${MORE}`,
    ]);
  });

  test('are all parts if there are no stacks', () => {
    expect(differences(accessWith(), {})).toEqual([
      `Okta: the group 'eks-admins': ${LESS}`,
      `Okta: the app 'prod': ${LESS}`,
      `Okta: the group 'eks-admins' at the app 'prod': ${LESS}`,
      `prod: the cluster: ${LESS}`,
      `prod: the role 'cluster-admin' for 'okta:eks-admins' on the whole cluster: ${LESS}`,
    ]);
  });

  test('are a role with another rule', () => {
    const role = (verbs: readonly string[]) =>
      accessWith({
        roles: { reader: { rules: [{ apiGroups: [''], resources: ['pods'], verbs }] } },
        grants: grantsWith({ group: 'eks-admins', role: 'reader', clusters: '*' }),
      });

    expect(differences(role(['get']), synthesizedAccess(role(['list', 'get'])))).toEqual([
      `prod: the role 'reader' with the rules apiGroups: ''; resources: 'pods'; verbs: 'get': ${LESS}`,
      `prod: the role 'reader' with the rules apiGroups: ''; resources: 'pods'; verbs: 'get', 'list': ${MORE}`,
    ]);
  });
});
