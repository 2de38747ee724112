import { stripVTControlCharacters } from 'node:util';
import { type SandboxReport, sandboxText } from '../../report/sandbox-text';

const REPORT: SandboxReport = {
  seconds: 4.52,
  portalUrl: 'https://localhost:4/',
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
      createdNamespaces: ['shop', 'web'],
      namespace: 'shop',
    },
    { key: 'tools', url: 'https://127.0.0.1:3', iamRoles: [], createdNamespaces: [], namespace: 'default' },
  ],
  leftOut: ['lab'],
};

describe('the text of a running sandbox', () => {
  test('says how to use its APIs', () => {
    const apis = {
      ...{
        environment: '/run/env',
        okta: 'https://localhost:1/api/v1',
        aws: 'http://127.0.0.1:5',
        region: 'eu-west-1',
      },
    };

    const text = stripVTControlCharacters(sandboxText({ ...REPORT, apis }));

    expect(text).toContain(`
APIs
  Okta: https://localhost:1/api/v1    AWS: http://127.0.0.1:5
  . /run/env    # the credentials of this run, for Terraform, the AWS CLI, and the SDKs of Okta and AWS
  aws eks list-clusters
  What a client changes is in the next token, and within seconds in the API servers.

Your browser`);
    expect(text).toContain('The API servers run Kubernetes 1.34.\n');
  });

  test('shows the clusters, the people and commands to try', () => {
    const text = stripVTControlCharacters(sandboxText(REPORT));

    expect(text).toBe(`Ready in 4.5 s
  production: https://127.0.0.1:2; created shop and web, which the file expects to exist
  tools: https://127.0.0.1:3
  The API servers run Kubernetes 1.34. Bindings replace the access policies of EKS.
  1 cluster without an API server. Use --cluster to choose other clusters.

People
  login                    groups
  eks-admins@demo.example  eks-admins, eks-dev
  nobody@demo.example      none
  Everyone’s password: OxPwEH4f

Try
  https://localhost:4/    # the portal: what each group may do, and kubeconfigs to download
  export KUBECONFIG=/run/kubeconfig
  kubectl get namespaces                # opens the sign-in page in your browser
  kubectl auth whoami
  kubectl auth can-i --list
  kubectl get pods --namespace shop
  kubectl --context tools get namespaces
  kubectl --context production/on-call auth whoami    # with IAM, without Okta
  rm -r /run/tokens    # to sign in as another person; also sign out in the browser: https://localhost:1/login/signout

Your browser warns because it does not trust the certificate authority of this run. Continue, or import
/run/ca.pem. Ctrl-C ends the sandbox and removes all its files.
`);
  });

  test('does not mention API servers that are missing if each cluster has one', () => {
    const text = sandboxText({ ...REPORT, leftOut: [] });

    expect(text).not.toContain('without an API server');
  });
});
