import type { Adapter, AdapterPayload } from 'oidc-provider';
import { DEVICE_GRANT } from './decisions';
import type { App, Organization } from './organization';

/** The organization's apps as clients of oidc-provider, looked up each time: they may change while the issuer runs. */
export function clientAdapter(organization: Organization): Adapter {
  const readOnly = async () => {
    throw new Error('apps belong to the organization');
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

/** The grants that the issuer knows; an app of Okta can have more, and more response types. */
const GRANTS = ['authorization_code', 'refresh_token', DEVICE_GRANT];

function clientMetadata(app: App): AdapterPayload {
  return {
    client_id: app.clientId,
    client_name: app.label,
    redirect_uris: [...app.redirectUris],
    grant_types: app.grantTypes.filter((grant) => GRANTS.includes(grant)),
    response_types: app.responseTypes.filter((type) => type === 'code'),
    token_endpoint_auth_method: app.tokenEndpointAuthMethod,
    // The library lets native apps use any port of the loopback interface; Okta compares the whole redirect URI.
    application_type: 'web',
  } as AdapterPayload;
}
