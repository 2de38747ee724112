import { freePort } from '../../../sandbox/free-port';
import { createCertificateAuthority } from '../../../sandbox/okta/certificate-authority';
import { ADMIN, type DoctorWorld } from './doctor-world';
import { factsBecome } from './issuer-breakages';
import type { Laptop } from './laptop';
import { type Breakage, entriesOf, onLaptop } from './laptop-breakages';

export function serverBecomes(laptop: Laptop, server: string): void {
  entriesOf(laptop).cluster.server = server;
  factsBecome(laptop, { endpoints: new Map([['prod', { value: server, source: 'the test' }]]) });
}

/** The API server of the cluster `stage`, which trusts another app, in the place of that of `prod`. */
export function clusterBecomesStage(laptop: Laptop, { world }: DoctorWorld): void {
  const { url = '', caPem = '' } = world.servers.get('stage') ?? {};
  serverBecomes(laptop, url);
  authorityBecomes(laptop, caPem);
}

function authorityBecomes(laptop: Laptop, caPem: string): void {
  const value = Buffer.from(caPem).toString('base64');
  entriesOf(laptop).cluster['certificate-authority-data'] = value;
  factsBecome(laptop, { certificateAuthorities: new Map([['prod', { value, source: 'the test' }]]) });
}

const BINDING = ['rolebinding', 'oidc-edit', '--namespace=team-a'];
const ADMIN_BINDING = ['clusterrolebinding', 'oidc-cluster-admin'];

/** Something that an administrator changes by hand, and what puts it back. */
function byHand(
  check: string,
  name: string,
  change: (world: DoctorWorld) => Promise<void>,
  undo: (world: DoctorWorld) => Promise<void>,
  more: Pick<Breakage, 'also' | 'login'> = {},
): Breakage {
  return {
    ...{ check, name, ...more },
    async make(_laptop, world) {
      await change(world);
      return () => undo(world);
    },
  };
}

const subject = (name: string) => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name });
const patch = (target: readonly string[], name: string) => [
  'patch',
  ...target,
  '--type=merge',
  `--patch=${JSON.stringify({ subjects: [subject(name)] })}`,
];
const binding = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { name: 'oidc-edit', namespace: 'team-a' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit' },
  subjects: [subject('okta:eks-editors')],
};

export const CLUSTER_BREAKAGES: readonly Breakage[] = [
  onLaptop('endpoint-reachable', 'an endpoint at which nothing listens', async (laptop) => {
    serverBecomes(laptop, `https://127.0.0.1:${await freePort()}`);
  }),
  onLaptop('endpoint-reachable', 'an endpoint whose name has no address', (laptop) => {
    serverBecomes(laptop, 'https://cluster.invalid');
  }),
  onLaptop('endpoint-certificate', 'something else that answers for the API server', async (laptop) => {
    authorityBecomes(laptop, (await createCertificateAuthority()).caPem);
  }),
  onLaptop('kubectl-version', 'a kubectl that is much older than the API server', ({ programs }) => {
    programs.kubectl = { script: `echo '{"clientVersion": {"gitVersion": "v1.28.1"}}'` };
  }),
  onLaptop('authenticated', 'a cluster that trusts another app', clusterBecomesStage),
  onLaptop('user-and-groups', 'a cluster with another prefix', (laptop, world) => {
    laptop.access = world.accessWith({ identityProvider: { prefix: 'people:', requiredClaims: { tenant: 'shop' } } });
  }),
  byHand(
    'rbac-rules',
    'a binding that somebody deleted',
    ({ kubectl }) => kubectl(['delete', ...BINDING]),
    ({ kubectl }) => kubectl(['create', '-f', '-'], binding),
  ),
  byHand(
    'rbac-rules',
    'a binding whose subject lacks the prefix',
    ({ kubectl }) => kubectl(patch(BINDING, 'eks-editors')),
    ({ kubectl }) => kubectl(patch(BINDING, 'okta:eks-editors')),
  ),
  byHand(
    'rbac-bindings',
    'a subject without the prefix, for somebody who may read bindings',
    ({ kubectl }) =>
      kubectl(['create', '-f', '-'], {
        ...binding,
        kind: 'ClusterRoleBinding',
        metadata: { name: 'by-hand' },
        roleRef: { ...binding.roleRef, name: 'cluster-admin' },
        subjects: [{ ...subject(ADMIN), kind: 'User', name: `okta:${ADMIN}` }],
      }).then(() => kubectl(patch(ADMIN_BINDING, 'eks-admins'))),
    async ({ kubectl }) => {
      await kubectl(patch(ADMIN_BINDING, 'okta:eks-admins'));
      await kubectl(['delete', 'clusterrolebinding', 'by-hand']);
    },
    { login: ADMIN },
  ),
];
