import { escaped } from '../../../constraints/finding';
import { nameList } from '../../../constraints/nearest-name';
import { type ContextProblem, contextProblems } from '../../kubeconfig/check-kubeconfig';
import { serverText } from '../../kubeconfig/same-server';
import { appSettings } from '../../kubeconfig/sign-in-data-of';
import { NEW_KUBECONFIG } from '../../symptoms';
import { couldNotCheck, type DoctorCheck, type Finding, ok, problem } from '../doctor-check';
import type { DoctorContext } from '../doctor-context';
import type { KubeconfigContext } from '../kubeconfigs';
import { listenProblem, portHolder, processesWith, tellsProcesses } from '../port-holder';

const kubeconfigFile: DoctorCheck = {
  name: 'kubeconfig-file',
  link: 'laptop',
  level: 'own',
  title: 'There is a kubeconfig: a file of `KUBECONFIG`, or `~/.kube/config`.',
  fix: 'Set `KUBECONFIG` to the file that you downloaded, in this terminal, or merge the file into `~/.kube/config`.',
  symptoms: ['no-kubeconfig'],
  look({ kubeconfigs: { files, missing, contexts } }) {
    const without = missing.length === 0 ? '' : ` (not there: ${nameList(missing)})`;
    if (files.length === 0) return problem(`${nameList(missing)} does not exist.`);
    return contexts.size === 0
      ? problem(`${nameList(files)} has no context${without}.`)
      : ok(`${contexts.size} contexts in ${nameList(files)}${without}`);
  },
};

const kubeconfigContext: DoctorCheck = {
  name: 'kubeconfig-context',
  link: 'laptop',
  level: 'own',
  title: 'The kubeconfig has a context for the cluster, with a cluster and a user that exist.',
  fix: `Use one of the contexts that exist: \`kubectl config use-context NAME\`. If the cluster is new, ${NEW_KUBECONFIG[0]?.toLowerCase()}${NEW_KUBECONFIG.slice(1)}`,
  symptoms: ['no-context'],
  async look({ kubeconfigs, contextName, cluster, expected }) {
    const { contexts, clusters, users, current } = kubeconfigs;
    if (contexts.size === 0) return couldNotCheck('There is no context at all (see kubeconfig-file).');
    if (contextName === undefined && !(await expected()).endpoints.has(cluster.key)) {
      return couldNotCheck(
        `No context has the name ${escaped(cluster.key)}, and the endpoint of the cluster is not known. Name the context: --context.`,
      );
    }
    const context = contextName === undefined ? undefined : contexts.get(contextName);
    const has = `It has ${nameList([...contexts.keys()])}.`;
    if (context === undefined) {
      const given =
        contextName === undefined ? `for the cluster ${escaped(cluster.key)}` : `of the name ${escaped(contextName)}`;
      return problem(`The kubeconfig has no context ${given}. ${has}`);
    }
    const name = escaped(contextName as string);
    for (const [what, list] of [
      ['cluster', clusters],
      ['user', users],
    ] as const) {
      const entry = String(context.value[what] ?? '');
      if (!list.has(entry))
        return problem(
          `The context ${name} names the ${what} '${escaped(entry)}', which the kubeconfig does not have.`,
        );
    }
    return current !== '' && !contexts.has(current)
      ? problem(`The current context '${escaped(current)}' does not exist. ${has}`)
      : ok(`context ${name}`);
  },
};

const V1 = 'client.authentication.k8s.io/v1';
/** Versions that kubectl still knows beside v1. */
const OLDER = ['client.authentication.k8s.io/v1beta1'];
const MODES = ['Never', 'IfAvailable', 'Always'];

const kubeconfigExec: DoctorCheck = {
  name: 'kubeconfig-exec',
  link: 'laptop',
  level: 'own',
  title: `The user of the context signs in with kubelogin, in an exec stanza that kubectl accepts (\`${V1}\` with \`interactiveMode\`).`,
  fix: NEW_KUBECONFIG,
  symptoms: ['old-kubeconfig'],
  look({ kubeconfig }) {
    const { exec, call } = kubeconfig();
    if (exec === undefined) return problem('The user has no exec stanza, so nothing signs the person in.');
    const { apiVersion, interactiveMode, command } = exec;
    if (apiVersion !== V1 && !OLDER.includes(apiVersion)) {
      return problem(
        `The exec stanza has the apiVersion '${escaped(apiVersion)}', which kubectl does not know. Allowed: ${V1}.`,
      );
    }
    if (interactiveMode === '' && apiVersion === V1)
      return problem('The exec stanza has no interactiveMode, so kubectl refuses it.');
    if (interactiveMode !== '' && !MODES.includes(interactiveMode)) {
      return problem(
        `The exec stanza has the interactiveMode '${escaped(interactiveMode)}'. Allowed: ${MODES.join(', ')}.`,
      );
    }
    if (call === undefined)
      return problem(`The user signs in with ${escaped(command)}, and not with kubelogin at Okta.`);
    return ok(`${escaped(command)} with ${apiVersion}`);
  },
};

/** What `contextProblems` finds about a context, where everything that is not known is taken as right. */
async function problemsOf(context: DoctorContext): Promise<readonly ContextProblem[]> {
  const { access, cluster, expected } = context;
  const own = context.kubeconfig();
  const { issuerUrl, clientIds, endpoints, certificateAuthorities } = await expected();
  const app = access.apps.find(({ name }) => name === cluster.app);
  if (app === undefined || own.call === undefined) return [];
  const authority = certificateAuthorities.get(cluster.key)?.value ?? base64(own.authority);
  return contextProblems(
    { cluster: own.cluster, user: own.user },
    {
      cluster: {
        ...{ key: cluster.key, app: app.name },
        endpoint: endpoints.get(cluster.key)?.value ?? own.server ?? 'https://not-known.invalid',
        certificateAuthority: authority,
      },
      app: { ...appSettings(access, app), clientId: clientIds.get(app.name)?.value ?? own.clientId ?? '' },
    },
    issuerUrl?.value ?? own.issuer ?? '',
    own.clusterFile,
  );
}

function base64(pem: string | null | undefined): string | null {
  return pem ? Buffer.from(pem).toString('base64') : null;
}

/** What the check of a part of a context needs to know. */
interface PartCheck extends Pick<DoctorCheck, 'name' | 'title' | 'symptoms'> {
  readonly what: readonly ContextProblem['what'][];
  /** @default - to get a new kubeconfig */
  readonly fix?: string;
  /** What is right, for the evidence. */
  right(context: KubeconfigContext): string;
  /** Whether the right value is known. @default - the access file says it */
  isKnown?(context: DoctorContext): Promise<boolean>;
}

/** A check of one part of the context, which `kubeconfig --check` compares, too. */
function partCheck({ name, title, symptoms, what, fix = NEW_KUBECONFIG, right, isKnown }: PartCheck): DoctorCheck {
  return {
    ...{ name, title, fix, link: 'laptop', level: 'own' },
    ...(symptoms !== undefined && { symptoms }),
    async look(context): Promise<Finding> {
      const own = context.kubeconfig();
      if (own.call === undefined)
        return couldNotCheck('The user does not sign in with kubelogin (see kubeconfig-exec).');
      const found = (await problemsOf(context)).filter((one) => what.includes(one.what));
      if (found.length > 0) return problem(found.map((one) => `${capital(one.what)}: ${one.text}`).join(' '));
      if (isKnown !== undefined && !(await isKnown(context))) {
        return couldNotCheck(
          `The kubeconfig has ${right(own)}, and nothing says what is right. Add --outputs, or the options for it.`,
        );
      }
      return ok(right(own));
    },
  };
}

function capital(text: string): string {
  return `${text[0]?.toUpperCase()}${text.slice(1)}`;
}

const last = ({ call }: KubeconfigContext, flag: string) => call?.flags.get(flag)?.at(-1);

const PARTS: readonly DoctorCheck[] = [
  partCheck({
    name: 'kubeconfig-credentials',
    title:
      'The user of the context has no credentials of another kind, which kubectl would send instead of the ID token.',
    what: ['credentials'],
    right: () => 'only the exec stanza',
  }),
  partCheck({
    name: 'kubeconfig-server',
    title: 'The server of the context is the endpoint of the cluster.',
    what: ['endpoint'],
    symptoms: ['endpoint-not-found'],
    right: ({ server }) => serverText(server),
    isKnown: async ({ cluster, expected }) => (await expected()).endpoints.has(cluster.key),
  }),
  partCheck({
    name: 'kubeconfig-authority',
    title: 'The certificate authority of the context is that of the cluster; EKS can rotate it.',
    what: ['certificate authority'],
    symptoms: ['server-not-trusted'],
    right: ({ authority }) => (authority ? 'a certificate authority' : 'no certificate authority of its own'),
    isKnown: async ({ cluster, expected }) => (await expected()).certificateAuthorities.has(cluster.key),
  }),
  partCheck({
    name: 'kubeconfig-issuer',
    title: 'The issuer of the context is that of the authorization server, letter by letter.',
    what: ['issuer'],
    symptoms: ['no-such-issuer', 'issuer-differs'],
    right: ({ issuer }) => escaped(issuer ?? 'no issuer'),
    isKnown: async ({ expected }) => (await expected()).issuerUrl !== undefined,
  }),
  partCheck({
    name: 'kubeconfig-client',
    title: 'The client ID of the context is that of the app that the cluster trusts.',
    what: ['client ID'],
    symptoms: ['unknown-client'],
    right: ({ clientId }) => escaped(clientId ?? 'no client ID'),
    isKnown: async ({ cluster, expected }) => (await expected()).clientIds.has(cluster.app),
  }),
  partCheck({
    name: 'kubeconfig-scopes',
    title: 'The context requests the scopes that the cluster needs, and none that Okta refuses.',
    what: ['scopes'],
    symptoms: ['unknown-scope'],
    right: ({ call }) => `scopes ${call?.flags.get('oidc-extra-scope')?.join(', ') ?? 'none'}`,
  }),
  partCheck({
    name: 'kubeconfig-flow',
    title:
      'The context signs in as the app allows it: with PKCE, and with a device code only where the app allows that.',
    what: ['PKCE', 'device code'],
    symptoms: ['no-pkce'],
    right: (own) => `PKCE ${last(own, 'oidc-pkce-method') ?? 'auto'}, grant ${last(own, 'grant-type') ?? 'auto'}`,
  }),
  partCheck({
    name: 'kubeconfig-ports',
    title: 'kubelogin listens on the ports to which the app in Okta sends people back.',
    what: ['redirect port'],
    symptoms: ['redirect-not-allowed'],
    right: (own) =>
      listenAddresses(own)
        .map(({ host, port }) => `${host}:${port}`)
        .join(', ') || 'a device code',
  }),
];

/** The addresses at which kubelogin waits for the browser, in its order; none with a device code. */
export function listenAddresses({
  call,
}: KubeconfigContext): readonly { readonly host: string; readonly port: number }[] {
  if (call?.flags.get('grant-type')?.at(-1) === 'device-code') return [];
  const addresses = call?.flags.get('listen-address') ?? ['127.0.0.1:8000', '127.0.0.1:18000'];
  return addresses.map((address) => {
    const at = address.lastIndexOf(':');
    return { host: address.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(address.slice(at + 1)) };
  });
}

const portsFree: DoctorCheck = {
  name: 'ports-free',
  link: 'laptop',
  level: 'own',
  title: 'One of the ports on which kubelogin waits for the browser is free.',
  fix: 'Finish or end the earlier sign-in, or the other program. Another port does not work unless the app in Okta allows it.',
  symptoms: ['ports-in-use'],
  async look({ kubeconfig }) {
    const addresses = listenAddresses(kubeconfig());
    if (addresses.length === 0) return ok('a device code needs no port');
    const held: string[] = [];
    for (const { host, port } of addresses) {
      const because = await listenProblem(host, port);
      if (because === undefined) {
        const others = held.length === 0 ? '' : ` (not free: ${held.join(', ')})`;
        return ok(`${host}:${port} is free${others}`);
      }
      const holder = because === 'EADDRINUSE' ? portHolder(port) : because;
      held.push(`${host}:${port}${holder === undefined ? '' : `, held by ${holder}`}`);
    }
    return problem(`No port is free: ${held.join('; ')}.`);
  },
};

const oneSignIn: DoctorCheck = {
  name: 'one-sign-in',
  link: 'laptop',
  level: 'own',
  title:
    'Only one kubelogin waits for a person: an editor or a prompt that runs kubectl again and again opens a tab each time.',
  fix: 'Close the tabs, end the waiting kubelogins, and sign in once in a terminal. Stop the editor’s Kubernetes extension until then, or add `--authentication-timeout-sec=30` to the arguments in the kubeconfig.',
  symptoms: ['nobody-signed-in'],
  look({ kubeconfig }) {
    const { issuer, clientId } = kubeconfig();
    if (!tellsProcesses()) return couldNotCheck('This operating system does not tell which processes run.');
    const waiting = processesWith(
      (args) =>
        args.includes('get-token') &&
        [`--oidc-issuer-url=${issuer}`, `--oidc-client-id=${clientId}`].every((argument) => args.includes(argument)),
    );
    return waiting.length > 1
      ? problem(`${waiting.length} kubelogins wait for this app: processes ${nameList(waiting)}.`)
      : ok(waiting.length === 0 ? 'no kubelogin waits' : 'one kubelogin waits');
  },
};

/** What has to be right in the kubeconfig. */
export const KUBECONFIG_CHECKS: readonly DoctorCheck[] = [kubeconfigFile, kubeconfigContext, kubeconfigExec, ...PARTS];

/** What has to be right for the browser to come back. */
export const PORT_CHECKS: readonly DoctorCheck[] = [portsFree, oneSignIn];
