import { KUBERNETES_NAMESPACES } from '../../../constraints/kubernetes/initial-namespaces';
import { appearance, spelled } from '../../../constraints/look-alike';
import { loginKey } from '../../../constraints/okta/login';
import { BUILT_IN_ROLES } from '../../../rbac/built-in-roles';
import { PRESET_ROLES } from '../../../rbac/presets';
import type { Access } from '../../derived/access';
import { pathText } from '../../file/path';
import type { Check, PlacedFinding } from '../check';

/** A name with its place in the file; undefined for a name that Kubernetes or this project has. */
type Place = readonly [name: string, path: string | undefined];

/** Distinct names, each with its first place. */
type Places = ReadonlyMap<string, string | undefined>;

/** Names of one kind look different. */
export const lookAlikeNames: Check = {
  name: 'look-alike-names',
  severity: 'warning',
  reason:
    'Two names that look alike are two things: a reviewer reads one name, and the grant is for the other. Unicode has letters of several alphabets with one shape, and characters that nothing shows.',
  fix: 'Rename one of the two, or type it again in the letters of the other.',
  source: 'https://www.unicode.org/reports/tr39/#Confusable_Detection',
  requires: ['groups', 'clusters', 'roles', 'namespaces'],
  find: (access) => [
    ...lookAlikes('group', groups(access)),
    ...lookAlikes('login', logins(access)),
    ...lookAlikes('cluster', clusters(access)),
    ...lookAlikes('app', apps(access)),
    ...lookAlikes('namespace', namespaces(access)),
    ...lookAlikes('role', roles(access)),
  ],
};

function groups(access: Access): Places {
  return new Map(Object.keys(access.groups).map((name) => [name, pathText(['groups', name])]));
}

/** Logins that Okta treats as one are one name. */
function logins(access: Access): Places {
  return firstPlaces(
    Object.entries(access.groups).flatMap(([group, { logins: members = [] }]) =>
      members.map((login, index): Place => [loginKey(login), pathText(['groups', group, 'logins', index])]),
    ),
  );
}

function clusters(access: Access): Places {
  return new Map(Object.keys(access.clusters).map((key) => [key, pathText(['clusters', key])]));
}

function apps(access: Access): Places {
  return firstPlaces(
    Object.values(access.clusters).map(
      ({ key, app, settings }): Place => [
        app,
        pathText(['clusters', key, ...(settings.app === undefined ? [] : ['app'])]),
      ],
    ),
  );
}

function namespaces(access: Access): Places {
  return firstPlaces([
    ...[...KUBERNETES_NAMESPACES].map((name): Place => [name, undefined]),
    ...Object.keys(access.namespaces).map((name): Place => [name, pathText(['namespaces', name])]),
    ...Object.values(access.clusters).flatMap(({ key, settings }) =>
      settings.namespaces.map((name, index): Place => [name, pathText(['clusters', key, 'namespaces', index])]),
    ),
    ...access.grants.flatMap(({ namespaces: named = [], path }) =>
      named.map((name, index): Place => [name, `${path}.namespaces[${index}]`]),
    ),
  ]);
}

function roles(access: Access): Places {
  return firstPlaces([
    ...[...BUILT_IN_ROLES, ...PRESET_ROLES].map((name): Place => [name, undefined]),
    ...Object.keys(access.roles).map((name): Place => [name, pathText(['roles', name])]),
  ]);
}

function firstPlaces(places: readonly Place[]): Places {
  const first = new Map<string, Place[1]>();
  for (const [name, path] of places) if (!first.has(name)) first.set(name, path);
  return first;
}

/** A finding for each name that looks like an earlier one. */
function lookAlikes(thing: string, names: Places): readonly PlacedFinding[] {
  const first = new Map<string, string>();
  return [...names].flatMap(([name, path]) => {
    const look = appearance(name);
    const earlier = first.get(look);
    if (earlier === undefined) first.set(look, name);
    if (earlier === undefined || path === undefined) return [];
    const place = names.get(earlier);
    return [
      {
        path,
        message: `This ${thing} looks like another one, ${spelled(earlier)}${place === undefined ? '' : ` at ${place}`}.`,
        given: spelled(name),
        allowed: 'names that a reader can tell apart',
        fix: `Rename one of the two, or write the same name if you mean one ${thing}.`,
      },
    ];
  });
}
