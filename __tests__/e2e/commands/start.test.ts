import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eksAccess } from '../../../cli/program';
import { GroupSubject } from '../../../constructs/kubernetes/group-subject';
import { orExit } from '../../../or-exit';
import packageJson from '../../../package.json';
import { SMALLEST } from '../../access-files';
import { filesBelow, folderToStart, nodeArguments, runNode } from '../../command';
import { memoryFolder } from '../../memory-folder';

const start = nodeArguments(packageJson.scripts.start);

describe('npm start', () => {
  const folder = folderToStart();
  afterAll(() => rmSync(folder, { recursive: true }));

  test('synthesizes the tutorial and prints a summary', () => {
    const { status, stdout, stderr } = runNode(start, folder);

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(Object.keys(filesBelow(join(folder, 'cdktf.out', 'stacks')))).toHaveLength(3);
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

      Values that cross between stacks
        client_id_EKS  okta → cluster-eks-cluster
        issuer_url     okta → cluster-eks-cluster

      2 warnings
        clusters.eks-cluster.endpoint [open-endpoint]
          Every address on the internet can reach the API server.
          Set endpoint: { publicCidrs: ['203.0.113.0/24'] } with your addresses, or { private: true }.
        grants[0] [sensitive-grant]
          The role 'cluster-admin' gives the group 'eks-admins' sensitive permissions: read-secrets, pod-exec, impersonate, bind, escalate, create-tokens, run-workloads, write-secrets, write-nodes, node-proxy, write-volumes, write-webhooks, approve-certificates, wildcards.
          Grant a role with fewer permissions, or add accept: { 'wildcards': 'the reason' }.

      Next
        1. Give Terraform access to https://dev-123456.okta.com (OKTA_API_TOKEN, or OKTA_API_CLIENT_ID,
           OKTA_API_PRIVATE_KEY and OKTA_API_SCOPES) and to AWS (AWS_PROFILE, or any other way that the AWS CLI supports).
        2. npx cdktf diff okta     shows what Terraform would create in Okta; changes nothing
        3. npx cdktf deploy '*'    deploys all stacks in order; a new cluster takes 10 minutes, an association 20 minutes or more
        README.md lists the permissions for each step, and explains how to log in and how to remove everything.

      Proof: 2 people on 1 cluster, signed in to a local Okta that was set up from these stacks
        person                             cluster      may         may not
        eks-admins@demo.example            eks-cluster  everything
        nobody@demo.example (in no group)  eks-cluster  nothing     sign in: User is not assigned to the client application.
        1 sign-in, 28 questions: every answer matches the access file
        A user who is removed in Okta loses access within 60 minutes, when their last ID token expires. Sessions that are open then (exec, attach, port-forward, watch) continue until they are closed.
      "
    `);
  });
});

describe('start', () => {
  const outdir = memoryFolder('start-');
  afterAll(() => rmSync(outdir, { recursive: true }));

  /** The output and the exit code of `npm start` for an access file. Each file is started once. */
  const startedOnce = new Map<string, ReturnType<typeof run>>();
  function started(file: string): ReturnType<typeof run> {
    const result = startedOnce.get(file) ?? run(file);
    startedOnce.set(file, result);
    return result;
  }

  async function run(file: string) {
    const env = process.env;
    process.env = { ...env, ACCESS_CONFIG: file, CDKTF_OUTDIR: outdir };
    const [stdout, stderr] = [process.stdout, process.stderr].map((stream) => {
      const write = jest.spyOn(stream, 'write').mockReturnValue(true);
      return () => write.mock.calls.map(([text]) => text).join('');
    });
    try {
      await orExit(() => eksAccess('0.0.0').parseAsync(['node', 'eks-access', 'start']));
      return { exitCode: process.exitCode, stdout: stdout?.() ?? '', stderr: stderr?.() ?? '' };
    } finally {
      process.exitCode = undefined;
      process.env = env;
      jest.restoreAllMocks();
    }
  }

  /** The path of an access file with this content. */
  function fileOf(access: unknown): string {
    const file = join(outdir, 'access.json');
    writeFileSync(file, JSON.stringify(access));
    return file;
  }

  test('prints the warnings of the checks, each with its place and fix', async () => {
    const { stdout } = await started('examples/tutorial.ts');

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

  test('prints how to deploy the selected file', async () => {
    const { stdout } = await started('examples/portal.ts');

    expect(stdout).toContain("ACCESS_CONFIG=examples/portal.ts npx cdktf deploy '*'");
  });

  test.each([
    ['tutorial', '2 sign-ins'],
    ['self-managed', '5 sign-ins'],
    ['production', '16 sign-ins'],
    ['portal', '18 sign-ins'],
    ['fleet', '9 sign-ins'],
  ])('proves the access of the example %s', async (example, signIns) => {
    const { exitCode, stdout, stderr } = await started(`examples/${example}.ts`);

    expect({ exitCode, stderr }).toEqual({ exitCode: undefined, stderr: '' });
    expect(stdout).toMatch(new RegExp(`\\n  ${signIns}, \\d+ questions: every answer matches the access file\\n`));
  });

  test('fails on a wrong access file with only a message', async () => {
    const { exitCode, stdout, stderr } = await run(fileOf({ ...SMALLEST, backend: 's4' }));

    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^\S+access\.json has a problem:\n\n {2}backend {2}\[shape\] {2}line 1, column \d+\n/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('fails if the stacks do not give the access of the file', async () => {
    jest.spyOn(GroupSubject.prototype, 'toSubject').mockImplementation(function (this: GroupSubject) {
      return { kind: 'Group', name: this.name.toUpperCase(), apiGroup: 'rbac.authorization.k8s.io', namespace: '' };
    });

    const { exitCode, stdout, stderr } = await run(fileOf(SMALLEST));

    expect(exitCode).toBe(1);
    expect(stdout).toContain('28 questions: 28 answers and 2 parts of the stacks differ from the access file\n');
    expect(
      stderr,
    ).toContain(`The stacks do not give the access that the file describes: 28 answers and 2 parts of the stacks differ.

  prod: the role 'cluster-admin' for 'okta:eks-admins' on the whole cluster
    expected  in the stacks
    given     missing in the stacks

  prod: the role 'cluster-admin' for 'OKTA:EKS-ADMINS' on the whole cluster
    expected  not in the stacks
    given     in the stacks

  eks-admins@demo.example on prod: list pods on the whole cluster
    expected  allowed
    given     denied: okta:eks-admins@demo.example is not allowed to list pods on the whole cluster
`);
  });

  test('fails for a rule that Okta cannot read before it starts the proof, with only a message', async () => {
    const groups = { ...SMALLEST.groups, 'eks-developers': { rule: 'user.department ~ "Development"' } };

    const { exitCode, stdout, stderr } = await run(fileOf({ ...SMALLEST, groups }));

    expect(exitCode).toBe(1);
    expect(stdout).not.toContain('Proof');
    expect(stderr).toContain('Okta cannot read this group rule: unexpected ~ (line 1, column 17).');
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('names a group rule that the local Okta does not understand, and proves everything else', async () => {
    const groups = { ...SMALLEST.groups, 'eks-developers': { rule: 'user.department matches "Development"' } };

    const { exitCode, stdout } = await run(fileOf({ ...SMALLEST, groups }));

    expect(exitCode).toBeUndefined();
    expect(stdout).toMatch(/\n {2}Not proved: The local Okta does not support the group rule .*\n/);
    expect(stdout).toContain('every answer matches the access file');
  });
});
