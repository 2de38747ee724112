import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { AWS_REGIONS_AS_OF } from '../../constraints/eks/regions';

const root = join(__dirname, '..', '..');

/** The compiler's messages about `cases/`, as `file: message`, without line numbers, each with its reasons. */
function diagnostics(): readonly string[] {
  const { stdout } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/typescript/bin/tsc'),
      '--project',
      join(__dirname, 'cases/tsconfig.json'),
      '--pretty',
      'false',
      // Each of its threads would check the types of zod again.
      '--singleThreaded',
    ],
    { cwd: __dirname, encoding: 'utf8' },
  );
  return stdout
    .split(/\n(?! )/)
    .filter((line) => line.includes(': error '))
    .map((line) => line.replace(/^(?:.*\/)?(\w+\.ts)\(\d+,\d+\): error TS\d+: /, '$1: '));
}

describe('the types of an access file', () => {
  const found = diagnostics();

  test('accept every name that the file has, generated names, and agree with the schema key by key', () => {
    expect(found.filter((line) => line.startsWith('valid.ts'))).toEqual([]);
  });

  test.each([
    [
      'an unknown group',
      `Type '"eks-admin"' is not assignable to type '"eks-admins" | "eks-developers"'. Did you mean '"eks-admins"'?`,
    ],
    ['an unknown role', `Type '"veiw"' is not assignable to type '"admin" | "cluster-admin" |`],
    ['an unknown cluster', `Type '["prd"]' is not assignable to type '"*" | readonly ("legacy" | "prod")[]'.`],
    [
      'an unknown key of a group',
      `'descripton' does not exist in type 'GroupSettings'. Did you mean to write 'description'?`,
    ],
    [
      'an unknown key of a cluster',
      `'regin' does not exist in type 'EksClusterSettings & { readonly region?: string | undefined; } & RegionHereOrInClusterDefaults<never>'. Did you mean to write 'region'?`,
    ],
    ['a key of another kind of cluster', `'roleName' does not exist in type 'ExistingEksClusterSettings & `],
    ['an unknown kind of cluster', `Type '"gke"' is not assignable to type '"eks" | "existing-eks" | "self-managed"'.`],
    [
      'an issuer mode that EKS cannot use',
      `Type '"DYNAMIC"' is not assignable to type '"CUSTOM_URL" | "ORG_URL" | undefined'.`,
    ],
    ['an unknown key of the file', `Did you mean to write 'backend'?`],
    ['a file without okta', `Property 'okta' is missing`],
    ['an unknown sensitive permission', `'impersonat' does not exist in type`],
    ['a typo in the name of a preset', `Did you mean '"secret-reader"'?`],
    ['namespaces of a grant as a text', `Type 'string' is not assignable to type 'readonly string[]'.`],
    ['a quota that is no quantity', `Type 'boolean' is not assignable to type 'string | number'.`],
    ['an unknown Pod Security Standard', `Type '"strict"' is not assignable to type '"baseline" |`],
    ['a number of days that CloudWatch does not know', `Type '91' is not assignable to type '1 | 3 | 5 | 7 | 14 |`],
    ['a default that no two clusters can share', `'roleName' does not exist in type 'Partial<`],
    ['an unknown guard', `Did you mean to write 'secretDeletion'?`],
    ['a rule without verbs', `Property 'verbs' is missing`],
    ['a state in S3 without a region', `Property 'region' is missing in type '{ bucket: string; }'`],
    [
      'a cluster without a region, here and in clusterDefaults',
      `Property 'region' is missing in type '{ kind: "eks"; }' but required in type 'RegionHereOrInClusterDefaults<never>'.`,
    ],
    [
      'an unknown region',
      `Type '"eu-wets-1"' is not assignable to type '"AWS had no region 'eu-wets-1' on ${AWS_REGIONS_AS_OF}. If it is newer, write 'eu-wets-1' as string"'.`,
    ],
    ['an unknown region in clusterDefaults', `"AWS had no region 'us-est-1' on ${AWS_REGIONS_AS_OF}. If it is newer,`],
    [
      'a role of scope namespace without namespaces',
      `Property 'namespaces' is missing in type '{ group: 'eks-admins'; clusters: '*'; role: "debugger"; }' but required in type 'GrantOfARoleOfScopeNamespace<`,
    ],
    ['a typo in the name of a role of scope namespace', `Did you mean '"debugger"'?`],
    ['a change of the result', `Cannot assign to 'orgName' because it is a read-only property.`],
  ])('refuse %s', (_, message) => {
    const refused = found.filter((line) => line.startsWith('mistakes.ts'));

    expect(refused).toHaveLength(26);
    expect(refused.filter((line) => line.includes(message))).toHaveLength(1);
  });
});
