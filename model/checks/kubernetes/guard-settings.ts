import { shown } from '../../../constraints/finding';
import { settingsOf } from '../../derived/access';
import { hasGuards } from '../../derived/guards';
import type { ParsedFile } from '../../file/parsed-file';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** Each setting of guards is about a guard that a cluster has. */
export const guardSettings: Check = {
  name: 'guard-settings',
  severity: 'warning',
  reason: 'mode, allowPrivilegeEscalation, and exemptServiceAccounts say how guards work. They are no guards.',
  fix: 'Add the guard, or remove the setting.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/',
  requires: ['guards', 'clusters'],
  find: (access) => {
    const all = Object.values(access.clusters);
    const { guards, clusters } = settingsOf(access);
    const places = [
      { place: ['guards'], own: guards, concerned: all },
      ...Object.entries(clusters).map(([key, settings]) => ({
        place: ['clusters', key, 'guards'],
        own: settings.guards,
        concerned: all.filter((cluster) => cluster.key === key),
      })),
    ];
    return places.flatMap(({ place, own, concerned }) => {
      const { mode, allowPrivilegeEscalation, exemptServiceAccounts }: NonNullable<ParsedFile['guards']> = own ?? {};
      const isGuarded = concerned.some((cluster) => hasGuards(cluster.guards));
      const hasRunAsRoot = concerned.some((cluster) => cluster.guards.runAsRoot !== undefined);
      const unused = [
        ...(isGuarded ? [] : Object.entries({ mode, exemptServiceAccounts })),
        ...(hasRunAsRoot ? [] : Object.entries({ allowPrivilegeEscalation })),
      ];
      return unused.flatMap(([key, value]) =>
        value === undefined
          ? []
          : [
              {
                path: pathText([...place, key]),
                message: `The setting ${key} has no effect, because no cluster that it is for has ${key === 'allowPrivilegeEscalation' ? 'the guard runAsRoot' : 'a guard'}.`,
                given: shown(value),
                allowed: 'settings of guards that a cluster has',
                fix: `Add ${key === 'allowPrivilegeEscalation' ? 'runAsRoot' : 'a guard'}, or remove ${key}.`,
              },
            ],
      );
    });
  },
};
