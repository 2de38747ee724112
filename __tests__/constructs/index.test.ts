import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import * as constructs from '../../constructs';

const ROOT = resolve(__dirname, '../..');

const FILES = readdirSync(join(ROOT, 'constructs'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
  .sort();

/** The modules of the provider packages that each file loads, itself and by what it loads, in one process of plain Node. */
function loadedBindings(files: readonly string[]): Record<string, string[]> {
  const program = `
    function loadedBy(module, found = new Set()) {
      for (const child of module.children.filter((child) => !found.has(child))) loadedBy(child, found.add(child));
      return found;
    }
    const loaded = {};
    for (const file of ${JSON.stringify(files)}) {
      const path = ${JSON.stringify(`${ROOT}/`)} + file;
      require(path);
      loaded[file] = [...loadedBy(require.cache[path])].flatMap(({ id }) => /@cdktf.(provider-.*)$/.exec(id)?.[1] ?? []);
    }
    process.stdout.write(JSON.stringify(loaded));
  `;
  return JSON.parse(
    execFileSync(process.execPath, ['--require', './register-typescript.cjs', '--eval', program], {
      cwd: ROOT,
      encoding: 'utf8',
    }),
  );
}

/** The resources, data sources and providers of the packages in a list of modules, such as `aws/eks-cluster`. */
const bindingsIn = (modules: readonly string[] = []) => [
  ...new Set(modules.flatMap((path) => /provider-(\w+).lib.([\w-]+).index/.exec(path)?.slice(1).join('/') ?? [])),
];

describe('constructs/index.ts', () => {
  test('exports every construct of the library', () => {
    expect(Object.keys(constructs).sort()).toEqual([
      'AccessAlarms',
      'AccessPolicy',
      'AdmissionGuard',
      'AllowIngress',
      'AppGroupAssignments',
      'AuthenticationPolicy',
      'AuthorizationServer',
      'BreakGlassEntry',
      'ClusterAdminEntry',
      'ClusterRole',
      'ClusterRoleBinding',
      'ControlPlaneLogGroup',
      'DefaultNetwork',
      'DenyIngress',
      'EksCluster',
      'EksClusterRole',
      'GroupMembers',
      'GroupRule',
      'GroupSubject',
      'KUBELOGIN_PORTS',
      'Namespace',
      'NamespaceGuard',
      'NamespacedRole',
      'NativeApp',
      'OidcIdentityProvider',
      'OktaGroup',
      'ResourceQuota',
      'RoleBinding',
      'RunAsRootGuard',
      'SecretDeletionGuard',
      'SystemNamespacesGuard',
      'validateAll',
    ]);
  });
});

describe('loading a construct', () => {
  let loaded: Record<string, string[]>;
  beforeAll(() => {
    loaded = loadedBindings([...FILES, 'stacks/index.ts', 'main.ts']);
  });

  test.each([...FILES, 'stacks/index.ts', 'main.ts'])("%s loads no provider's package root", (file) => {
    expect(loaded[file]).toBeDefined();
    expect(loaded[file]?.filter((path) => /^provider-\w+.lib.index\.js$/.test(path))).toEqual([]);
  });

  test.each([
    ['constructs/okta/group.ts', ['okta/data-okta-group', 'okta/group']],
    ['constructs/okta/native-app.ts', ['okta/app-oauth']],
    [
      'constructs/okta/authorization-server.ts',
      ['okta/auth-server', 'okta/auth-server-claim', 'okta/data-okta-auth-server'],
    ],
    ['constructs/okta/group-members.ts', ['okta/data-okta-user', 'okta/group-memberships']],
    ['constructs/kubernetes/namespace.ts', ['kubernetes/labels', 'kubernetes/namespace-v1']],
    ['constructs/kubernetes/run-as-root-guard.ts', ['kubernetes/manifest']],
    ['constructs/eks/access-alarms.ts', ['aws/cloudwatch-log-metric-filter', 'aws/cloudwatch-metric-alarm']],
    ['constructs/okta/app-group-assignments.ts', ['okta/app-group-assignments', 'okta/data-okta-everyone-group']],
    ['constructs/eks/cluster.ts', ['aws/data-aws-eks-cluster', 'aws/eks-cluster']],
    ['constructs/eks/cluster-role.ts', ['aws/iam-role', 'aws/iam-role-policy-attachment']],
    [
      'constructs/eks/default-network.ts',
      ['aws/data-aws-availability-zones', 'aws/data-aws-subnets', 'aws/data-aws-vpc'],
    ],
    ['constructs/eks/oidc-identity-provider.ts', ['aws/eks-identity-provider-config']],
    [
      'constructs/eks/cluster-admin-entry.ts',
      ['aws/data-aws-partition', 'aws/eks-access-entry', 'aws/eks-access-policy-association'],
    ],
    ['constructs/kubernetes/cluster-role-binding.ts', ['kubernetes/cluster-role-binding-v1']],
    ['constructs/kubernetes/group-subject.ts', []],
  ])('%s loads the bindings of %j and no others', (file, bindings) => {
    expect(bindingsIn(loaded[file]).sort()).toEqual(bindings);
  });
});
