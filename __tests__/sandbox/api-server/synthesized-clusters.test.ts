import production from '../../../examples/production';
import selfManaged from '../../../examples/self-managed';
import type { Access } from '../../../model';
import { builtInRoles, NEWEST_KUBERNETES } from '../../../rbac';
import { type SynthesizedCluster, synthesizedClusters } from '../../../sandbox/api-server/synthesized-clusters';
import { fillOrganization } from '../../../sandbox/okta/fill-organization';
import { Organization } from '../../../sandbox/okta/organization';
import type { Stacks } from '../../../sandbox/synthesized/read-stacks';
import { accessWith } from '../../access-files';
import { synthesizedAccess } from '../../synthesized';

function clustersOf(access: Access, stacks: Stacks = synthesizedAccess(access)): readonly SynthesizedCluster[] {
  const filled = fillOrganization(new Organization('password'), stacks);
  return synthesizedClusters(
    stacks,
    filled.resolver(() => 'https://okta.example/oauth2/eks'),
    access,
  );
}

describe('the clusters of synthesized stacks', () => {
  test('use the identity provider of their association in EKS', () => {
    const [cluster, tools] = clustersOf(production);

    expect(cluster?.key).toBe('production');
    expect(cluster?.authentication).toEqual({
      issuerUrl: 'https://okta.example/oauth2/eks',
      clientId: expect.stringMatching(/^0oa/),
      usernameClaim: 'email',
      usernamePrefix: 'okta:',
      groupsClaim: 'groups',
      groupsPrefix: 'okta:',
      requiredClaims: { tenant: 'example' },
    });
    expect(tools?.authentication.clientId).not.toBe(cluster?.authentication.clientId);
  });

  test('have the roles of their version in EKS, or of the newest of EKS', () => {
    const kind = { kind: 'eks', region: 'eu-west-1' };
    const clusters = clustersOf(accessWith({ clusters: { old: { ...kind, version: '1.33' }, usual: kind } }));

    const roles = clusters.map(({ policy }) => policy.clusterRoles);
    expect(roles).toEqual([builtInRoles('1.33').clusterRoles, builtInRoles('1.36').clusterRoles]);
  });

  test('use the identity provider of the access file outside EKS', () => {
    const [lab, ...others] = clustersOf(selfManaged);

    expect(others).toEqual([]);
    expect(lab?.authentication).toEqual({
      issuerUrl: 'https://okta.example/oauth2/eks',
      clientId: expect.stringMatching(/^0oa/),
      usernameClaim: 'email',
      usernamePrefix: '',
      groupsClaim: 'groups',
      groupsPrefix: '',
      requiredClaims: {},
    });
    const bootstrap = builtInRoles(NEWEST_KUBERNETES).roleBindings;
    expect(lab?.policy.roleBindings.slice(bootstrap.length).map(({ name, namespace }) => [name, namespace])).toEqual([
      ['oidc-restricted-user', 'default'],
    ]);
  });

  test('fail without an association', () => {
    const access = accessWith();
    const { 'cluster-prod': cluster, ...stacks } = synthesizedAccess(access);
    const { aws_eks_identity_provider_config: _, ...resource } = cluster?.resource ?? {};

    expect(() => clustersOf(access, { ...stacks, 'cluster-prod': { ...cluster, resource } })).toThrow(
      'The stack cluster-prod must have exactly one aws_eks_identity_provider_config, because EKS allows one.',
    );
  });
});
