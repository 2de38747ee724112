import production from '../../../examples/production';
import { realClusters } from '../../../sandbox/api-server/real-clusters';
import { fillOrganization } from '../../../sandbox/okta/fill-organization';
import { Organization } from '../../../sandbox/okta/organization';
import { readStacks } from '../../../sandbox/synthesized/read-stacks';
import { defineAccessStacks } from '../../../stacks';
import { inSynthesizedFolder } from '../../synthesized';

describe('the real clusters of the production example', () => {
  const stacks = inSynthesizedFolder((app) => defineAccessStacks(app, production), readStacks);

  const clusters = (...keys: string[]) => {
    const resolver = fillOrganization(new Organization('secret'), stacks).resolver((id) => `https://localhost:1/${id}`);
    return realClusters(keys, { stacks, resolver, access: production });
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
