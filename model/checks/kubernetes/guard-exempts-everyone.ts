import { settingsOf } from '../../derived/access';
import { guardLists } from '../../file/guard-lists';
import { pathText } from '../../file/path';
import type { Check } from '../check';

const EVERY_SERVICE_ACCOUNT = 'system:serviceaccounts';

/** A guard does not let every service account of a cluster pass. */
export const guardExemptsEveryone: Check = {
  name: 'guard-exempts-everyone',
  severity: 'warning',
  reason:
    'Whoever can run a pod anywhere on the cluster is a service account, and a guard that lets every service account pass does not stop them.',
  fix: 'Name the groups of single namespaces, such as system:serviceaccounts:cert-manager.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/authentication/#service-account-tokens',
  requires: ['guards', 'clusters'],
  find: (access) =>
    guardLists(settingsOf(access)).flatMap(({ members, place }) =>
      members.flatMap((member, index) =>
        member === EVERY_SERVICE_ACCOUNT
          ? [
              {
                path: pathText([...place, index]),
                message: 'The guard lets every service account pass, and so everyone who can run a pod.',
                given: `'${EVERY_SERVICE_ACCOUNT}'`,
                allowed: `Okta groups, and ${EVERY_SERVICE_ACCOUNT}:<namespace>`,
                fix: 'Name the groups of the namespaces whose controllers need it, or accounts in exemptServiceAccounts.',
              },
            ]
          : [],
      ),
    ),
};
