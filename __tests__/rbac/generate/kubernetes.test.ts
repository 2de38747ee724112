import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { generate, versionsFile } from '../../../rbac/generate/kubernetes';
import { type FakeGo, fakeGo } from './fake-go';

const POLICY = 'plugin/pkg/auth/authorizer/rbac/bootstrappolicy/testdata';

const list = (...items: readonly string[]) =>
  `apiVersion: v1\nitems:\n${items.map((item) => `- ${item}\n`).join('')}kind: List\n`;

/** A small source of Kubernetes. */
const SOURCE: Readonly<Record<string, string>> = {
  [`${POLICY}/cluster-roles.yaml`]: list(
    "{kind: ClusterRole, metadata: {name: view, labels: {a: b}}, rules: null, aggregationRule: {clusterRoleSelectors: [{matchLabels: {x: 'true'}}]}}",
    "{kind: ClusterRole, metadata: {name: system:discovery}, rules: [{verbs: [get], nonResourceURLs: [/api]}, {verbs: [get], apiGroups: [''], resources: [pods], resourceNames: [a]}]}",
  ),
  [`${POLICY}/controller-roles.yaml`]: list(
    "{kind: ClusterRole, metadata: {name: system:controller:x}, rules: [{verbs: [list], apiGroups: [''], resources: [pods]}]}",
  ),
  [`${POLICY}/cluster-role-bindings.yaml`]: list(
    '{kind: ClusterRoleBinding, metadata: {name: system:node}, roleRef: {kind: ClusterRole, name: system:node}}',
    '{kind: ClusterRoleBinding, metadata: {name: a}, roleRef: {kind: ClusterRole, name: view}, subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: all}]}',
  ),
  [`${POLICY}/controller-role-bindings.yaml`]: list(
    '{kind: ClusterRoleBinding, metadata: {name: b}, roleRef: {kind: ClusterRole, name: system:controller:x}, subjects: [{kind: ServiceAccount, name: x, namespace: kube-system}]}',
  ),
  [`${POLICY}/namespace-roles.yaml`]: list(
    "{kind: Role, metadata: {name: r, namespace: kube-system}, rules: [{verbs: [get], apiGroups: [''], resources: [secrets]}]}",
    "{kind: Role, metadata: {name: s, namespace: kube-public}, rules: [{verbs: [get], apiGroups: [''], resources: [secrets]}]}",
  ),
  [`${POLICY}/namespace-role-bindings.yaml`]: list(
    '{kind: RoleBinding, metadata: {name: r, namespace: kube-system}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}, subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: u}]}',
  ),
  [`${POLICY}/cluster-roles-featuregates.yaml`]: 'not read',
  'api/discovery/aggregated_v2.json': '{"kind":"APIGroupDiscoveryList"}',
  'api/discovery/api__v1.json': JSON.stringify({
    kind: 'APIResourceList',
    groupVersion: 'v1',
    resources: [
      { name: 'pods', kind: 'Pod', namespaced: true, shortNames: ['po'], verbs: ['get', 'list'] },
      { name: 'pods/log', kind: 'Pod', namespaced: true, verbs: ['get'] },
      { name: 'pods/exec', kind: 'PodExecOptions', namespaced: true, verbs: ['create', 'get'] },
      { name: 'podtemplates', kind: 'PodTemplate', namespaced: true, verbs: ['get'] },
    ],
  }),
  'api/discovery/apis__a.k8s.io__v1beta1.json': JSON.stringify({
    kind: 'APIResourceList',
    groupVersion: 'a.k8s.io/v1beta1',
    resources: [
      { name: 'news', kind: 'New', namespaced: false, verbs: ['get'] },
      { name: 'olds', kind: 'Old', namespaced: false, verbs: ['get'] },
    ],
  }),
  'api/discovery/apis__a.k8s.io__v1.json': JSON.stringify({
    kind: 'APIResourceList',
    groupVersion: 'a.k8s.io/v1',
    resources: [{ name: 'olds', kind: 'Old', namespaced: false, verbs: ['get'] }],
  }),
};

const DATA = `{
"release": "1.99.2",
"rbac": {
"clusterRoles": [
{"name":"system:controller:x","rules":[
  {"apiGroups":[""],"resources":["pods"],"verbs":["list"]}
]},
{"name":"system:discovery","rules":[
  {"nonResourceURLs":["/api"],"verbs":["get"]},
  {"apiGroups":[""],"resources":["pods"],"resourceNames":["a"],"verbs":["get"]}
]},
{"name":"view","labels":{"a":"b"},"aggregationRule":{"clusterRoleSelectors":[{"matchLabels":{"x":"true"}}]},"rules":[]}
],
"roles": [
{"name":"s","namespace":"kube-public","rules":[
  {"apiGroups":[""],"resources":["secrets"],"verbs":["get"]}
]},
{"name":"r","namespace":"kube-system","rules":[
  {"apiGroups":[""],"resources":["secrets"],"verbs":["get"]}
]}
],
"clusterRoleBindings": [
{"name":"a","role":"view","subjects":[{"kind":"Group","name":"all"}]},
{"name":"b","role":"system:controller:x","subjects":[{"kind":"ServiceAccount","name":"x","namespace":"kube-system"}]},
{"name":"system:node","role":"system:node","subjects":[]}
],
"roleBindings": [
{"name":"r","namespace":"kube-system","roleRef":{"kind":"Role","name":"r"},"subjects":[{"kind":"User","name":"u"}]}
]
},
"apiResources": [
{"apiGroup":"","name":"pods","kind":"Pod","shortNames":["po"],"isNamespaced":true,"isServedByDefault":true,"verbs":["get","list"],"subresources":{"exec":["create","get"],"log":["get"]}},
{"apiGroup":"","name":"podtemplates","kind":"PodTemplate","shortNames":[],"isNamespaced":true,"isServedByDefault":true,"verbs":["get"],"subresources":{}},
{"apiGroup":"a.k8s.io","name":"news","kind":"New","shortNames":[],"isNamespaced":false,"isServedByDefault":false,"verbs":["get"],"subresources":{}},
{"apiGroup":"a.k8s.io","name":"olds","kind":"Old","shortNames":[],"isNamespaced":false,"isServedByDefault":true,"verbs":["get"],"subresources":{}}
]
}
`;

describe('generate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kubernetes-'));
  const source = join(folder, 'source');
  const data = join(folder, 'data');
  let go: FakeGo;

  beforeAll(() => {
    go = fakeGo();
    go.answers({ stdout: JSON.stringify({ Version: 'v1.99.2', Dir: source }) });
    for (const [file, text] of Object.entries(SOURCE)) {
      mkdirSync(dirname(join(source, file)), { recursive: true });
      writeFileSync(join(source, file), text);
    }
    mkdirSync(data);
    for (const other of ['1.100.json', '1.9.json']) writeFileSync(join(data, other), '{}');
  });
  afterAll(() => {
    go.remove();
    rmSync(folder, { recursive: true });
  });

  test('writes the data of a version, and the list of all versions', () => {
    const line = generate('1.99', data);

    expect(line).toMatch(/1\.99\.json: 3 ClusterRoles, 2 Roles, and 4 resources of Kubernetes 1\.99\.2$/);
    expect(readdirSync(data).sort()).toEqual(['1.100.json', '1.9.json', '1.99.json', 'versions.ts']);
    expect(readFileSync(join(data, '1.99.json'), 'utf8')).toBe(DATA);
    expect(readFileSync(join(data, 'versions.ts'), 'utf8')).toBe(versionsFile(['1.9', '1.99', '1.100']));
  });

  test('fails for a source without the bootstrap policy', () => {
    rmSync(join(source, POLICY, 'namespace-roles.yaml'));

    expect(() => generate('1.99', data)).toThrow('namespace-roles.yaml');
  });
});
