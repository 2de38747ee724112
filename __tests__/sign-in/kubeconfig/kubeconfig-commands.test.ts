import { kubeconfigOf } from '../../../sign-in/kubeconfig/kubeconfig';
import { kubeconfigCommands } from '../../../sign-in/kubeconfig/kubeconfig-commands';
import { CA_PEM } from '../certificate';
import { SIGN_IN } from './sign-in';

const cluster = { ...SIGN_IN, clusters: SIGN_IN.clusters.slice(0, 1) };
const commands = (shell: 'sh' | 'powershell', contextFormat?: string) =>
  kubeconfigCommands(kubeconfigOf(cluster, { contextFormat }), shell);

describe('the commands of kubectl', () => {
  test('are lines of sh', () => {
    expect(commands('sh', "it's $(prod) {cluster}")).toBe(
      `file=$(mktemp)
cat >"$file" <<'PEM'
${CA_PEM.trimEnd()}
PEM
kubectl config set-cluster 'it'\\''s $(prod) prod' --server=https://AB12.gr7.eu-west-1.eks.amazonaws.com --certificate-authority="$file" --embed-certs=true
rm -f "$file"
kubectl config set-credentials EKS@example.okta.com/oauth2/aus1 --exec-api-version=client.authentication.k8s.io/v1 --exec-command=kubectl-oidc_login --exec-arg=get-token --exec-arg=--oidc-issuer-url=https://example.okta.com/oauth2/aus1 --exec-arg=--oidc-client-id=0oa1shared --exec-arg=--oidc-extra-scope=email --exec-arg=--oidc-extra-scope=offline_access --exec-arg=--oidc-pkce-method=S256 --exec-arg=--listen-address=127.0.0.1:8000 --exec-arg=--listen-address=127.0.0.1:18000 --exec-interactive-mode=Never --exec-provide-cluster-info=false
kubectl config set-context 'it'\\''s $(prod) prod' --cluster='it'\\''s $(prod) prod' --user=EKS@example.okta.com/oauth2/aus1
kubectl config current-context >/dev/null 2>&1 || kubectl config use-context 'it'\\''s $(prod) prod'
`.replaceAll("--cluster='it'\\''s $(prod) prod'", "'--cluster=it'\\''s $(prod) prod'"),
    );
  });

  test('are lines of PowerShell, in which curly quotes end a text, too', () => {
    const text = commands('powershell', "it's \u2019 $env:HOME `a {cluster}");

    const name = "'it''s \u2019\u2019 $env:HOME `a prod'";
    expect(text.split('\n').filter((line) => !/^[\w+/=]+$|^-----END/.test(line))).toEqual([
      '$file = [IO.Path]::GetTempFileName()',
      "[IO.File]::WriteAllText($file, '-----BEGIN CERTIFICATE-----",
      "')",
      `kubectl config 'set-cluster' ${name} '--server=https://AB12.gr7.eu-west-1.eks.amazonaws.com' "--certificate-authority=$file" '--embed-certs=true'`,
      'Remove-Item $file',
      expect.stringMatching(
        /^kubectl config 'set-credentials' 'EKS@example\.okta\.com\/oauth2\/aus1' '--exec-api-version=/,
      ),
      `kubectl config 'set-context' ${name} ${name.replace("'it", "'--cluster=it")} '--user=EKS@example.okta.com/oauth2/aus1'`,
      `if (-not (kubectl config current-context 2>$null)) { kubectl config use-context ${name} }`,
      '',
    ]);
  });

  test.each(['a"{cluster}', '{cluster}\u201d', '{cluster}\\'])(
    'fail for %j, which not every PowerShell passes to a program',
    (format) => {
      expect(() => commands('powershell', format)).toThrow(
        'cannot be passed to kubectl by every PowerShell. Use --merge FILE, which needs no shell.',
      );
      expect(commands('sh', format)).toContain('kubectl config set-context');
    },
  );

  test('pass an argument with a comma as one item of a list', () => {
    const data = { ...cluster, issuerUrl: 'https://example.okta.com/a,b"c' };

    expect(kubeconfigCommands(kubeconfigOf(data), 'sh')).toContain(
      `'--exec-arg="--oidc-issuer-url=https://example.okta.com/a,b""c"'`,
    );
  });

  test('contain only the certificates of a certificate authority', () => {
    const evil = Buffer.from(`${CA_PEM}PEM\nrm -rf ~\n${CA_PEM}`).toString('base64');
    const data = { ...cluster, clusters: cluster.clusters.map((each) => ({ ...each, certificateAuthority: evil })) };

    const text = kubeconfigCommands(kubeconfigOf(data), 'sh');

    expect(text).not.toContain('rm -rf');
    expect(text.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  });

  test('fail for a certificate authority without a certificate', () => {
    const data = { ...cluster, clusters: cluster.clusters.map((each) => ({ ...each, certificateAuthority: 'QUJD' })) };

    expect(() => kubeconfigCommands(kubeconfigOf(data), 'sh')).toThrow('A certificate authority is not in PEM.');
  });
});
