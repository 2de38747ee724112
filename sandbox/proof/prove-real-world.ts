import type { Access } from '../../model';
import type { AccessProof, ProofDifference } from '../../model/review/access-proof';
import type { ApiServer } from '../api-server/api-server';
import { REAL_KUBERNETES } from '../api-server/real';
import type { SynthesizedCluster } from '../api-server/synthesized-clusters';
import { assumedClaims } from '../okta/assumed-claims';
import type { RealWorld } from '../real-world';
import { SignInError } from '../sign-in/authorization-code';
import type { HeadlessUser } from '../sign-in/kubelogin';
import { type ProofPerson, proveAccess } from './prove-access';

/** Signs everyone in with kubelogin and a headless browser, and asks the real API servers what they may do. */
export function proveRealWorld(access: Access, world: RealWorld, chromium: string): Promise<AccessProof> {
  const { people, clusters, servers, differences, unprovedRules } = world;
  const persons = new Map(people.map(({ login }) => [login, world.headless(login, chromium)]));
  return proveClusters(access, { people, clusters, servers, differences, unprovedRules, persons });
}

/** What a proof at real API servers works with. */
export interface ProvedClusters {
  readonly people: readonly ProofPerson[];
  readonly clusters: readonly SynthesizedCluster[];
  /** By cluster key. */
  readonly servers: ReadonlyMap<string, ApiServer>;
  /** Headless users by login. */
  readonly persons: ReadonlyMap<string, HeadlessUser>;
  /** What is known to differ before anybody signs in. */
  readonly differences: readonly ProofDifference[];
  /** Why group rules are not proved, in sentences. */
  readonly unprovedRules: readonly string[];
}

/** Signs people in to real API servers with kubelogin, and asks what they may do. */
export function proveClusters(access: Access, proved: ProvedClusters): Promise<AccessProof> {
  const { people, clusters, servers, persons } = proved;
  const inTurn = queue();
  return proveAccess(ofRealVersion(access), {
    people,
    // Every cluster that has an API server is asked.
    profiles: clusters.map((cluster) => ({ cluster, others: 0 })),
    assumedClaims: assumedClaims(access),
    stackDifferences: proved.differences,
    unprovedRules: proved.unprovedRules,
    // Each kubelogin listens on a redirect port of the app, and an app has few of them.
    signIn: (login, { key }) => inTurn(() => kubeloginToken(persons.get(login) as HeadlessUser, key)),
    apiServer: ({ key }) => servers.get(key) as ApiServer,
  });
}

/** The access file with the Kubernetes version of the real API servers: built-in roles differ between versions. */
function ofRealVersion(access: Access): Access {
  const clusters = Object.values(access.clusters).map((cluster) => [
    cluster.key,
    { ...cluster, kubernetesVersion: REAL_KUBERNETES },
  ]);
  return { ...access, clusters: Object.fromEntries(clusters) };
}

/** Runs tasks one at a time, in the order in which they arrive. */
function queue(): <Result>(task: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const next = last.then(task, task);
    last = next;
    return next;
  };
}

async function kubeloginToken(person: HeadlessUser, cluster: string): Promise<{ idToken: string }> {
  try {
    return { idToken: await person.idToken(cluster) };
  } catch (error) {
    // Okta's answer, as kubelogin prints it.
    const [, code, description] = (error as Error).message.match(/authorization error from server: (\w+) (.*)/) ?? [];
    if (code === undefined || description === undefined) throw error;
    throw new SignInError(code, description);
  }
}
