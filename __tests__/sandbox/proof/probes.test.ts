import type { Access } from '../../../model';
import { clusterPolicy } from '../../../model/derived/cluster-policy';
import { authorizer, requestText } from '../../../rbac';
import { tellingQuestions } from '../../../sandbox/proof/telling-questions';
import { accessWith, clusterOf } from '../../access-files';

const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*' };

/** A file that grants these roles besides that of its administrators. */
function accessGranting(grants: readonly Record<string, unknown>[], roles = {}): Access {
  return accessWith({
    groups: { 'eks-admins': {}, 'eks-a': {} },
    roles,
    grants: [ADMINS, ...grants.map((grant) => ({ group: 'eks-a', clusters: '*', ...grant }))],
  });
}

function texts(access: Access): readonly string[] {
  return tellingQuestions(clusterOf(access, 'prod')).questions.map(({ request }) => requestText(request));
}

describe('the telling questions', () => {
  test('are about the whole cluster and a namespace that nobody should have got by mistake', () => {
    const { questions, namespacesLeftOut } = tellingQuestions(clusterOf(accessWith(), 'prod'));

    expect(questions.flatMap(({ words, namespace }) => (words ? [`${words} ${namespace}`] : []))).toEqual([
      ...GENERAL.map((words) => `${words} null`),
      ...GENERAL.map((words) => `${words} kube-system`),
      'see nodes null',
      'make namespaces null',
      'grant cluster roles null',
      'impersonate null',
      'read metrics null',
    ]);
    expect(namespacesLeftOut).toBe(0);
  });

  test('are about each namespace with a grant, and another neighbour where the first has one', () => {
    const asked = texts(accessGranting([{ role: 'edit', namespaces: ['kube-system', 'shop'] }]));

    expect(asked.filter((text) => text.startsWith('create pods/exec'))).toEqual([
      'create pods/exec on the whole cluster',
      'create pods/exec in namespace kube-system',
      'create pods/exec in namespace shop',
      'create pods/exec in namespace default',
    ]);
  });

  test('are, for each rule of a role, what it allows and its neighbours', () => {
    const rules = [{ apiGroups: ['example.com'], resources: ['things/scale'], verbs: ['patch'], resourceNames: ['a'] }];
    const asked = texts(
      accessGranting([{ role: 'own', namespaces: ['shop'] }], { own: { scope: 'namespace', rules } }),
    );

    expect(asked.filter((text) => text.includes('things'))).toEqual([
      'patch things/scale in example.com named "a" in namespace shop',
      'deletecollection things/scale in example.com named "a" in namespace shop',
      'patch things/ephemeralcontainers in example.com named "a" in namespace shop',
      'patch things/scale in example.com named "a" in namespace kube-system',
    ]);
  });

  test('put something in place of a wildcard', () => {
    const rules = [
      { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
      { nonResourceURLs: ['/logs/*'], verbs: ['get'] },
    ];
    const asked = texts(accessGranting([{ role: 'own' }], { own: { rules } }));

    expect(asked).toContain('patch jobs in batch on the whole cluster');
    expect(asked).toContain('get /logs/x');
  });

  test('ask nothing twice', () => {
    const asked = texts(accessGranting([{ role: 'view' }, { role: 'edit', namespaces: ['shop'] }]));

    expect(new Set(asked).size).toBe(asked.length);
  });

  test.each(['view', 'edit', 'developer-restricted', 'restricted-user', 'secret-reader', 'pod-exec'])(
    'tell, of the role %s, something that it allows and something that it denies',
    (role) => {
      const access = accessGranting([{ role, namespaces: ['shop'] }]);
      const decide = authorizer(clusterPolicy(access, clusterOf(access, 'prod')));

      const { questions } = tellingQuestions(clusterOf(access, 'prod'));

      const answers = questions
        .filter(({ words, namespace }) => words !== undefined && namespace === 'shop')
        .map(({ request }) => decide({ user: '', groups: ['okta:eks-a'] }, request).allowed);
      expect(new Set(answers)).toEqual(new Set([true, false]));
    },
  );

  test('leave out namespaces after the sixth, and say how many', () => {
    const namespaces = Array.from({ length: 8 }, (_, index) => `team-${index}`);
    const access = accessGranting([{ role: 'edit', namespaces }]);

    const { questions, namespacesLeftOut } = tellingQuestions(clusterOf(access, 'prod'));

    expect(namespacesLeftOut).toBe(2);
    expect([...new Set(questions.map(({ namespace }) => namespace))]).toEqual([
      null,
      'team-0',
      'team-1',
      'team-2',
      'team-3',
      'team-4',
      'team-5',
      'kube-system',
    ]);
  });
});

const GENERAL = [
  'see pods',
  'read logs',
  'exec',
  'delete pods',
  'deploy',
  'write config',
  'read secrets',
  'delete secrets',
  'grant roles',
];
