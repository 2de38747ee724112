import { escaped } from '../../../constraints/finding';
import { NoAnswerError } from '../../../live/https-request';
import { isSeen, NEW_KUBECONFIG, SYMPTOMS } from '../../symptoms';
import { CouldNotCheck, couldNotCheck, type DoctorCheck, type Finding, ok, problem } from '../doctor-check';
import type { DoctorContext } from '../doctor-context';
import { jsonObject, redirectUri } from '../issuer-answers';
import { listenAddresses } from './kubeconfig';

const issuerReachable: DoctorCheck = {
  name: 'issuer-reachable',
  link: 'Okta',
  level: 'own',
  title: 'This machine reaches the issuer, trusts its certificate, and gets its discovery document.',
  fix: 'Connect to the network or the VPN, and look at `HTTPS_PROXY` and `NO_PROXY`.',
  symptoms: ['issuer-not-found', 'issuer-not-trusted', 'no-such-issuer'],
  async look({ issuer }) {
    const found = await issuer.discovery();
    if (!('because' in found)) return ok(found.url);
    const because = `${found.because[0]?.toUpperCase()}${found.because.slice(1)}.`;
    switch (found.kind) {
      case 'certificate':
        return problem(
          because,
          'If your company inspects traffic, add its authority to those of the operating system, or on Linux set `SSL_CERT_FILE` to a file with all authorities. If not, do not sign in: something else answers for Okta.',
        );
      case 'not known':
        return couldNotCheck(
          `${because} kubelogin may trust it: it asks the operating system, which this program cannot.`,
        );
      case 'not found':
      case 'malformed':
        return problem(
          because,
          `No authorization server has this issuer: it was replaced, or it is written wrong. ${NEW_KUBECONFIG}`,
        );
      case 'unreachable':
        return problem(because);
    }
  },
};

const issuerIdentical: DoctorCheck = {
  name: 'issuer-identical',
  link: 'Okta',
  level: 'own',
  title:
    'The issuer calls itself what the kubeconfig calls it, letter by letter, and is an authorization server and not the organization.',
  fix: `Use one text everywhere: deploy the stacks, and get a new kubeconfig. If Okta’s text depends on the host name, set \`issuerMode\` of the authorization server to \`ORG_URL\` or \`CUSTOM_URL\`.`,
  symptoms: ['issuer-differs'],
  async look(context) {
    const { issuer } = await context.issuer.foundDiscovery();
    const own = context.kubeconfig().issuer ?? '';
    if (issuer !== own) {
      const slash = issuer === `${own}/` || `${issuer}/` === own ? ' Only the slash at the end differs.' : '';
      return problem(`The kubeconfig has ${escaped(own)}, and the issuer calls itself ${escaped(issuer)}.${slash}`);
    }
    if (!new URL(own).pathname.startsWith('/oauth2/')) {
      return problem(
        `${escaped(own)} is the organization itself, whose tokens have no groups claim of an authorization server.`,
        NEW_KUBECONFIG,
      );
    }
    return ok(escaped(issuer));
  },
};

const issuerKeys: DoctorCheck = {
  name: 'issuer-keys',
  link: 'Okta',
  level: 'own',
  title: 'The issuer publishes its keys, and API servers can read them.',
  fix: 'Look at the status of Okta (https://status.okta.com), and at what is between this machine and Okta.',
  async look({ issuer }) {
    const { keysUrl } = await issuer.foundDiscovery();
    const answer = await issuer.keySet();
    if (answer instanceof NoAnswerError)
      return problem(`The keys at ${escaped(keysUrl)} cannot be had: ${answer.message}.`);
    if (answer.status !== 200) return problem(`${escaped(keysUrl)} answers with status ${answer.status}.`);
    const keys = jsonObject(answer.body)?.keys;
    if (!Array.isArray(keys) || keys.length === 0) return problem(`${escaped(keysUrl)} has no keys.`);
    try {
      await issuer.keys();
    } catch (error) {
      if (error instanceof CouldNotCheck) throw error;
      return problem(`API servers cannot read the keys: ${escaped((error as Error).message)}.`);
    }
    return ok(`${keys.length} at ${escaped(keysUrl)}`);
  },
};

/** What Okta answers where it would show its sign-in page, or ask for something, if a person were there. */
const WOULD_ASK = ['login_required', 'interaction_required', 'consent_required', 'account_selection_required'];

/** Errors that say nothing about the request. */
const UNDECIDED = ['server_error', 'temporarily_unavailable'];

const authorizeRequest: DoctorCheck = {
  name: 'authorize-request',
  link: 'Okta',
  level: 'own',
  title:
    'Okta accepts the request with which kubelogin starts a sign-in: its client ID, redirect addresses, scopes, and PKCE.',
  fix: NEW_KUBECONFIG,
  symptoms: ['unknown-client', 'redirect-not-allowed', 'unknown-scope', 'no-pkce', 'no-rule'],
  async look(context) {
    const own = context.kubeconfig();
    const ports = listenAddresses(own).map(({ port }) => port);
    if (ports.length === 0)
      return couldNotCheck('A device code has no request without a person. Run it with --sign-in.');
    for (const port of ports) {
      const finding = await answerTo(context, port);
      if (finding !== undefined) return finding;
    }
    return ok(`Okta would show its sign-in page (ports ${ports.join(', ')})`);
  },
};

/** What is wrong with the request for a port; undefined if nothing is. */
async function answerTo({ issuer, kubeconfig }: DoctorContext, port: number): Promise<Finding | undefined> {
  let answer: Awaited<ReturnType<typeof issuer.authorize>>;
  try {
    answer = await issuer.authorize(port);
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error;
    return couldNotCheck(`Okta gave no answer: ${error.message}.`);
  }
  const { status, headers, body } = answer;
  const target = String(headers.location ?? '');
  const back = redirectUri(kubeconfig().call?.flags ?? new Map(), port);
  if (target !== '' && !target.startsWith(back)) return undefined;
  const parameters = target === '' ? undefined : new URL(target).searchParams;
  const error = parameters?.get('error') ?? '';
  if (WOULD_ASK.includes(error) || (status === 200 && target === '')) return undefined;
  if (UNDECIDED.includes(error)) return couldNotCheck(`Okta answers with ${escaped(error)}.`);
  if (status === 429 || status >= 500) return couldNotCheck(`Okta answers with status ${status}.`);
  const said =
    parameters === undefined
      ? plainText(body.toString('utf8'))
      : `${error} ${parameters.get('error_description') ?? ''}`;
  const symptom = SYMPTOMS.find((one) => isSeen(one, said));
  const shown = symptom?.seen ?? (said.length > 300 ? `${said.slice(0, 300)}…` : said);
  return problem(`Okta refuses the request with port ${port} (status ${status}): ${escaped(shown)}`, symptom?.mend);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&#39;': "'",
  '&#x27;': "'",
  '&#34;': '"',
  '&quot;': '"',
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
};

/** The text of a page, on one line. */
function plainText(html: string): string {
  return html
    .replaceAll(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(#\w+|quot|amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity)
    .replaceAll(/\s+/g, ' ')
    .trim();
}

const signIn: DoctorCheck = {
  name: 'sign-in',
  link: 'Okta',
  level: 'own',
  title: 'A new sign-in (`--sign-in`) gives a token.',
  fix: 'Do what the message says, or look for it in docs/troubleshooting.md.',
  symptoms: ['not-assigned', 'no-rule', 'unknown-scope', 'no-pkce', 'nobody-signed-in', 'no-browser'],
  async look({ tokens }) {
    const outcome = await tokens.signIn();
    if (outcome === undefined)
      return couldNotCheck('Nobody signed in. Run it with --sign-in to see what Okta says to this person.');
    if (outcome.token !== undefined) return ok('kubelogin got a token');
    return problem(`kubelogin got no token: ${escaped(outcome.message) || 'it says nothing'}`, outcome.symptom?.mend);
  },
};

/** What the issuer says to everybody. */
export const ISSUER_CHECKS: readonly DoctorCheck[] = [issuerReachable, issuerIdentical, issuerKeys, authorizeRequest];

/** What Okta says to the person. */
export const SIGN_IN_CHECKS: readonly DoctorCheck[] = [signIn];
