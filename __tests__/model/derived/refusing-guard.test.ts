import type { Guards } from '../../../model/derived/guards';
import { refusingGuard } from '../../../model/derived/refusing-guard';
import type { ResourceRequest } from '../../../rbac';

const GUARDS: Guards = {
  ...{ mode: 'deny', allowPrivilegeEscalation: true },
  secretDeletion: ['secrets'],
  systemNamespaces: ['system'],
  namespaces: { a: ['a', 'both'], b: ['b', 'both'] },
};
const DEFINITIONS = { apiGroup: 'apiextensions.k8s.io', resource: 'customresourcedefinitions' };
const NODE_PROXY = { apiGroup: '', resource: 'nodes', subresource: 'proxy', verb: 'get' };
const DELETE_NAMESPACE = { verb: 'delete', apiGroup: '', resource: 'namespaces', name: 'other' };

const refusing = (groups: readonly string[], request: ResourceRequest, guards: Partial<Guards> = {}) =>
  refusingGuard({ ...GUARDS, ...guards }, groups, request)?.guard;

describe('the guard that refuses a request', () => {
  test('is that of Secrets for the deletion of namespaces, unless whoever it is may delete them', () => {
    expect(refusing([], DELETE_NAMESPACE)).toBe('secretDeletion');
    expect(refusing(['secrets'], DELETE_NAMESPACE)).toBeUndefined();
    expect(refusing([], DELETE_NAMESPACE, { letsDeleteNamespaces: true })).toBeUndefined();
    expect(refusing([], { ...DELETE_NAMESPACE, verb: 'update' })).toBeUndefined();
    expect(refusing([], { verb: 'delete', apiGroup: '', resource: 'secrets' }, { letsDeleteNamespaces: true })).toBe(
      'secretDeletion',
    );
  });

  test.each([{ ...DEFINITIONS, verb: 'delete' }, { ...DEFINITIONS, verb: 'deletecollection' }, NODE_PROXY])(
    'is that of each namespace and of the system namespaces for %j, which reaches into all of them',
    (request) => {
      expect(refusing([], request)).toBe('namespaces.a');
      expect(refusing(['a'], request)).toBe('namespaces.b');
      expect(refusing(['both'], request)).toBe('systemNamespaces');
      expect(refusing(['both', 'system'], request)).toBeUndefined();
      expect(refusing([], request, { namespaces: {}, systemNamespaces: undefined })).toBeUndefined();
    },
  );

  test.each(['create', 'update', 'patch'])('is none for %s of definitions', (verb) => {
    expect(refusing([], { ...DEFINITIONS, verb })).toBeUndefined();
  });

  test('is seen by kubelets only if the API server is asked', () => {
    expect(refusingGuard(GUARDS, [], NODE_PROXY)).toMatchObject({ isAllowedByKubelets: true });
    expect(refusingGuard(GUARDS, [], DELETE_NAMESPACE)).toMatchObject({ isAllowedByKubelets: false });
  });

  test.each<ResourceRequest>([
    DELETE_NAMESPACE,
    NODE_PROXY,
    { verb: 'create', apiGroup: '', resource: 'pods', namespace: 'kube-system' },
    { verb: 'create', apiGroup: '', resource: 'pods', namespace: 'a' },
  ])('is none for %j where guards only warn', (request) => {
    expect(refusing([], request)).toBeDefined();
    expect(refusing([], request, { mode: 'warn' })).toBeUndefined();
  });
});
