import { stripVTControlCharacters } from 'node:util';
import { type SandboxReport, sandboxText } from '../../report/sandbox-text';

const REPORT: SandboxReport = {
  seconds: 4.52,
  kubeconfig: '/run/kubeconfig',
  tokens: '/run/tokens',
  certificateAuthority: '/run/ca.pem',
  signOutUrl: 'https://localhost:1/login/signout',
  kubernetes: '1.34',
  people: [
    { login: 'eks-admins@demo.example', groups: ['eks-admins', 'eks-dev'] },
    { login: 'nobody@demo.example', groups: [] },
  ],
  password: 'OxPwEH4f',
  clusters: [
    {
      key: 'production',
      url: 'https://127.0.0.1:2',
      iamRoles: ['on-call'],
      madeNamespaces: ['shop', 'web'],
      namespace: 'shop',
    },
    { key: 'tools', url: 'https://127.0.0.1:3', iamRoles: [], madeNamespaces: [], namespace: 'default' },
  ],
  leftOut: ['lab'],
};

describe('the text of a running sandbox', () => {
  test('says where it is, who people can be, and what to try', () => {
    const text = stripVTControlCharacters(sandboxText(REPORT));

    expect(text).toBe(`Ready in 4.5 s
  production: https://127.0.0.1:2; made shop and web, which the file expects to be there
  tools: https://127.0.0.1:3
  The API servers are Kubernetes 1.34, and bindings stand in for the access policies of EKS.
  Without an API server: 1 cluster; --cluster chooses others.

People
  login                    groups
  eks-admins@demo.example  eks-admins, eks-dev
  nobody@demo.example      none
  Everyone’s password: OxPwEH4f

Try
  export KUBECONFIG=/run/kubeconfig
  kubectl get namespaces                # opens the sign-in page in your browser
  kubectl auth whoami
  kubectl auth can-i --list
  kubectl get pods --namespace shop
  kubectl --context tools get namespaces
  kubectl --context production/on-call auth whoami    # IAM, without Okta
  rm -r /run/tokens    # to be somebody else; sign out of the browser, too: https://localhost:1/login/signout

Your browser does not know the certificate authority of this run, and warns: go on, or import
/run/ca.pem. Ctrl-C ends the sandbox and removes all of it.
`);
  });

  test('speaks of no cluster without an API server where each has one', () => {
    const text = sandboxText({ ...REPORT, leftOut: [] });

    expect(text).not.toContain('Without an API server');
  });
});
