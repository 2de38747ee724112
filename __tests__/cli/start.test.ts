import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import packageJson from '../../package.json';
import { SMALLEST } from '../access-files';
import { copyOfProject, filesBelow, nodeArguments, runNode } from '../command';

const start = nodeArguments(packageJson.scripts.start);

describe('npm start', () => {
  const project = copyOfProject();
  afterAll(() => rmSync(project, { recursive: true }));

  test('synthesizes the tutorial and prints a summary', () => {
    const { status, stdout, stderr } = runNode(start, project);

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(Object.keys(filesBelow(join(project, 'cdktf.out', 'stacks')))).toHaveLength(3);
    expect(stdout).toMatchInlineSnapshot(`
      "access.config.ts: 3 stacks, 13 resources in cdktf.out

      Stacks
        okta: 7 resources
          1 okta_app_group_assignments
          1 okta_app_oauth                EKS
          1 okta_auth_server              EKS
          1 okta_auth_server_claim        groups
          1 okta_auth_server_policy       EKS
          1 okta_auth_server_policy_rule  AuthCode + PKCE
          1 okta_group                    eks-admins
        cluster-eks-cluster: 5 resources, after okta
          1 aws_cloudwatch_log_group          /aws/eks/eks-cluster/cluster
          1 aws_eks_cluster                   eks-cluster
          1 aws_eks_identity_provider_config  Okta
          1 aws_iam_role                      EKSCluster
          1 aws_iam_role_policy_attachment
        rbac-eks-cluster: 1 resource, after cluster-eks-cluster
          1 kubernetes_cluster_role_binding_v1  oidc-cluster-admin

      Who gets which role where
        group       role           clusters     subject in Kubernetes  binding
        eks-admins  cluster-admin  eks-cluster  okta:eks-admins        oidc-cluster-admin

      Values that cross between the stacks
        client_id_EKS  okta → cluster-eks-cluster
        issuer_url     okta → cluster-eks-cluster

      2 warnings
        clusters.eks-cluster.endpoint [open-endpoint]
          Every address on the internet can reach the API server.
          Set endpoint: { publicCidrs: ['203.0.113.0/24'] } with your addresses, or { private: true }.
        grants[0] [sensitive-grant]
          The role 'cluster-admin' gives the group 'eks-admins' sensitive permissions: read-secrets, pod-exec, impersonate, bind, escalate, create-tokens, run-workloads, write-secrets, write-aws-auth, write-nodes, node-proxy, write-volumes, write-webhooks, approve-certificates, wildcards.
          Grant a role with fewer permissions, or add accept: { 'wildcards': 'the reason' }.

      Next
        1. Give Terraform access to https://dev-123456.okta.com (OKTA_API_TOKEN, or OKTA_API_CLIENT_ID,
           OKTA_API_PRIVATE_KEY and OKTA_API_SCOPES) and to AWS (AWS_PROFILE, or what else your AWS tools read).
        2. npx cdktf diff okta     what Terraform would make in Okta; nothing is changed
        3. npx cdktf deploy '*'    all stacks in order; a new cluster takes 10 minutes, an association 20 and more
        README.md: the permissions that each step needs, signing in, removing.

      Proof: 2 people at 1 cluster, signed in for real at a local Okta made of these stacks
        person                             cluster      may         may not
        eks-admins@demo.example            eks-cluster  everything
        nobody@demo.example (in no group)  eks-cluster  nothing     sign in: User is not assigned to the client application.
        1 sign-in, 28 questions: every answer is that of the access file
        A user who is removed in Okta loses access within 60 minutes, when their last ID token expires. Sessions that are open then (exec, attach, port-forward, watch) continue until they are closed.
      "
    `);
  });

  test('prints the warnings of the checks, each with its place and fix', () => {
    const { status, stdout } = runNode(start, project, {
      ACCESS_CONFIG: 'examples/tutorial.ts',
    });

    expect(status).toBe(0);
    expect(stdout).toContain(`5 warnings
  identityProvider.prefix [no-prefix]
    Users and groups from Okta cannot be distinguished from those of other sources.
    Set it to okta:, before anything depends on the names.
  signIn.assignment [everyone-assigned]
    Everyone in the Okta organization gets a token for the clusters, with or without a grant.
    Omit it, or set it to 'granted'.
  clusters.eks-cluster.endpoint [open-endpoint]
    Every address on the internet can reach the API server.
    Set endpoint: { publicCidrs: ['203.0.113.0/24'] } with your addresses, or { private: true }.
  clusters.eks-cluster.logs [no-audit-log]
    The logs of the cluster 'eks-cluster' do not show why sign-ins fail, who signed in, who was refused, or what users did.
    Add 'api' and 'audit', or omit logs for the default.
`);
  });

  test('prints how to deploy the selected file', () => {
    const { stdout } = runNode(start, project, { ACCESS_CONFIG: 'examples/portal.ts' });

    expect(stdout).toContain("ACCESS_CONFIG=examples/portal.ts npx cdktf deploy '*'");
  });

  test.each([
    ['tutorial', '2 sign-ins'],
    ['self-managed', '5 sign-ins'],
    ['production', '13 sign-ins'],
    ['portal', '15 sign-ins'],
    ['fleet', '6 sign-ins'],
  ])('proves the access of the example %s', (example, signIns) => {
    const { status, stdout, stderr } = runNode(start, project, {
      ACCESS_CONFIG: `examples/${example}.ts`,
    });

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`\\n  ${signIns}, \\d+ questions: every answer is that of the access file\\n`));
  });

  test('fails if the stacks do not give the access of the file', () => {
    const broken = copyOfProject();
    const construct = join(broken, 'constructs/kubernetes/group-subject.ts');
    writeFileSync(
      construct,
      readFileSync(construct, 'utf8').replace(
        'subjectName(',
        '((prefix: string, group: string) => `${prefix}${group.toUpperCase()}`)(',
      ),
    );

    const { status, stdout, stderr } = runNode(start, broken);
    rmSync(broken, { recursive: true });

    expect(status).toBe(1);
    expect(stdout).toContain('28 questions: 28 answers not that of the access file\n');
    expect(stderr).toContain(`The stacks do not give the access that the file describes: 28 answers differ.

  eks-admins@demo.example on eks-cluster: list pods on the whole cluster
    expected  allowed
    given     denied: okta:eks-admins@demo.example is not allowed to list pods on the whole cluster
`);
  });

  test('fails if the stacks cannot be understood, with only a message', () => {
    const broken = copyOfProject();
    const construct = join(broken, 'constructs/okta/authorization-server.ts');
    writeFileSync(construct, readFileSync(construct, 'utf8').replace("'GROUPS'", "'SYSTEM'"));

    const { status, stdout, stderr } = runNode(start, broken);
    rmSync(broken, { recursive: true });

    expect(status).toBe(1);
    expect(stdout).not.toContain('Proof');
    expect(stderr).toMatch(
      /^\nThe access could not be proved: okta_auth_server_claim\.\w+ of the stack okta: The local Okta knows claims of GROUPS only, not "SYSTEM"\./,
    );
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test.each([
    ['plain when piped', {}, false],
    ['in color if it is forced', { FORCE_COLOR: '1' }, true],
    ['plain with NO_COLOR', { NO_COLOR: '1' }, false],
  ])('is %s', (_, env, coloured) => {
    const { stdout } = runNode(start, project, env);

    expect(stdout.includes('\u001b[')).toBe(coloured);
  });

  test('fails on a wrong access file with only a message', () => {
    writeFileSync(join(project, 'wrong.json'), JSON.stringify({ ...SMALLEST, backend: 's4' }));

    const { status, stdout, stderr } = runNode(start, project, {
      ACCESS_CONFIG: 'wrong.json',
    });

    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^wrong\.json has a problem:\n\n {2}backend {2}\[shape\]\n/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
