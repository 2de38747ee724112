import type { Access } from '../../model';
import type { ApiServer } from '../api-server/api-server';
import { REAL_KUBERNETES } from '../api-server/real';
import { claimsMadeElsewhere } from '../okta/claims-made-elsewhere';
import type { RealWorld } from '../real-world';
import { SignInError } from '../sign-in/authorization-code';
import type { HeadlessPerson } from '../sign-in/kubelogin';
import { type AccessProof, proveAccess } from './prove-access';

/** Signs everyone in with kubelogin and a browser that nobody sees, and asks the real API servers what they may do. */
export function proveRealWorld(access: Access, world: RealWorld, chromium: string): Promise<AccessProof> {
  const { people, clusters, servers } = world;
  const persons = new Map(people.map(({ login }) => [login, world.headless(login, chromium)]));
  const alone = oneAtATime();
  return proveAccess(ofRealVersion(access), {
    people,
    // Each of them: an API server is started for it.
    pictures: clusters.map((cluster) => ({ cluster, others: 0 })),
    claimsMadeElsewhere: claimsMadeElsewhere(access),
    // kubelogin listens on a port of this machine, of which an app has few.
    signIn: (login, { key }) => alone(() => kubeloginToken(persons.get(login) as HeadlessPerson, key)),
    apiServer: ({ key }) => servers.get(key) as ApiServer,
  });
}

/** The model for clusters of the version that the real API servers have: bootstrap roles differ between versions. */
function ofRealVersion(access: Access): Access {
  const clusters = Object.values(access.clusters).map((cluster) => [
    cluster.key,
    { ...cluster, kubernetesVersion: REAL_KUBERNETES },
  ]);
  return { ...access, clusters: Object.fromEntries(clusters) };
}

/** Runs one task after another, in the order in which they come. */
function oneAtATime(): <Result>(task: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const next = last.then(task, task);
    last = next;
    return next;
  };
}

async function kubeloginToken(person: HeadlessPerson, cluster: string): Promise<{ idToken: string }> {
  try {
    return { idToken: await person.idToken(cluster) };
  } catch (error) {
    // What Okta sent back to kubelogin.
    const [, code, description] = (error as Error).message.match(/authorization error from server: (\w+) (.*)/) ?? [];
    if (code === undefined || description === undefined) throw error;
    throw new SignInError(code, description);
  }
}
