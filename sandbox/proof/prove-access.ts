import type { Access } from '../../model';
import { WORST_CASE_REVOCATION } from '../../model/derived/revocation';
import { answersOf } from '../../model/review/can-i';
import { requestText } from '../../rbac';
import type { Answer, ApiServer } from '../api-server/api-server';
import type { SynthesizedCluster } from '../api-server/synthesized-clusters';
import { SignInError, type Tokens } from '../sign-in/authorization-code';
import type { AccessPicture } from './access-pictures';
import { tellingQuestions } from './telling-questions';

/** Somebody with the groups that the access file is about. */
export interface ProofPerson {
  readonly login: string;
  readonly groups: readonly string[];
}

/** The world that a proof is made in. */
export interface ProofWorld {
  readonly people: readonly ProofPerson[];
  readonly pictures: readonly AccessPicture[];
  /** Claims of tokens that no stack makes. */
  readonly claimsMadeElsewhere: readonly string[];
  /** Signs a person in at a cluster; fails with `SignInError`. */
  signIn(login: string, cluster: SynthesizedCluster): Promise<Pick<Tokens, 'idToken'>>;
  apiServer(cluster: SynthesizedCluster): ApiServer;
}

/** What was proved, and what was not as the access file says. */
export interface AccessProof {
  readonly people: number;
  readonly pictures: number;
  readonly signIns: number;
  readonly questions: number;
  readonly rows: readonly ProofRow[];
  readonly differences: readonly Difference[];
  /** Claims of tokens that no stack makes and that were taken for granted. */
  readonly claimsMadeElsewhere: readonly string[];
  /** What was too much to be asked. */
  readonly leftOut: { readonly people: number; readonly pictures: number; readonly namespaces: number };
}

/** A person at a cluster. */
export interface ProofRow {
  readonly login: string;
  /** Groups of the access file that they are in. */
  readonly groups: readonly string[];
  /** Key of the cluster. */
  readonly cluster: string;
  /** Clusters on which everyone may do the same. */
  readonly others: number;
  /** What they were refused before anything could be asked, and why; null where nothing was. */
  readonly refusal: string | null;
  /** What they may do and may not do, in words, by namespace; null for the whole cluster. */
  readonly answers: readonly { readonly words: string; readonly namespace: string | null; readonly allowed: boolean }[];
}

/** An answer of the embedded world that is not that of the access file. */
export interface Difference {
  readonly login: string;
  readonly cluster: string;
  readonly question: string;
  readonly expected: string;
  readonly given: string;
}

const MOST_PEOPLE = 20;
const MOST_PICTURES = 8;

/**
 * Signs people in and asks the API servers what they may do. The answers come from the synthesized files, and what they
 * should be from the access file.
 */
export async function proveAccess(access: Access, world: ProofWorld): Promise<AccessProof> {
  const people = firstAndLast(world.people, MOST_PEOPLE);
  const pictures = world.pictures.slice(0, MOST_PICTURES);
  const asked: PictureProof[] = [];
  for (const picture of pictures) asked.push(await provePicture(access, world, picture, people));
  return {
    people: people.length,
    pictures: pictures.length,
    signIns: asked.reduce((sum, { signIns }) => sum + signIns, 0),
    questions: asked.reduce((sum, { questions }) => sum + questions, 0),
    rows: asked.flatMap(({ rows }) => rows),
    differences: asked.flatMap(({ differences }) => differences),
    claimsMadeElsewhere: world.claimsMadeElsewhere,
    leftOut: {
      people: world.people.length - people.length,
      pictures: world.pictures.length - pictures.length,
      namespaces: asked.reduce((sum, { namespacesLeftOut }) => sum + namespacesLeftOut, 0),
    },
  };
}

/** As many as fit, with the last one among them: the person in no group. */
function firstAndLast<Item>(items: readonly Item[], most: number): readonly Item[] {
  return items.length <= most ? items : [...items.slice(0, most - 1), ...items.slice(-1)];
}

interface PictureProof extends Pick<AccessProof, 'signIns' | 'questions' | 'rows' | 'differences'> {
  readonly namespacesLeftOut: number;
}

async function provePicture(
  access: Access,
  world: ProofWorld,
  { cluster, others }: AccessPicture,
  people: readonly ProofPerson[],
): Promise<PictureProof> {
  const { key } = cluster;
  const declared = access.clusters[key];
  if (declared === undefined) throw new Error(`The access file has no cluster ${key}.`);
  const { app } = declared;
  const server = world.apiServer(cluster);
  const expectedAnswer = answersOf(access, declared);
  const { questions, namespacesLeftOut } = tellingQuestions(declared);
  const differences: Difference[] = [];
  let signIns = 0;

  async function row({ login, groups }: ProofPerson): Promise<ProofRow> {
    const differ = (question: string, expected: string, given: string) => {
      if (expected !== given) differences.push({ login, cluster: key, question, expected, given });
    };
    const outcome = await signedIn(world, login, cluster);
    const nothing = (refusal: string) => ({ login, groups, cluster: key, others, refusal, answers: [] });
    const expected = maySignIn(access, app, groups) ? SIGNED_IN : ASSIGNMENT_REFUSAL;
    if (outcome instanceof SignInError) {
      differ('sign in', expected, outcome.message);
      return nothing(`sign in: ${outcome.description}`);
    }
    differ('sign in', expected, SIGNED_IN);
    signIns++;
    differ('lifetime of the ID token', `${WORST_CASE_REVOCATION.minutes} minutes`, lifetimeOf(outcome.idToken));
    const given = await Promise.all(questions.map(({ request }) => server.ask(outcome.idToken, request)));
    const unknown = given.find(({ status }) => status === 401);
    if (unknown !== undefined) {
      differ('be known by the ID token', 'known', `401: ${unknown.reason}`);
      return nothing(`be known: ${unknown.reason}`);
    }
    const answers = questions.flatMap(({ request, namespace, words }, at) => {
      const { status, reason } = given[at] as Answer;
      const allowed = status === 200;
      const should = expectedAnswer(groups, request).allowed;
      // The reason only where it helps: it would make two equal answers differ.
      if (allowed !== should) differ(requestText(request), answerText(should), `${answerText(allowed)}: ${reason}`);
      return words === undefined ? [] : [{ words, namespace, allowed }];
    });
    return { login, groups, cluster: key, others, refusal: null, answers };
  }

  const rows = await Promise.all(people.map(row));
  return { rows, differences, signIns, questions: signIns * questions.length, namespacesLeftOut };
}

const SIGNED_IN = 'signed in';
const ASSIGNMENT_REFUSAL = 'access_denied: User is not assigned to the client application.';

function answerText(allowed: boolean): string {
  return allowed ? 'allowed' : 'denied';
}

/** Whether the app of a cluster is open to somebody with these groups. */
function maySignIn(access: Access, appName: string, groups: readonly string[]): boolean {
  if (access.signIn.assignment === 'everyone') return true;
  const app = access.apps.find((candidate) => candidate.name === appName);
  return groups.some((group) => app?.groups.includes(group));
}

async function signedIn(
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

/** How long an ID token is good for: that long it outlives a removal. */
function lifetimeOf(idToken: string): string {
  const claims = Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString();
  const { iat, exp } = JSON.parse(claims) as { iat: number; exp: number };
  return `${(exp - iat) / 60} minutes`;
}
