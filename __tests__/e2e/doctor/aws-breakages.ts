import { freePort } from '../../../sandbox/free-port';
import { clusterBecomesStage, serverBecomes } from './cluster-breakages';
import type { DoctorWorld } from './doctor-world';
import { type Laptop, type LiveAws, liveAws } from './laptop';
import { type Breakage, onLaptop } from './laptop-breakages';

/** What differs in AWS, seen with the credentials of AWS. Nothing else knows it. */
function inAws(
  check: string,
  name: string,
  change: (aws: LiveAws, laptop: Laptop, world: DoctorWorld) => unknown,
  also: readonly string[] = [],
): Breakage {
  return onLaptop(
    check,
    name,
    async (laptop, world) => {
      laptop.aws = liveAws(laptop);
      await change(laptop.aws, laptop, world);
    },
    { also },
  );
}

/** Changes the association. */
function associated(
  check: string,
  name: string,
  changes: Partial<NonNullable<LiveAws['association']>>,
  also: readonly string[] = [],
): Breakage {
  return inAws(check, name, ({ association }) => Object.assign(association ?? {}, changes), also);
}

/** An API server that trusts another app, as one does that has no association, or one with another client. */
const REFUSED = ['authenticated'];

export const AWS_BREAKAGES: readonly Breakage[] = [
  inAws('cluster-active', 'a cluster that EKS deletes', ({ cluster }) => (cluster.status = 'DELETING')),
  inAws(
    'endpoint-reachable',
    'a private endpoint',
    async ({ cluster }, laptop) => {
      cluster.endpointPublic = false;
      serverBecomes(laptop, `https://127.0.0.1:${await freePort()}`);
    },
    ['endpoint-access'],
  ),
  inAws(
    'association-active',
    'a cluster without association',
    (aws, laptop, world) => {
      aws.association = undefined;
      clusterBecomesStage(laptop, world);
    },
    REFUSED,
  ),
  inAws(
    'association-active',
    'an association that EKS still makes',
    ({ association }, laptop, world) => {
      if (association !== undefined) association.status = 'CREATING';
      clusterBecomesStage(laptop, world);
    },
    REFUSED,
  ),
  associated('association-issuer', 'an association with a slash at the end of the issuer', {
    issuer_url: 'https://a.example/oauth2/b/',
  }),
  inAws(
    'association-client',
    'an association with another client ID',
    ({ association }, laptop, world) => {
      if (association !== undefined) association.client_id = laptop.facts.clientIds.get('stage')?.value ?? '';
      clusterBecomesStage(laptop, world);
    },
    REFUSED,
  ),
  associated('association-claims', 'an association with another user name claim', { username_claim: 'sub' }),
  associated('association-claims', 'an association with another prefix', { groups_prefix: 'oidc:' }),
  associated('association-claims', 'an association without the groups claim', { groups_claim: undefined }),
  associated('association-claims', 'an association without the required claims', { required_claims: {} }),
  inAws(
    'egress-mode',
    'a control plane that does not reach Okta',
    ({ cluster }, laptop, world) => {
      cluster.egressMode = 'CUSTOMER_ROUTED';
      clusterBecomesStage(laptop, world);
    },
    REFUSED,
  ),
  inAws(
    'authenticated',
    'a refusal whose reason is in the log',
    (aws, laptop, world) => {
      aws.refusals = [{ reason: 'oidc: expected audience "0oa1" got ["0oa2"]', times: 7 }];
      clusterBecomesStage(laptop, world);
    },
    ['refusal-reason'],
  ),
  inAws('access-entries', 'a deployer without access entry', (aws) => (aws.accessEntries = [])),
];
