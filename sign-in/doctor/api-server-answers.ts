import * as z from 'zod';
import { type HttpsAnswer, httpsRequest, NoAnswerError } from '../../live/https-request';
import type { PolicyRule } from '../../rbac/policy-rule';
import { CouldNotCheck } from './doctor-check';
import { jsonObject } from './issuer-answers';
import type { KubeconfigContext } from './kubeconfigs';
import { type Machine, type Version, versionIn } from './machine';
import { once } from './once';
import type { TokenInUse, TokenSource } from './token-in-use';
import { trustedRoots } from './trusted-roots';

/** A user as the API server sees them. */
export interface SeenUser {
  readonly username: string;
  readonly groups: readonly string[];
}

/** What the API server lets a user do in a namespace. */
export interface SeenRules {
  readonly rules: readonly PolicyRule[];
  /** Why the list is not complete; empty if it is. */
  readonly incomplete: string;
}

/** A binding of RBAC, as far as it is compared. */
export type SeenBinding = z.output<typeof binding>;

/** What the API server of a context answers. */
export interface ApiServerAnswers {
  /** Asks for the version, which needs no rights. @throws CouldNotCheck without a server */
  version(): Promise<HttpsAnswer | NoAnswerError>;
  /** The version of the API server; undefined if it does not say it. @throws CouldNotCheck if it cannot be reached */
  kubernetes(): Promise<Version | undefined>;
  /** Whether kubectl trusts no other authority for this server than this program. */
  knowsAuthorities(): boolean;
  /** Who the token is for the API server; a status if it refuses the token. @throws CouldNotCheck */
  whoAmI(): Promise<SeenUser | 401 | 403>;
  /** What the user of the token may do in a namespace. @throws CouldNotCheck */
  rulesIn(namespace: string): Promise<SeenRules>;
  /** Whether the user of the token may make one request of a rule: the first of its verbs, on the first of its resources or URLs. @throws CouldNotCheck */
  allows(namespace: string, rule: PolicyRule): Promise<boolean>;
  /** The bindings of a place, null for those of the whole cluster. @throws CouldNotCheck, also without the right to read them */
  bindingsIn(namespace: string | null): Promise<readonly SeenBinding[]>;
}

const binding = z.object({
  metadata: z.object({ name: z.string() }),
  roleRef: z.object({ kind: z.string(), name: z.string() }),
  subjects: z.array(z.object({ kind: z.string(), name: z.string() })).default([]),
});
const bindings = z.object({ items: z.array(binding) });

const texts = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);
const user = z.object({ status: z.object({ userInfo: z.object({ username: z.string(), groups: texts }) }) });
const rules = z.object({
  status: z.object({
    resourceRules: z
      .array(z.object({ verbs: texts, apiGroups: texts, resources: texts, resourceNames: texts }))
      .nullish(),
    nonResourceRules: z.array(z.object({ verbs: texts, nonResourceURLs: texts })).nullish(),
    incomplete: z.boolean().default(false),
    evaluationError: z.string().default(''),
  }),
});

const decision = z.object({ status: z.object({ allowed: z.boolean() }) });

const SIGNED_IN = 'authentication.k8s.io/v1';
const ALLOWED = 'authorization.k8s.io/v1';

/** Asks the API server of a context as kubectl does. Each question is asked once. */
export function apiServerAnswers(
  context: () => KubeconfigContext,
  machine: Machine,
  tokens: TokenSource,
): ApiServerAnswers {
  const roots = once(() => trustedRoots(machine.environment));
  const ask = async (path: string, body?: object, token?: TokenInUse): Promise<HttpsAnswer> => {
    const { server, authority, serverName, proxy } = context();
    if (server === undefined) throw new CouldNotCheck('The kubeconfig names no server.');
    if (!URL.canParse(server) || new URL(server).protocol !== 'https:') {
      throw new CouldNotCheck('The server of the kubeconfig is no https URL.');
    }
    if (authority === null) throw new CouldNotCheck('The certificate authority of the kubeconfig could not be read.');
    return httpsRequest(`${server.replace(/\/$/, '')}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      ca: authority === undefined ? roots().pem : [authority],
      headers: { accept: 'application/json', ...(token !== undefined && { authorization: `Bearer ${token.token}` }) },
      ...(body !== undefined && { body }),
      ...(serverName !== undefined && { serverName }),
      ...(proxy !== undefined && { proxy }),
    });
  };
  const version = once(async () => {
    try {
      return await ask('/version');
    } catch (error) {
      if (error instanceof NoAnswerError) return error;
      throw error;
    }
  });
  /** Asks with the token, where the server can be reached and the token is not too old. */
  const askAsUser = async (path: string, body?: object): Promise<HttpsAnswer> => {
    if ((await version()) instanceof NoAnswerError) {
      throw new CouldNotCheck('The API server does not answer (see endpoint-reachable and endpoint-certificate).');
    }
    const token = await tokens.token();
    if (Number(token.claims.exp) * 1000 <= machine.now()) {
      throw new CouldNotCheck('The token in the cache has expired. Run it with --sign-in.');
    }
    return orCouldNotCheck(() => ask(path, body, token));
  };
  const review = (group: string, kind: string, spec?: object) =>
    askAsUser(`/apis/${group}/${kind.toLowerCase()}s`, { apiVersion: group, kind, ...(spec && { spec }) });
  const whoAmI = once(async (): Promise<SeenUser | 401 | 403> => {
    const answer = await review(SIGNED_IN, 'SelfSubjectReview');
    if (answer.status === 401 || answer.status === 403) return answer.status;
    return parsed(user, answer, 'SelfSubjectReview').status.userInfo;
  });
  const signedIn = async () => {
    if ((await whoAmI()) === 401) throw new CouldNotCheck('The API server refuses the token (see authenticated).');
  };
  const rulesOf = new Map<string, () => Promise<SeenRules>>();
  return {
    version,
    async kubernetes() {
      const answer = await version();
      if (answer instanceof NoAnswerError)
        throw new CouldNotCheck('The API server does not answer (see endpoint-reachable).');
      return versionIn(answer.body.toString('utf8'));
    },
    knowsAuthorities: () => !context().insecure && (context().authority !== undefined || roots().complete),
    whoAmI,
    async rulesIn(namespace) {
      await signedIn();
      const read =
        rulesOf.get(namespace) ??
        once(async () => seenRules(await review(ALLOWED, 'SelfSubjectRulesReview', { namespace })));
      rulesOf.set(namespace, read);
      return read();
    },
    async allows(namespace, { verbs, apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] }) {
      const [verb, group, whole = '', name, path] = [verbs, apiGroups, resources, resourceNames, nonResourceURLs].map(
        ([first]) => first,
      );
      const [resource, subresource] = whole.split('/');
      const attributes =
        path === undefined
          ? { resourceAttributes: { namespace, verb, group, resource, subresource, name } }
          : { nonResourceAttributes: { verb, path } };
      const answer = await review(ALLOWED, 'SelfSubjectAccessReview', attributes);
      return parsed(decision, answer, 'SelfSubjectAccessReview').status.allowed;
    },
    async bindingsIn(namespace) {
      await signedIn();
      const place =
        namespace === null ? 'clusterrolebindings' : `namespaces/${encodeURIComponent(namespace)}/rolebindings`;
      const answer = await askAsUser(`/apis/rbac.authorization.k8s.io/v1/${place}`);
      if (answer.status === 403) throw new CouldNotCheck('The person may not read bindings.');
      return parsed(bindings, answer, 'list of bindings').items;
    },
  };
}

function seenRules(answer: HttpsAnswer): SeenRules {
  const { resourceRules, nonResourceRules, incomplete, evaluationError } = parsed(
    rules,
    answer,
    'SelfSubjectRulesReview',
  ).status;
  return {
    rules: [...(resourceRules ?? []), ...(nonResourceRules ?? [])],
    incomplete: incomplete ? evaluationError || 'it does not say why' : '',
  };
}

function parsed<Shape extends z.ZodType>(shape: Shape, { status, body }: HttpsAnswer, what: string): z.output<Shape> {
  const result = shape.safeParse(jsonObject(body));
  if (result.success) return result.data;
  throw new CouldNotCheck(`The API server answers with status ${status}, and without a ${what}.`);
}

async function orCouldNotCheck<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error;
    throw new CouldNotCheck(`The API server gave no answer: ${error.message}.`);
  }
}
