import type { ClusterReader } from '../../../live/aws/cluster-reader';
import { combinedFacts, type LiveFacts } from '../../../live/facts/live-facts';
import type { Access } from '../../../model';
import { clusterAuthentication } from '../../../sign-in/cluster-authentication';
import type { ApiServerAnswers } from '../../../sign-in/doctor/api-server-answers';
import { DOCTOR_CHECKS } from '../../../sign-in/doctor/checks';
import { type CheckResult, diagnose } from '../../../sign-in/doctor/diagnose';
import { CouldNotCheck } from '../../../sign-in/doctor/doctor-check';
import type { DoctorContext } from '../../../sign-in/doctor/doctor-context';
import type { IssuerAnswers } from '../../../sign-in/doctor/issuer-answers';
import type { KubeconfigContext, Kubeconfigs } from '../../../sign-in/doctor/kubeconfigs';
import { machineWith } from '../../../sign-in/doctor/machine';
import type { OktaAnswers } from '../../../sign-in/doctor/okta-answers';
import type { SignInOutcome, TokenInUse } from '../../../sign-in/doctor/token-in-use';
import { kubeloginCall } from '../../../sign-in/kubeconfig/kubelogin-arguments';
import { accessWith, clusterOf } from '../../access-files';

export const ISSUER = 'https://example.okta.com/oauth2/aus1';
export const CLIENT = '0oa1';
export const NOW = Date.parse('2026-11-26T12:00:00Z');

/** What a test knows; everything else could not be read. */
export interface Known {
  readonly access?: Access;
  readonly cluster?: string;
  readonly login?: string;
  readonly facts?: LiveFacts;
  readonly environment?: NodeJS.ProcessEnv;
  readonly kubectl?: string;
  readonly kubeconfigs?: Kubeconfigs;
  readonly contextName?: string;
  readonly kubeconfig?: Partial<KubeconfigContext>;
  readonly issuer?: Partial<IssuerAnswers>;
  /** Claims of the token. */
  readonly token?: Readonly<Record<string, unknown>>;
  readonly refreshes?: boolean;
  readonly signIn?: SignInOutcome;
  readonly apiServer?: Partial<ApiServerAnswers>;
  readonly aws?: Partial<ClusterReader>;
  readonly okta?: Partial<OktaAnswers>;
}

const notKnown = async (): Promise<never> => {
  throw new CouldNotCheck('It is not known.');
};

/** An object whose other functions fail, because what they read is not known. */
function withUnknown<Thing extends object>(known: Partial<Thing> = {}): Thing {
  return new Proxy(known as Thing, {
    get: (target, name) => (name in target ? target[name as keyof Thing] : notKnown),
  });
}

/** A context of kubelogin with these arguments. */
export function signInContext(
  changes: readonly string[] = ['--oidc-extra-scope=email'],
  others: Partial<KubeconfigContext> = {},
): KubeconfigContext {
  const args = ['get-token', `--oidc-issuer-url=${ISSUER}`, `--oidc-client-id=${CLIENT}`, ...changes];
  const exec = {
    ...{ command: 'kubectl-oidc_login', apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never' },
    ...{ args, environment: {} },
  };
  return {
    ...{ name: 'prod', isComplete: true, insecure: false, file: '/home/ana/config', clusterFile: '/home/ana/config' },
    ...{ server: 'https://a.example', proxy: undefined, serverName: undefined, authority: undefined },
    cluster: { server: 'https://a.example' },
    user: { exec },
    ...{ exec, call: kubeloginCall(args), issuer: ISSUER, clientId: CLIENT },
    ...others,
  };
}

/** The context of checks that know only what a test says. */
export function contextWith(known: Known = {}): DoctorContext {
  const { access = accessWith(), facts = combinedFacts([]), environment = {}, kubectl } = known;
  const cluster = clusterOf(access, known.cluster ?? 'prod');
  const version = /^v1\.(\d+)/.exec(kubectl ?? '');
  const machine = machineWith(environment, () => NOW);
  const { token, refreshes } = known;
  return {
    ...{ access, cluster, facts, contextName: known.contextName, login: known.login },
    machine: {
      ...machine,
      kubectl: async () =>
        kubectl === undefined
          ? undefined
          : {
              file: '/bin/kubectl',
              version: version === null ? undefined : { text: kubectl, minor: Number(version[1]) },
            },
    },
    kubeconfigs: known.kubeconfigs ?? {
      ...{ files: [], missing: [], current: '' },
      ...{ contexts: new Map(), clusters: new Map(), users: new Map() },
    },
    kubeconfig: () => {
      if (known.kubeconfig === undefined) throw new CouldNotCheck('There is no context.');
      return { ...signInContext(), ...known.kubeconfig };
    },
    issuer: withUnknown(known.issuer),
    tokens: {
      signIn: async () => known.signIn,
      token: async (): Promise<TokenInUse> => {
        if (token === undefined) throw new CouldNotCheck('There is no token.');
        return {
          token: 'a.b.c',
          claims: token,
          from: 'the cache of kubelogin',
          ...(refreshes !== undefined && { refreshes }),
        };
      },
    },
    apiServer: withUnknown(known.apiServer),
    aws: () => withUnknown(known.aws),
    okta: withUnknown(known.okta),
    intended: async () => facts,
    expected: async () => facts,
    authentication: async () => clusterAuthentication(access, cluster, { issuerUrl: ISSUER, clientId: CLIENT }),
  };
}

/** What a check says with what a test knows. */
export async function resultOf(name: string, known: Known): Promise<Pick<CheckResult, 'status' | 'evidence' | 'fix'>> {
  const check = DOCTOR_CHECKS.find((one) => one.name === name);
  if (check === undefined) throw new Error(`no check ${name}`);
  const { checks } = await diagnose(contextWith(known), [check]);
  const [{ status, evidence, fix } = { status: 'could not check', evidence: 'It does not apply.', fix: null }] = checks;
  return { status, evidence, fix } as Pick<CheckResult, 'status' | 'evidence' | 'fix'>;
}

/** The same in one line: the status and the evidence. */
export async function lineOf(name: string, known: Known): Promise<string> {
  const { status, evidence } = await resultOf(name, known);
  return `${status}: ${evidence}`;
}
