import type { Access } from '../../../model';
import { proveSynthesized } from '../../../sandbox/proof/prove-synthesized';
import { accessWith } from '../../access-files';
import { synthesizedAccess } from '../../synthesized';

const RULE = 'user.department == "Platform"';

function withRule(rule: string): Access {
  return accessWith({
    groups: { 'eks-admins': {}, 'eks-ruled': { rule } },
    grants: [
      { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
      { group: 'eks-ruled', role: 'view', clusters: '*' },
    ],
  });
}

describe('the proof of synthesized stacks', () => {
  test('is different if the stacks have no cluster', async () => {
    const access = accessWith();
    const { okta = {} } = synthesizedAccess(access);

    const { differences, profiles } = await proveSynthesized(access, { okta });

    expect(profiles).toBe(0);
    expect(differences.map(({ cluster, question }) => [cluster, question])).toEqual([
      ['prod', 'the cluster'],
      ['prod', "the role 'cluster-admin' for 'okta:eks-admins' on the whole cluster"],
    ]);
  });

  test('is different if there are no stacks', async () => {
    expect((await proveSynthesized(accessWith(), {})).differences).not.toEqual([]);
  });

  test('signs in a person for whom a rule is true, and one for whom it is false', async () => {
    const access = withRule(RULE);

    const { differences, notProved, rows } = await proveSynthesized(access, synthesizedAccess(access));

    expect({ differences, notProved }).toEqual({ differences: [], notProved: [] });
    expect(rows.map(({ login, groups, refusal }) => [login, groups, refusal === null])).toEqual([
      ['eks-admins@demo.example', ['eks-admins'], true],
      ['eks-ruled@demo.example', ['eks-ruled'], true],
      ['eks-ruled-rule@demo.example', ['eks-ruled'], true],
      ['nobody@demo.example', [], false],
    ]);
  });

  test('is different if the stacks have another rule, also for the people', async () => {
    const { differences } = await proveSynthesized(
      withRule(RULE),
      synthesizedAccess(withRule('user.department == "Sales"')),
    );

    expect(differences).toContainEqual({
      login: 'eks-ruled-rule@demo.example',
      cluster: 'prod',
      question: 'sign in',
      expected: 'signed in',
      given: 'access_denied: User is not assigned to the client application.',
    });
    expect(differences.filter(({ login }) => login === null)).toHaveLength(2);
  });

  test('gives the people of a people file what their profile and the group Everyone give them', async () => {
    const access = accessWith({
      groups: { 'Every-admin': {}, 'Every-ruled': { rule: RULE }, Everyone: { existing: true } },
      groupsClaim: { startsWith: 'Every' },
      grants: [
        { group: 'Every-admin', role: 'cluster-admin', clusters: '*' },
        { group: 'Every-ruled', role: 'edit', clusters: '*' },
        { group: 'Everyone', role: 'view', clusters: '*' },
      ],
    });

    const { differences, rows } = await proveSynthesized(access, synthesizedAccess(access), [
      { login: 'ana@example.com', groups: [], profile: { department: 'Platform' } },
      { login: 'ben@example.com', groups: [], profile: { department: 'Sales' } },
    ]);

    expect(differences).toEqual([]);
    expect(rows.map(({ login, groups }) => [login, groups])).toEqual([
      ['ana@example.com', ['Every-ruled', 'Everyone']],
      ['ben@example.com', ['Everyone']],
    ]);
    const may = ({ answers }: (typeof rows)[number]) => answers.filter(({ allowed }) => allowed).length;
    expect(rows.map(may)[0]).toBeGreaterThan(rows.map(may)[1] ?? 0);
    expect(rows.map(may)[1]).toBeGreaterThan(0);
  });
});
