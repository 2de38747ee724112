const REDIRECT_URIS = ['http://localhost:8000', 'http://localhost:18000'];

/** The arguments of the `okta_app_oauth` that a native app with the label EKS is by default. */
export const NATIVE_APP = {
  label: 'EKS',
  type: 'native',
  grant_types: ['authorization_code'],
  response_types: ['code'],
  redirect_uris: REDIRECT_URIS,
  post_logout_redirect_uris: REDIRECT_URIS,
  // The provider's default is a client secret, also for a native app.
  token_endpoint_auth_method: 'none',
  // Where it is unset, the provider sends false on every update.
  pkce_required: true,
  // From the start: to change it later replaces the app and its client id.
  omit_secret: true,
  lifecycle: { prevent_destroy: true },
};
