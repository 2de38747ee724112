import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAccessFile } from '../../../load-access-file';
import type { Access } from '../../../model';
import { scripts } from '../../../package.json';
import { realClusters } from '../../../sandbox/api-server/real-clusters';
import { fillOrganization } from '../../../sandbox/okta/fill-organization';
import { Organization } from '../../../sandbox/okta/organization';
import { readStacks } from '../../../sandbox/synthesized/read-stacks';
import { nodeArguments, runNode } from '../../command';

const root = join(__dirname, '../../..');

describe('the real clusters of the production example', () => {
  let outdir: string;
  let access: Access;

  beforeAll(() => {
    outdir = mkdtempSync(join(tmpdir(), 'real-clusters-'));
    const file = join(root, 'examples/production.ts');
    const main = nodeArguments(scripts.start).map((word) => (word === 'cli/start.ts' ? 'main.ts' : word));
    const { status, stderr } = runNode(main, root, { ACCESS_CONFIG: file, CDKTF_OUTDIR: outdir });
    if (status !== 0) throw new Error(stderr);
    access = loadAccessFile(file);
  });

  afterAll(() => rmSync(outdir, { recursive: true }));

  const clusters = (...keys: string[]) => {
    const stacks = readStacks(outdir);
    const resolver = fillOrganization(new Organization('secret'), stacks).resolver((id) => `https://localhost:1/${id}`);
    return realClusters(keys, { stacks, resolver, access });
  };

  test('are those of the given keys', () => {
    expect(clusters('tools').map(({ key }) => key)).toEqual(['tools']);
  });

  test('have the objects and the guards of their stacks', () => {
    const [production] = clusters('production');

    const kinds = (objects: readonly { kind: string }[] = []) => [...new Set(objects.map(({ kind }) => kind))].sort();
    expect(kinds(production?.objects)).toEqual([
      'ClusterRole',
      'ClusterRoleBinding',
      'Namespace',
      'NetworkPolicy',
      'ResourceQuota',
      'Role',
      'RoleBinding',
    ]);
    expect(kinds(production?.guards)).toEqual(['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding']);
  });

  test('give access to the roles of their access entries', () => {
    const [production] = clusters('production');

    expect(production?.iamSessions).toEqual([
      {
        principalArn: 'arn:aws:iam::444455556666:role/on-call',
        user: { name: 'arn:aws:sts::444455556666:assumed-role/on-call/sandbox', groups: ['break-glass'] },
        isAdmin: true,
      },
      {
        principalArn: 'arn:aws:iam::444455556666:role/pipeline',
        user: { name: 'arn:aws:sts::444455556666:assumed-role/pipeline/sandbox', groups: [] },
        isAdmin: true,
      },
    ]);
  });
});
