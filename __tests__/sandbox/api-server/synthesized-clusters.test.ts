import production from '../../../examples/production';
import selfManaged from '../../../examples/self-managed';
import type { Access } from '../../../model';
import { builtInRoles } from '../../../rbac';
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

describe('the clusters of a synthesis', () => {
  test('of EKS know people as their association says', () => {
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

  test('of EKS have the roles of their version, else of the newest', () => {
    const kind = { kind: 'eks', region: 'eu-west-1' };
    const clusters = clustersOf(accessWith({ clusters: { old: { ...kind, version: '1.33' }, usual: kind } }));

    const brought = clusters.map(({ policy }) => policy.clusterRoles);
    expect(brought).toEqual([builtInRoles('1.33').clusterRoles, builtInRoles('1.35').clusterRoles]);
  });

  test('outside of EKS know people as the access file says', () => {
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
    expect(lab?.policy.roleBindings.map(({ name, namespace }) => [name, namespace])).toEqual([
      ['oidc-restricted-user', 'default'],
    ]);
  });

  test('fail without an association', () => {
    const access = accessWith();
    const { 'cluster-prod': cluster, ...stacks } = synthesizedAccess(access);
    const { aws_eks_identity_provider_config: _, ...resource } = cluster?.resource ?? {};

    expect(() => clustersOf(access, { ...stacks, 'cluster-prod': { ...cluster, resource } })).toThrow(
      'The stack cluster-prod does not have one association with an identity provider, as EKS takes it.',
    );
  });
});
