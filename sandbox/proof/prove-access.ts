import type { Access } from '../../model';
import { WORST_CASE_REVOCATION } from '../../model/derived/revocation';
import type { AccessProof, ProofDifference, ProofRow } from '../../model/review/access-proof';
import { answersOf } from '../../model/review/can-i';
import { requestText } from '../../rbac';
import type { ApiAnswer, ApiServer } from '../api-server/api-server';
import type { SynthesizedCluster } from '../api-server/synthesized-clusters';
import { SignInError, type Tokens } from '../sign-in/authorization-code';
import type { AccessProfile } from './access-profiles';
import { clusterProbes } from './probes';

/** A person with their groups of the access file. */
export interface ProofPerson {
  readonly login: string;
  readonly groups: readonly string[];
}

/** The people, clusters and servers that a proof works with. */
export interface ProofWorld {
  readonly people: readonly ProofPerson[];
  readonly profiles: readonly AccessProfile[];
  /** Claims of ID tokens that no stack makes. */
  readonly assumedClaims: readonly string[];
  /** What the stacks have and the file does not have, and the reverse. */
  readonly stackDifferences: readonly ProofDifference[];
  /** Why group rules are not proved, in sentences. */
  readonly unprovedRules: readonly string[];
  /** Signs a person in to a cluster; fails with `SignInError`. */
  signIn(login: string, cluster: SynthesizedCluster): Promise<Pick<Tokens, 'idToken'>>;
  apiServer(cluster: SynthesizedCluster): ApiServer;
}

const MOST_PEOPLE = 20;
const MOST_PROFILES = 8;

/**
 * Signs people in, asks the API servers what they may do, and compares the answers with the access file. The API servers know
 * only the synthesized files.
 */
export async function proveAccess(access: Access, world: ProofWorld): Promise<AccessProof> {
  const people = firstAndLast(world.people, MOST_PEOPLE);
  const profiles = world.profiles.slice(0, MOST_PROFILES);
  const proofs: ProfileProof[] = [];
  for (const profile of profiles) proofs.push(await proveProfile(access, world, profile, people));
  return {
    people: people.length,
    profiles: profiles.length,
    signIns: proofs.reduce((sum, { signIns }) => sum + signIns, 0),
    questions: proofs.reduce((sum, { questions }) => sum + questions, 0),
    rows: proofs.flatMap(({ rows }) => rows),
    differences: [...world.stackDifferences, ...proofs.flatMap(({ differences }) => differences)],
    assumedClaims: world.assumedClaims,
    notProved: [...world.unprovedRules, ...notEnforced(access)],
    leftOut: {
      people: world.people.length - people.length,
      profiles: world.profiles.length - profiles.length,
      namespaces: proofs.reduce((sum, { namespacesLeftOut }) => sum + namespacesLeftOut, 0),
    },
  };
}

/** What the authentication policy of the apps asks for, and the local Okta does not. */
function notEnforced({ signIn: { authenticationPolicy } }: Access): readonly string[] {
  if (authenticationPolicy === undefined) return [];
  if ('id' in authenticationPolicy) return ['The local Okta does not have the authentication policy of the file.'];
  const { requireMfa, networkZones = [] } = authenticationPolicy;
  return [
    ...(requireMfa ? ['The local Okta does not ask for a second factor.'] : []),
    ...(networkZones.length > 0 ? ['The local Okta does not look at network zones.'] : []),
  ];
}

/** The first items and the last one, which is the person in no group. */
function firstAndLast<Item>(items: readonly Item[], most: number): readonly Item[] {
  return items.length <= most ? items : [...items.slice(0, most - 1), ...items.slice(-1)];
}

interface ProfileProof extends Pick<AccessProof, 'signIns' | 'questions' | 'rows' | 'differences'> {
  readonly namespacesLeftOut: number;
}

async function proveProfile(
  access: Access,
  world: ProofWorld,
  { cluster, others }: AccessProfile,
  people: readonly ProofPerson[],
): Promise<ProfileProof> {
  const { key } = cluster;
  const declared = access.clusters[key];
  if (declared === undefined) throw new Error(`The access file has no cluster ${key}.`);
  const { app } = declared;
  const server = world.apiServer(cluster);
  const expectedAnswer = answersOf(access, declared);
  const { probes, namespacesLeftOut } = clusterProbes(declared, access);
  const differences: ProofDifference[] = [];
  let signIns = 0;

  async function row({ login, groups }: ProofPerson): Promise<ProofRow> {
    const compare = (question: string, expected: string, given: string) => {
      if (expected !== given) differences.push({ login, cluster: key, question, expected, given });
    };
    const outcome = await signInOutcome(world, login, cluster);
    const refused = (refusal: string) => ({ login, groups, cluster: key, others, refusal, answers: [] });
    const expected = maySignIn(access, app, groups) ? SIGNED_IN : ASSIGNMENT_REFUSAL;
    if (outcome instanceof SignInError) {
      compare('sign in', expected, outcome.message);
      return refused(`sign in: ${outcome.description}`);
    }
    compare('sign in', expected, SIGNED_IN);
    signIns++;
    compare('lifetime of the ID token', `${WORST_CASE_REVOCATION.minutes} minutes`, lifetimeOf(outcome.idToken));
    const given = await Promise.all(probes.map(({ request }) => server.ask(outcome.idToken, request)));
    const unauthorized = given.find(({ status }) => status === 401);
    if (unauthorized !== undefined) {
      compare('authenticate with the ID token', 'authenticated', `401: ${unauthorized.reason}`);
      return refused(`authenticate: ${unauthorized.reason}`);
    }
    const answers = probes.flatMap(({ request, namespace, words }, at) => {
      const { status, reason } = given[at] as ApiAnswer;
      const allowed = status === 200;
      const { allowed: should, guard } = expectedAnswer(groups, request);
      // `expected` has no reason: the two sides give reasons in different words.
      if (should !== null && allowed !== should)
        compare(requestText(request), answerText(should), `${answerText(allowed)}: ${reason}`);
      return words === undefined ? [] : [{ words, namespace, allowed, ...(guard !== undefined && { guard }) }];
    });
    return { login, groups, cluster: key, others, refusal: null, answers };
  }

  const rows = await Promise.all(people.map(row));
  return { rows, differences, signIns, questions: signIns * probes.length, namespacesLeftOut };
}

const SIGNED_IN = 'signed in';
const ASSIGNMENT_REFUSAL = 'access_denied: User is not assigned to the client application.';

function answerText(allowed: boolean): string {
  return allowed ? 'allowed' : 'denied';
}

/** Whether a person with these groups is assigned to the app of a cluster. */
function maySignIn(access: Access, appName: string, groups: readonly string[]): boolean {
  if (access.signIn.assignment === 'everyone') return true;
  const app = access.apps.find((candidate) => candidate.name === appName);
  return groups.some((group) => app?.groups.includes(group));
}

async function signInOutcome(
  world: ProofWorld,
  login: string,
  cluster: SynthesizedCluster,
): Promise<Pick<Tokens, 'idToken'> | SignInError> {
  try {
    return await world.signIn(login, cluster);
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    return error;
  }
}

/** The lifetime of an ID token: for so long it works after the person was removed. */
function lifetimeOf(idToken: string): string {
  const claims = Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString();
  const { iat, exp } = JSON.parse(claims) as { iat: number; exp: number };
  return `${(exp - iat) / 60} minutes`;
}
