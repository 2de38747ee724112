import { WORST_CASE_REVOCATION } from '../../../model/derived/revocation';

test('a removal takes effect when the ID token expires, except for open sessions', () => {
  expect(WORST_CASE_REVOCATION).toEqual({
    minutes: 60,
    text: 'A user who is removed in Okta loses access within 60 minutes, when their last ID token expires. Sessions that are open then (exec, attach, port-forward, watch) continue until they are closed.',
  });
});
