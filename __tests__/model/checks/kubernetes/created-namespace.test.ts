import { problemsWith } from '../../../access-files';

describe('created-namespace', () => {
  test.each(['default', 'kube-node-lease', 'kube-public', 'kube-system'])('fails if the file creates %s', (name) => {
    expect(problemsWith({ namespaces: { [name]: { create: true } } })).toEqual([
      {
        path: `namespaces.${name}.create`,
        check: 'created-namespace',
        message: `Kubernetes creates the namespace '${name}' in every cluster, so Terraform cannot create it.`,
        given: 'true',
        allowed: 'false for default, kube-node-lease, kube-public, kube-system',
        fix: 'Remove create.',
        source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces',
      },
    ]);
  });

  test.each([
    ['default', {}],
    ['kube-system', { create: false, podSecurity: 'privileged' }],
    ['team-a', { create: true }],
  ])('allows %s with %j', (name, settings) => {
    expect(problemsWith({ namespaces: { [name]: settings } })).toEqual([]);
  });
});
