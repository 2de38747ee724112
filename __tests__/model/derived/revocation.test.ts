import { worstCaseRevocation } from '../../../model/derived/revocation';

describe('worstCaseRevocation', () => {
  test('is the hour of an ID token, and says what goes on beyond it', () => {
    expect(worstCaseRevocation()).toEqual({
      minutes: 60,
      text: 'A person who is removed in Okta is out after 60 minutes at most, when the last ID token ends. What is open by then (exec, attach, port-forward, watch) goes on until it is closed.',
    });
  });
});
