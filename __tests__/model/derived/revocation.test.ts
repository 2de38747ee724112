import { WORST_CASE_REVOCATION } from '../../../model/derived/revocation';

test('a removal takes effect within the hour that an ID token lives, open sessions excepted', () => {
  expect(WORST_CASE_REVOCATION).toEqual({
    minutes: 60,
    text: 'A person who is removed in Okta loses access within 60 minutes, when their last ID token expires. Sessions that are open then (exec, attach, port-forward, watch) continue until they are closed.',
  });
});
