import { type AccessRequest, requestText } from '../../rbac';

describe('requestText', () => {
  test.each<[string, AccessRequest]>([
    ['list nodes on the whole cluster', { verb: 'list', apiGroup: '', resource: 'nodes' }],
    [
      'get pods/log named "web" in namespace team-a',
      { verb: 'get', apiGroup: '', resource: 'pods', subresource: 'log', name: 'web', namespace: 'team-a' },
    ],
    [
      'create jobs in batch in namespace team-a',
      { verb: 'create', apiGroup: 'batch', resource: 'jobs', namespace: 'team-a' },
    ],
    ['get /healthz', { verb: 'get', path: '/healthz' }],
  ])('says %s', (text, request) => {
    expect(requestText(request)).toBe(text);
  });
});
