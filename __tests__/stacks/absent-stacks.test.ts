import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Access } from '../../model';
import { defineAccessStacks } from '../../stacks';
import { accessWith } from '../access-files';
import { inSynthesizedFolder, resources, type StackJson, synthesizedAccess, theData } from '../synthesized';

const EKS = { kind: 'eks', region: 'eu-west-1', alarms: {}, deployers: ['arn:aws:iam::111122223333:role/deployer'] };
const FILE = {
  groups: { 'eks-admins': {}, 'eks-ops': {} },
  clusters: {
    prod: EKS,
    old: { ...EKS, name: 'older', account: { id: '111122223333', roleArn: 'arn:aws:iam::111122223333:role/tf' } },
    lab: { kind: 'self-managed', kubeconfigContext: 'lab' },
  },
  guards: { runAsRoot: ['eks-admins'] },
  namespaces: { shop: { create: true } },
  grants: [
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
    { group: 'eks-ops', role: 'edit', clusters: '*', namespaces: ['shop'] },
  ],
};

/** The model of the file in which these clusters are absent. */
const without = (...keys: readonly string[]) =>
  accessWith({
    ...FILE,
    clusters: Object.fromEntries(
      Object.entries(FILE.clusters).map(([key, settings]) => [key, { ...settings, absent: keys.includes(key) }]),
    ),
  });

const dependencies = (access: Access): Record<string, string[]> =>
  inSynthesizedFolder(
    (app) => defineAccessStacks(app, access),
    (outdir) => {
      const { stacks } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
      return Object.fromEntries(
        Object.entries<{ dependencies: string[] }>(stacks).map(([name, stack]) => [name, stack.dependencies]),
      );
    },
  );

/** The parts of a stack that Terraform acts on. */
const parts = ({ resource, output, data }: StackJson) => ({ resource, output, data: Object.keys(data ?? {}) });

describe('the stacks of an absent cluster', () => {
  const before = synthesizedAccess(without());
  const stacks = synthesizedAccess(without('old', 'lab'));

  test('are those that it had', () => {
    expect(Object.keys(stacks)).toEqual(Object.keys(before));
  });

  test('have no resources and no outputs, and look up nothing that may be missing', () => {
    const nothing = { resource: undefined, output: undefined };

    expect(parts(stacks['cluster-old'] as StackJson)).toEqual({ ...nothing, data: [] });
    expect(parts(stacks['rbac-old'] as StackJson)).toEqual({
      ...nothing,
      data: ['aws_eks_cluster', 'aws_eks_clusters'],
    });
    expect(parts(stacks['guards-old'] as StackJson)).toEqual({
      ...nothing,
      data: ['aws_eks_cluster', 'aws_eks_clusters'],
    });
    expect(parts(stacks['rbac-lab'] as StackJson)).toEqual({ ...nothing, data: [] });
    expect(parts(stacks['guards-lab'] as StackJson)).toEqual({ ...nothing, data: [] });
  });

  test('keep their state and the AWS and kubeconfig settings of their providers', () => {
    for (const name of ['cluster-old', 'rbac-old', 'guards-old', 'rbac-lab', 'guards-lab']) {
      expect(stacks[name]?.terraform).toEqual(before[name]?.terraform);
    }
    expect(stacks['cluster-old']?.provider).toEqual(before['cluster-old']?.provider);
    for (const name of ['rbac-old', 'guards-old']) {
      expect(stacks[name]?.provider?.aws).toEqual(before[name]?.provider?.aws);
      expect(stacks[name]?.provider?.kubernetes?.[0]?.exec).toEqual(before[name]?.provider?.kubernetes?.[0]?.exec);
    }
    expect(stacks['rbac-lab']?.provider).toEqual(before['rbac-lab']?.provider);
  });

  test('look the cluster up only if the account lists it, and never reach another one', () => {
    const stack = stacks['rbac-old'];
    const [list] = Object.keys(stack?.data?.aws_eks_clusters ?? {});
    const [cluster] = Object.keys(stack?.data?.aws_eks_cluster ?? {});

    expect(theData(stack, 'aws_eks_cluster')).toEqual({
      name: 'older',
      count: `\${contains(tolist(data.aws_eks_clusters.${list}.names), "older") ? 1 : 0}`,
    });
    expect(stack?.provider?.kubernetes).toMatchObject([
      {
        host: `\${try(data.aws_eks_cluster.${cluster}[0].endpoint, "https://the-cluster-no-longer-exists.invalid")}`,
        cluster_ca_certificate: `\${try(base64decode(data.aws_eks_cluster.${cluster}[0].certificate_authority[0].data), null)}`,
      },
    ]);
  });

  test('are deployed in reverse, before okta; those of the other clusters as always', () => {
    expect(dependencies(without('old', 'lab'))).toEqual({
      okta: ['cluster-old', 'rbac-lab'],
      'cluster-prod': ['okta'],
      'rbac-prod': ['cluster-prod'],
      'guards-prod': ['rbac-prod'],
      'guards-old': [],
      'rbac-old': ['guards-old'],
      'cluster-old': ['rbac-old'],
      'guards-lab': [],
      'rbac-lab': ['guards-lab'],
    });
  });

  test('change nothing in those of the other clusters, and take the app of the cluster out of okta', () => {
    for (const name of ['cluster-prod', 'rbac-prod', 'guards-prod']) expect(stacks[name]).toEqual(before[name]);
    expect(resources(stacks.okta, 'okta_app_oauth').map(({ label }) => label)).toEqual(['prod']);
    expect(Object.keys(stacks.okta?.output ?? {})).toEqual(['client_id_prod', 'issuer_url']);
  });

  test('leave the app that another cluster has, too', () => {
    const access = accessWith({
      clusters: { prod: { ...EKS, app: 'both' }, old: { ...EKS, name: 'older', app: 'both', absent: true } },
    });

    expect(resources(synthesizedAccess(access).okta, 'okta_app_oauth').map(({ label }) => label)).toEqual(['both']);
  });

  test('can be those of the last cluster: okta keeps the groups and the authorization server', () => {
    const all = synthesizedAccess(without('prod', 'old', 'lab'));

    expect(Object.keys(all)).toEqual(Object.keys(before));
    expect(Object.keys(all.okta?.resource ?? {})).toEqual(['okta_auth_server', 'okta_auth_server_claim', 'okta_group']);
    for (const [name, stack] of Object.entries(all)) if (name !== 'okta') expect(stack.resource).toBeUndefined();
  });

  test('have no stack of guards if the file never had one', () => {
    const access = accessWith({ clusters: { prod: EKS, old: { ...EKS, absent: true } } });

    expect(Object.keys(synthesizedAccess(access))).not.toContain('guards-old');
  });
});

describe('guards: {}', () => {
  test.each([
    ['of the file', { guards: {} }],
    ['of the cluster', { clusters: { prod: { ...EKS, guards: {} } } }],
    ['of clusterDefaults', { clusterDefaults: { guards: {} } }],
  ])('%s keeps the stack of the guards, without resources', (_, changes) => {
    const stacks = synthesizedAccess(accessWith({ clusters: { prod: EKS }, ...changes }));

    expect(Object.keys(stacks)).toEqual(['cluster-prod', 'guards-prod', 'okta', 'rbac-prod']);
    expect(stacks['guards-prod']?.resource).toBeUndefined();
    expect(theData(stacks['guards-prod'], 'aws_eks_cluster')).toEqual({ name: 'prod' });
  });

  test('is needed: without the key, there is no stack', () => {
    expect(Object.keys(synthesizedAccess(accessWith({ clusters: { prod: EKS } })))).not.toContain('guards-prod');
  });
});

describe('a namespace that is handed over', () => {
  const rbac = (namespaces: readonly string[]) =>
    synthesizedAccess(
      accessWith({
        clusters: { prod: { ...EKS, namespaces } },
        namespaces: { shop: { handOver: true }, old: { handOver: true } },
      }),
    )['rbac-prod'] as StackJson & { readonly removed?: readonly { readonly from: string }[] };
  const created = synthesizedAccess(
    accessWith({
      clusters: { prod: { ...EKS, namespaces: ['shop', 'old'] } },
      namespaces: { shop: { create: true }, old: { create: true } },
    }),
  )['rbac-prod'];
  const addresses = Object.keys(created?.resource?.kubernetes_namespace_v1 ?? {}).map(
    (name) => `kubernetes_namespace_v1.${name}`,
  );

  test.each([
    ['stays on the cluster', ['shop', 'old']],
    ['leaves the cluster in the same step', ['shop']],
    ['leaves the cluster with all others', []],
  ])('is forgotten if it %s', (_, namespaces) => {
    expect(
      rbac(namespaces)
        .removed?.map(({ from }) => from)
        .sort(),
    ).toEqual(addresses.sort());
    expect(rbac(namespaces).resource?.kubernetes_namespace_v1).toBeUndefined();
  });
});
