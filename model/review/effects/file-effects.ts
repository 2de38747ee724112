import type { ParsedFile } from '../../file/parsed-file';
import { BACKEND_EFFECTS } from './backend-effects';
import { CLUSTERS_EFFECTS } from './cluster-effects';
import { always, neutral, type ObjectEffects, text } from './effect';
import { GUARDS_EFFECTS } from './guard-effects';
import { NAMESPACES_EFFECTS } from './namespace-effects';
import {
  AUTHORIZATION_SERVER_EFFECTS,
  CLAIMS_EFFECTS,
  GROUPS_CLAIM_EFFECTS,
  GROUPS_EFFECTS,
  IDENTITY_PROVIDER_EFFECTS,
  OKTA_EFFECTS,
  SIGN_IN_EFFECTS,
} from './okta-effects';
import { ROLES_EFFECTS } from './role-effects';

/** How each key of the file is told. `clusterDefaults` is merged into clusters; grants have rows and their own table. */
export const FILE_EFFECTS: ObjectEffects<Omit<ParsedFile, 'clusterDefaults' | 'grants'>> = {
  keys: {
    okta: OKTA_EFFECTS,
    authorizationServer: AUTHORIZATION_SERVER_EFFECTS,
    groupsClaim: GROUPS_CLAIM_EFFECTS,
    claims: CLAIMS_EFFECTS,
    identityProvider: IDENTITY_PROVIDER_EFFECTS,
    signIn: SIGN_IN_EFFECTS,
    selfServiceAttributes: always(
      neutral('The file says which attributes people may edit themselves, for the warnings of check'),
    ),
    groups: GROUPS_EFFECTS,
    roles: ROLES_EFFECTS,
    clusters: CLUSTERS_EFFECTS,
    namespaces: NAMESPACES_EFFECTS,
    guards: GUARDS_EFFECTS,
    backend: BACKEND_EFFECTS,
    tags: { each: text('A tag') },
  },
};
