import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { App, Organization } from './organization';
import { DEVICE_GRANT } from './server-authorization';

/** The apps of the organization as clients of oidc-provider. Every call looks them up, because they may change. */
export function clientAdapter(organization: Organization): Adapter {
  const readOnly = async () => {
    throw new Error('Clients are read-only: they are the apps of the organization.');
  };
  return {
    async find(clientId) {
      const app = organization.appByClientId(clientId);
      return app && clientMetadata(app);
    },
    findByUid: readOnly,
    findByUserCode: readOnly,
    upsert: readOnly,
    consume: readOnly,
    destroy: readOnly,
    revokeByGrantId: readOnly,
  };
}

/** The grant types that the issuer supports. Apps in Okta can have others, and other response types. */
const GRANTS = ['authorization_code', 'refresh_token', DEVICE_GRANT];

function clientMetadata(app: App): AdapterPayload {
  return {
    client_id: app.clientId,
    client_name: app.label,
    redirect_uris: [...app.redirectUris],
    grant_types: app.grantTypes.filter((grant) => GRANTS.includes(grant)),
    response_types: app.responseTypes.filter((type) => type === 'code'),
    token_endpoint_auth_method: app.tokenEndpointAuthMethod,
    // For native apps, the library accepts any loopback port; Okta compares the whole redirect URI.
    application_type: 'web',
  } as AdapterPayload;
}
