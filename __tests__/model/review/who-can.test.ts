import { whoCan } from '../../../model/review/who-can';
import type { ResourceRequest } from '../../../rbac';
import { accessWith } from '../../access-files';

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const EKS = { kind: 'eks', region: 'eu-west-1', account: { id: '111122223333', roleArn: role('terraform') } };
const FILE = {
  groups: {
    'eks-admins': { logins: ['ana@example.com', 'ben@example.com'] },
    'eks-devs': { rule: 'user.department == "Dev"' },
    'eks-ops': {},
  },
  roles: {
    namer: {
      rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['tls', 'ca'], verbs: ['get', 'create'] }],
    },
  },
  clusters: {
    prod: { ...EKS, namespaces: ['team-a', 'team-b'] },
    lab: { kind: 'self-managed', kubeconfigContext: 'lab' },
  },
  grants: [
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
    { group: 'eks-devs', role: 'edit', clusters: ['prod'], namespaces: ['team-a', 'team-b'], expires: '2026-12-31' },
    { group: 'eks-ops', role: 'namer', clusters: ['prod'] },
    { group: 'eks-ops', role: 'view', clusters: ['lab'], expires: '2026-01-01' },
  ],
};

/** The rows about the cluster prod. */
function ask(request: Partial<ResourceRequest>, changes: Record<string, unknown> = {}, cluster = 'prod') {
  const access = accessWith({ ...FILE, ...changes });
  const asked = { verb: 'get', apiGroup: '', resource: 'secrets', ...request };
  return whoCan(
    access,
    Object.values(access.clusters).filter(({ key }) => key === cluster),
    asked,
  );
}

/** What the rows of groups and IAM roles say about guards. */
const guards = (request: Partial<ResourceRequest>, changes: Record<string, unknown>) =>
  ask(request, changes).flatMap(({ kind, name, namespace, guards: refusing }) =>
    kind === 'others' ? [] : [[name.split('/').at(-1), namespace, refusing]],
  );

const CHANGERS = {
  kind: 'others',
  name: 'whoever may change IAM or EKS access in account 111122223333',
  cluster: 'prod',
  namespace: null,
  objects: null,
  role: null,
  byGetAlone: false,
  unknownRules: false,
  people: 'from elsewhere',
  via: null,
  until: null,
  guards: [],
};

describe('whoCan', () => {
  test('lists groups in every namespace, administrators by IAM, and whoever the file cannot name', () => {
    const devs = {
      ...{ kind: 'group', name: 'eks-devs', cluster: 'prod', objects: null, role: 'edit', via: 'grants[1]' },
      byGetAlone: false,
      unknownRules: false,
      ...{ people: 'rule: user.department == "Dev"', until: '2026-12-31', guards: [] },
    };

    expect(ask({})).toEqual([
      {
        ...{
          kind: 'group',
          name: 'eks-admins',
          cluster: 'prod',
          namespace: null,
          objects: null,
          role: 'cluster-admin',
        },
        byGetAlone: false,
        unknownRules: false,
        ...{ people: ['ana@example.com', 'ben@example.com'], via: 'grants[0]', until: null, guards: [] },
      },
      { ...devs, namespace: 'team-a' },
      { ...devs, namespace: 'team-b' },
      {
        ...{ kind: 'group', name: 'eks-ops', cluster: 'prod', namespace: null, objects: ['tls', 'ca'], role: 'namer' },
        byGetAlone: false,
        unknownRules: false,
        ...{ people: 'from elsewhere', via: 'grants[2]', until: null, guards: [] },
      },
      {
        ...{ kind: 'iam-role', name: role('terraform'), cluster: 'prod', namespace: null, objects: null },
        ...{ role: 'cluster-admin', people: 'from elsewhere', via: 'clusters.prod.account.roleArn', until: null },
        byGetAlone: false,
        unknownRules: false,
        guards: [],
      },
      CHANGERS,
    ]);
  });

  const names = (request: Partial<ResourceRequest>) =>
    ask(request).flatMap(({ kind, name, namespace }) => (kind === 'group' ? [[name, namespace]] : []));

  test('lists for one namespace who may do it there', () => {
    expect(names({ namespace: 'team-a' })).toEqual([
      ['eks-admins', 'team-a'],
      ['eks-devs', 'team-a'],
      ['eks-ops', 'team-a'],
    ]);
    expect(names({ namespace: 'other', verb: 'delete' })).toEqual([['eks-admins', 'other']]);
  });

  test('lists for one object who may do it to this one', () => {
    const found = (name: string) => ask({ name }).filter((row) => row.name === 'eks-ops');

    expect(found('tls')).toEqual([expect.objectContaining({ objects: ['tls'] })]);
    expect(found('other')).toEqual([]);
  });

  test('does not list a role for named objects for what has no name', () => {
    expect(ask({ verb: 'create' }).map(({ name }) => name)).not.toContain('eks-ops');
  });

  test('does not list a role in a namespace for what is in none, except the namespace itself', () => {
    const nodes = { resource: 'nodes', verb: 'get' };
    const namespaces = { resource: 'namespaces' };

    expect(names(nodes)).toEqual([['eks-admins', null]]);
    expect(names({ ...namespaces, verb: 'list' })).toEqual([['eks-admins', null]]);
    expect(names({ ...namespaces, verb: 'get' })).toEqual([
      ['eks-admins', null],
      ['eks-devs', 'team-a'],
      ['eks-devs', 'team-b'],
    ]);
  });

  test('lists everyone for what Kubernetes allows every user', () => {
    const rows = ask({ verb: 'create', apiGroup: 'authorization.k8s.io', resource: 'selfsubjectaccessreviews' });

    expect(rows[0]).toEqual({
      ...{
        kind: 'everyone',
        name: 'everyone who signs in',
        cluster: 'prod',
        namespace: null,
        objects: null,
        role: null,
      },
      byGetAlone: false,
      unknownRules: false,
      ...{ people: 'everyone', via: null, until: null, guards: [] },
    });
  });

  test('names the administrators outside the file for each kind of cluster', () => {
    const others = (clusters: Record<string, unknown>, key: string) => {
      const [grant] = FILE.grants;
      return ask({}, { clusters, grants: [grant] }, key).flatMap(({ kind, name }) => (kind === 'others' ? [name] : []));
    };

    expect(others({ old: { kind: 'existing-eks', region: 'eu-west-1' } }, 'old')).toEqual([
      'whoever may change IAM or EKS access in the AWS account of the cluster',
      'whoever has an access entry, or an entry in aws-auth, that the file does not list, such as the creator',
    ]);
    expect(others({ lab: FILE.clusters.lab }, 'lab')).toEqual([
      'whoever has credentials that are not from Okta, such as the client certificate of an administrator',
    ]);
  });

  test('names the creator whom the file does not name, and the last day of break-glass access', () => {
    const breakGlass = { roleArn: role('on-call'), expires: '2026-12-31', reason: 'Okta is down' };
    const prod = { kind: 'eks', region: 'eu-west-1', namespaces: ['team-a', 'team-b'], breakGlass };
    const rows = ask({}, { clusters: { ...FILE.clusters, prod } }).filter(({ kind }) => kind === 'iam-role');

    expect(rows.map(({ name, until }) => [name, until])).toEqual([
      ['whoever creates the cluster', null],
      [role('on-call'), '2026-12-31'],
    ]);
  });
});

describe('whoCan connect to a pod', () => {
  const roles = { namer: { rules: [{ apiGroups: [''], resources: ['pods/exec'], verbs: ['get'] }] } };
  const byGetAlone = (version: string | undefined, request: Partial<ResourceRequest> = {}) => {
    const prod = { ...FILE.clusters.prod, ...(version !== undefined && { version }) };
    const exec = { resource: 'pods', subresource: 'exec', verb: 'create', ...request };
    return ask(exec, { roles, clusters: { ...FILE.clusters, prod } }).flatMap((row) =>
      row.name === 'eks-ops' ? [row.byGetAlone] : [],
    );
  };

  test('includes whoever may only get it, before Kubernetes 1.35 and if the file has no version', () => {
    expect(byGetAlone('1.34')).toEqual([true]);
    expect(byGetAlone(undefined)).toEqual([true]);
    expect(byGetAlone('1.35')).toEqual([]);
  });

  test('does not mark whoever may do what was asked', () => {
    expect(byGetAlone('1.34', { verb: 'get' })).toEqual([false]);
  });

  test('does not include get of other subresources', () => {
    expect(byGetAlone('1.34', { subresource: 'proxy' })).toEqual([]);
  });
});

describe('for a resource of an add-on', () => {
  const others = (request: Partial<ResourceRequest>) =>
    ask({ apiGroup: 'argoproj.io', resource: 'applications', ...request }, {})
      .filter(({ kind }) => kind === 'others')
      .map(({ name }) => name);
  const note = 'whoever has edit, if an add-on aggregates rules for argoproj.io into it: eks-devs';

  test('the answer adds whoever has a role into which add-ons may aggregate rules', () => {
    expect(others({})).toEqual([note, CHANGERS.name]);
    expect(others({ namespace: 'team-a' })).toEqual([note, CHANGERS.name]);
  });

  test('the answer adds nobody who has the role elsewhere, and nobody for a resource of Kubernetes', () => {
    expect(others({ namespace: 'team-c' })).toEqual([CHANGERS.name]);
    expect(others({ apiGroup: '', resource: 'nodes' })).toEqual([CHANGERS.name]);
  });
});

describe('the guards in the answer', () => {
  const breakGlass = { roleArn: role('on-call'), expires: '2026-12-31', reason: 'Okta is down' };
  const clusters = { ...FILE.clusters, prod: { ...FILE.clusters.prod, deployers: [role('ci')], breakGlass } };

  test('are those that refuse the deletion of Secrets, to Terraform too, but not to break-glass access', () => {
    expect(guards({ verb: 'delete' }, { clusters, guards: { secretDeletion: ['eks-devs'] } })).toEqual([
      ['eks-admins', null, ['secretDeletion']],
      ['eks-devs', 'team-a', []],
      ['eks-devs', 'team-b', []],
      ['terraform', null, ['secretDeletion']],
      ['ci', null, ['secretDeletion']],
      ['on-call', null, []],
    ]);
  });

  test('are those of the namespaces in which somebody may do it, but not to Terraform', () => {
    const changes = { clusters, guards: { systemNamespaces: [], namespaces: { 'team-a': ['eks-admins'] } } };

    expect(guards({ verb: 'update' }, changes)).toEqual([
      ['eks-admins', null, ['systemNamespaces']],
      ['eks-devs', 'team-a', ['namespaces.team-a']],
      ['eks-devs', 'team-b', []],
      ['terraform', null, []],
      ['ci', null, []],
      ['on-call', null, []],
    ]);
  });

  test('are those of namespaces if the request is about namespaces', () => {
    const changes = { guards: { namespaces: { 'team-a': [] } } };
    const request = { verb: 'delete', resource: 'namespaces' };

    expect(guards(request, changes)[0]).toEqual(['eks-admins', null, ['namespaces.team-a']]);
    expect(guards({ ...request, name: 'team-b', namespace: 'team-b' }, changes)[0]).toEqual([
      'eks-admins',
      'team-b',
      [],
    ]);
  });

  test('are none for nodes, which are in no namespace, and for reading', () => {
    const changes = { guards: { systemNamespaces: [], namespaces: { 'team-a': [] } } };

    expect(guards({ verb: 'delete', resource: 'nodes' }, changes)[0]).toEqual(['eks-admins', null, []]);
    expect(guards({ verb: 'get' }, changes)[0]).toEqual(['eks-admins', null, []]);
  });
});
