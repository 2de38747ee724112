/** Something that goes wrong when a person signs in. Backticks mark code, as in Markdown. */
export interface Symptom {
  /** A name in kebab-case, which addresses it. */
  readonly name: string;
  /** A line of what is seen, or the part of it that is the same everywhere. `…` is what differs. */
  readonly seen: string;
  /** What shows it; `Okta` is a page in the browser. */
  readonly where: 'kubectl' | 'kubelogin' | 'Okta' | 'AWS';
  readonly cause: string;
  /** How to see that this is the cause. */
  readonly see: string;
  /** What ends it. */
  readonly mend: string;
}

/** Whether a symptom is seen in an output. */
export function isSeen({ seen }: Pick<Symptom, 'seen'>, output: string): boolean {
  const parts = seen.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(parts.join('.*')).test(output);
}

const NEW = 'get a new kubeconfig from the portal, or run `eks-access kubeconfig --portal URL --merge ~/.kube/config`.';
/** How to get a kubeconfig that is right, in a sentence. */
export const NEW_KUBECONFIG = `G${NEW.slice(1)}`;

/** What goes wrong, in the order of a sign-in: kubectl, kubelogin, Okta, the network, the API server, and its answer. */
export const SYMPTOMS: readonly Symptom[] = [
  {
    name: 'no-kubeconfig',
    seen: 'The connection to the server localhost:8080 was refused - did you specify the right host or port?',
    where: 'kubectl',
    cause: 'kubectl has no kubeconfig, so it tries this machine.',
    see: '`kubectl config get-contexts` lists nothing.',
    mend: 'Set `KUBECONFIG` to the file that you downloaded, in this terminal, or merge the file into `~/.kube/config`.',
  },
  {
    name: 'no-context',
    seen: 'Error in configuration: context was not found for specified context: …',
    where: 'kubectl',
    cause: 'The kubeconfig has no context of this name.',
    see: '`kubectl config get-contexts` lists the contexts that it has.',
    mend: 'Use one of them. If the cluster is new, get a new kubeconfig.',
  },
  {
    name: 'no-kubelogin',
    seen: 'exec: executable kubectl-oidc_login not found',
    where: 'kubectl',
    cause: 'kubelogin is not installed, or not in a folder of `PATH` under its name as a plugin, `kubectl-oidc_login`.',
    see: '`kubectl plugin list` does not list `kubectl-oidc_login`.',
    mend: 'Install kubelogin: `brew install kubelogin` on macOS and Linux, `choco install kubelogin` on Windows, or `kubectl krew install oidc-login` anywhere. With Krew, add `~/.krew/bin` to `PATH`.',
  },
  {
    name: 'no-plugin',
    seen: 'unknown command "oidc-login" for "kubectl"',
    where: 'kubectl',
    cause: 'The kubeconfig was written by hand, and runs `kubectl oidc-login`. kubelogin is not installed.',
    see: '`kubectl plugin list` does not list `kubectl-oidc_login`.',
    mend: `Install kubelogin. The kubectl of the Google Cloud SDK shows nothing and starts itself again and again: end it with Ctrl-C. ${NEW_KUBECONFIG} It runs kubelogin itself.`,
  },
  {
    name: 'plugin-not-allowed',
    seen: 'plugin path "…" is not permitted by the credential plugin allowlist',
    where: 'kubectl',
    cause: 'Your kuberc lets kubectl run only the programs of its list.',
    see: '`~/.kube/kuberc` has `credentialPluginPolicy: Allowlist`.',
    mend: 'Run `eks-access kubeconfig --kuberc`, which adds the program to the list.',
  },
  {
    name: 'old-kubeconfig',
    seen: 'interactiveMode must be specified for … to use exec authentication plugin',
    where: 'kubectl',
    cause:
      'The kubeconfig was written by hand or for an old kubectl: `client.authentication.k8s.io/v1` needs `interactiveMode`.',
    see: 'The user entry in the kubeconfig has no `interactiveMode`.',
    mend: NEW_KUBECONFIG,
  },
  {
    name: 'ports-in-use',
    seen: 'could not start a local server: no available port: could not listen: listen tcp 127.0.0.1:…: bind: address already in use',
    where: 'kubelogin',
    cause:
      'Other programs use the ports to which Okta sends you back; often an earlier kubelogin that still waits for its browser.',
    see: '`lsof -i :8000` on macOS and Linux, or `netstat -ano` on Windows, shows the program.',
    mend: 'Finish or end the earlier sign-in, or the other program. Another port does not work unless the app in Okta allows it.',
  },
  {
    name: 'no-browser',
    seen: 'error: could not open the browser: …',
    where: 'kubelogin',
    cause: 'This machine has no browser, or kubelogin cannot start it, such as over SSH.',
    see: 'kubelogin prints `Please visit the following URL in your browser manually`.',
    mend: 'Open the printed URL in a browser on the same machine. From a remote machine, forward the port first: `ssh -L 8000:localhost:8000 …`. If the access file allows device codes, `eks-access kubeconfig --device-code` needs no browser there.',
  },
  {
    name: 'nobody-signed-in',
    seen: 'authorization error: context deadline exceeded',
    where: 'kubelogin',
    cause: 'Nobody finished the sign-in in the browser within three minutes.',
    see: 'The browser still shows the sign-in page, or a message of Okta: look for that message here.',
    mend: 'Run the command again. Close the tabs of earlier attempts first.',
  },
  {
    name: 'issuer-not-found',
    seen: 'oidc discovery error: Get "https://…/.well-known/openid-configuration": dial tcp: lookup …: no such host',
    where: 'kubelogin',
    cause: 'This machine cannot reach Okta, or the kubeconfig has the host of another organization.',
    see: 'A browser on this machine cannot open the URL in the message either.',
    mend: `Connect to the network or the VPN. If a browser can open other pages, ${NEW}`,
  },
  {
    name: 'no-such-issuer',
    seen: 'oidc discovery error: 404 Not Found: …',
    where: 'kubelogin',
    cause:
      'Okta has no authorization server with the issuer of the kubeconfig: it was replaced, or it is written wrong.',
    see: '`eks-access kubeconfig --portal URL --check FILE` compares the issuer with the one in force.',
    mend: NEW_KUBECONFIG,
  },
  {
    name: 'issuer-differs',
    seen: 'oidc: issuer URL provided to client ("…") did not match the issuer URL returned by provider ("…")',
    where: 'kubelogin',
    cause:
      'The issuer of the kubeconfig is written in another way than Okta writes it: a slash at the end, or the custom domain.',
    see: 'Compare the two URLs in the message, letter by letter.',
    mend: NEW_KUBECONFIG,
  },
  {
    name: 'issuer-not-trusted',
    seen: 'oidc discovery error: Get "https://…/.well-known/openid-configuration": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    where: 'kubelogin',
    cause:
      'Something between this machine and Okta, such as a proxy that inspects traffic, shows a certificate that kubelogin does not trust.',
    see: 'In a browser, the certificate of the URL in the message is from your company, not from a public authority.',
    mend: 'Add the authority of your company to those of the operating system, or on Linux set `SSL_CERT_FILE` to a file with all authorities.',
  },
  {
    name: 'unknown-client',
    seen: "Invalid value for 'client_id' parameter.",
    where: 'Okta',
    cause: 'The app of the kubeconfig does not exist any more: it was replaced and has a new client ID.',
    see: '`eks-access kubeconfig --portal URL --check FILE` compares the client ID with the one in force.',
    mend: NEW_KUBECONFIG,
  },
  {
    name: 'redirect-not-allowed',
    seen: "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings.",
    where: 'Okta',
    cause: 'kubelogin listens on a port that the app in Okta does not allow.',
    see: 'The address of the page has `redirect_uri=`; its port is not in `signIn.redirectPorts` of the access file.',
    mend: `${NEW_KUBECONFIG} It has the ports that the app allows.`,
  },
  {
    name: 'not-assigned',
    seen: 'access_denied User is not assigned to the client application.',
    where: 'kubelogin',
    cause: 'You are in no group that may sign in to this cluster.',
    see: 'The portal lists the groups of the cluster; you are in none of them.',
    mend: 'Ask to be put into one of the groups, and run the command again.',
  },
  {
    name: 'no-rule',
    seen: 'access_denied Policy evaluation failed for this request, please check the policy configurations.',
    where: 'kubelogin',
    cause:
      'No rule of the authorization server allows this sign-in: you are assigned to the app, but in none of the groups of its rule, or the kubeconfig requests a scope that the rule does not allow.',
    see: 'In Okta, Token Preview of the authorization server says which rule applies.',
    mend: `${NEW_KUBECONFIG} If that does not help, ask to be put into a group of the cluster.`,
  },
  {
    name: 'unknown-scope',
    seen: 'invalid_scope One or more scopes are not configured for the authorization server resource.',
    where: 'kubelogin',
    cause: 'The kubeconfig requests a scope that the authorization server does not have, often `groups`.',
    see: 'An argument `--oidc-extra-scope` in the kubeconfig is not one of those in a new kubeconfig.',
    mend: NEW_KUBECONFIG,
  },
  {
    name: 'no-pkce',
    seen: "invalid_request PKCE code challenge is required when the token endpoint authentication method is 'NONE'.",
    where: 'kubelogin',
    cause: 'The kubeconfig signs in without PKCE, which the app requires.',
    see: 'The kubeconfig has no argument `--oidc-pkce-method=S256`.',
    mend: NEW_KUBECONFIG,
  },
  {
    name: 'endpoint-unreachable',
    seen: 'Unable to connect to the server: dial tcp …: i/o timeout',
    where: 'kubectl',
    cause: 'The endpoint of the cluster is private, or its list of public addresses does not have yours.',
    see: 'Only clusters with such an endpoint fail, and `curl -k <endpoint>/version` times out, too.',
    mend: 'Connect to the network or the VPN of the cluster.',
  },
  {
    name: 'endpoint-not-found',
    seen: 'Unable to connect to the server: dial tcp: lookup …: no such host',
    where: 'kubectl',
    cause: 'The cluster was deleted or created again, or its name resolves only in its own network.',
    see: '`eks-access kubeconfig --portal URL --check FILE` compares the endpoint with the one in force.',
    mend: `If it differs, ${NEW} If not, connect to the network of the cluster.`,
  },
  {
    name: 'server-not-trusted',
    seen: 'Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed by unknown authority',
    where: 'kubectl',
    cause:
      'The certificate authority of the cluster was rotated or the cluster was created again; or a proxy inspects the traffic.',
    see: '`eks-access kubeconfig --portal URL --check FILE` compares the certificate authority with the one in force.',
    mend: `If it differs, ${NEW} If not, do not continue: something else answers for the API server.`,
  },
  {
    name: 'token-refused',
    seen: 'error: You must be logged in to the server (…)',
    where: 'kubectl',
    cause:
      'The API server refuses the token: it is for another app or of another issuer, has no e-mail address or one that is not verified, has expired, or the association with Okta is not active yet.',
    see: '`eks-access token explain --cache`, or `--sign-in`, says which it is, in the order of the API server.',
    mend: `${NEW_KUBECONFIG} If the association is new, wait until it is active.`,
  },
  {
    name: 'association-not-active',
    seen: '"status": "CREATING"',
    where: 'AWS',
    cause:
      'EKS still associates the cluster with Okta, which takes 20 minutes or more. Until then, it refuses every token.',
    see: '`aws eks describe-identity-provider-config --cluster-name … --identity-provider-config type=oidc,name=Okta` shows this status.',
    mend: 'Wait until it is `ACTIVE`.',
  },
  {
    name: 'forbidden',
    seen: 'Error from server (Forbidden): … is forbidden: User "…" cannot …',
    where: 'kubectl',
    cause: 'You are signed in, but no role of your groups allows this here.',
    see: '`kubectl auth whoami` lists your groups as the cluster sees them. If your group is missing, the token is older than your membership, or you are not in the group. If it is there, its role does not allow this.',
    mend: 'With a missing group: run `kubectl oidc-login clean`, and sign in again. With a role that does not allow it: name a namespace where you have the role, or ask for access.',
  },
  {
    name: 'guard',
    seen: "ValidatingAdmissionPolicy 'oidc-…' with binding 'oidc-…' denied request: …",
    where: 'kubectl',
    cause: 'Your role allows it, but a guard of the cluster refuses it to everyone outside its list.',
    see: 'The end of the message says who may.',
    mend: 'Ask one of them, or change what you wanted to do.',
  },
];
