import { escaped } from '../constraints/finding';
import { attributesIn } from '../constraints/okta/self-service-attributes';
import { groupBy } from '../model/derived/group-by';
import { WORST_CASE_REVOCATION } from '../model/derived/revocation';
import type { ClusterEnd, PersonRole } from '../operate/revoke/cluster-end';
import type { FilePatch } from '../operate/revoke/file-patch';
import { isRemovable, type Membership, type Owner } from '../operate/revoke/memberships';
import type { Activity, AtOnce, IdTokenLifetime, Revocation } from '../operate/revoke/revocation';
import type { Step } from '../operate/revoke/steps';
import { shQuoted } from '../sign-in/sh-quoted';
import { enumerated } from './words';

/** Where the memberships of the access file are. */
export interface FilePlaces {
  /** Name of the access file. */
  readonly file: string;
  /** Undefined if the text of the file is not known. */
  readonly patch: FilePatch | undefined;
}

/** A part of a report: lines to read, or a block that somebody copies, in which no line may be wrapped. */
export interface ReportPart {
  readonly kind: 'text' | 'block';
  readonly text: string;
}

/** What ending a person's access takes, for a terminal. */
export function revocationText(revocation: Revocation, places: FilePlaces): readonly ReportPart[] {
  const sections = [
    [stepsText(revocation)],
    [membershipsText(revocation, places)],
    patchParts(revocation, places),
    [clustersText(revocation)],
    ...revocation.guards.map((guard) => guardParts(guard, revocation.clusters)),
    ...revocation.validationRules.map(ruleParts),
    ...revocation.activity.map(activityParts),
    [section('After the queries', revocation.activity.length === 0 ? [] : [AFTER_QUERIES])],
    [uncheckedText(revocation)],
  ];
  const filled = sections.map((parts) => parts.filter(({ text }) => text !== '')).filter((parts) => parts.length > 0);
  return filled.flatMap((parts, index) => (index === 0 ? parts : [{ kind: 'text', text: '\n' } as const, ...parts]));
}

function section(title: string, lines: readonly string[]): ReportPart {
  return { kind: 'text', text: lines.length === 0 ? '' : `${title}\n${lines.map((line) => `  ${line}\n`).join('')}` };
}

function block(text: string): ReportPart {
  return { kind: 'block', text };
}

function stepsText({ login, person, steps, idToken }: Revocation): ReportPart {
  if (person === null) {
    return section(`${escaped(login)}: what the access file says, without Okta`, [
      'Suspend the person in Okta: nobody signs in as them from then on.',
      'Clear their sessions with their tokens: sessions, refresh tokens, and access tokens end at once.',
      `An ID token that they have stays valid ${lifetimeText(idToken)}, whatever happens in Okta.`,
    ]);
  }
  const named = `${escaped(person.login)} in Okta: ${escaped(person.status)}, ${escaped(person.id)}`;
  return section(named, [...steps.flatMap((step) => stepLines(step, idToken)), ...afterSteps(steps)]);
}

function afterSteps(steps: readonly Step[]): readonly string[] {
  if (steps.some(({ state }) => state === 'would')) {
    return ['Nothing is changed yet. --yes does what is marked with would.'];
  }
  const canSignIn = steps.some(({ action, state }) => action === 'suspend' && state !== 'done' && state !== 'unneeded');
  return canSignIn ? ['They can sign in again, with the memberships that are left.'] : [];
}

const STATES: Readonly<Record<Step['state'], string>> = {
  offered: 'possible',
  would: 'would',
  unneeded: 'already',
  impossible: 'cannot',
  done: 'done',
  failed: 'FAILED',
  'not-tried': 'not tried',
};

/** What follows what suspending does. */
const MORE: Partial<Record<Step['state'], string>> = {
  offered: ' Add --suspend.',
  impossible: ' Okta suspends only people with the status ACTIVE: deactivate them in Okta instead.',
};

function stepLines({ action, group, state, error }: Step, idToken: IdTokenLifetime): readonly string[] {
  const lines = {
    suspend: [
      'suspend the person',
      `nobody signs in as them from then on; their groups and apps stay. Okta documents no end of tokens that it has issued.${MORE[state] ?? ''}`,
    ],
    'end-sessions': [
      'end their sessions in Okta',
      `sessions, refresh tokens, and access tokens end at once. An ID token that they have stays valid ${lifetimeText(idToken)}.`,
    ],
    'remove-member': [
      `remove them from ${escaped(group ?? '')}`,
      'acts at their next sign-in or refresh; an ID token from before carries the group until it expires.',
    ],
  }[action];
  return [
    `${STATES[state].padEnd(9)} ${lines[0]}`,
    `${' '.repeat(10)}${lines[1]}`,
    ...(error === null ? [] : [`${' '.repeat(10)}${escaped(error)}`]),
  ];
}

function lifetimeText({ minutes, hasHook }: IdTokenLifetime): string {
  const hook = `for ${minutes / 60} hours at most`;
  const lifetime =
    hasHook === null
      ? `for ${WORST_CASE_REVOCATION.minutes} minutes at most (${hook} if the authorization server has a token inline hook)`
      : hasHook
        ? `${hook}, because the authorization server has a token inline hook`
        : `for ${minutes} minutes at most`;
  return `${lifetime}; API servers remember it for 10 seconds more`;
}

function membershipsText({ person, memberships, steps, login }: Revocation, places: FilePlaces): ReportPart {
  const lines = memberships.flatMap((membership) => {
    const name = escaped(membership.group);
    const head =
      membership.isMember === null
        ? `${name} (${inWords(membership)})`
        : membership.isMember
          ? name
          : `${name} (not now)`;
    return [head, ...ownerLines(membership, steps, login, places).map((line) => `  ${line}`)];
  });
  if (lines.length > 0) return section('Memberships', lines);
  const where = person === null ? 'The access file puts them into no group' : 'They are in no group of the access file';
  return section('Memberships', [`${where}.`]);
}

function inWords({ owners }: Membership): string {
  return owners.some(({ kind }) => kind === 'file') ? 'by the access file' : 'could not check';
}

function ownerLines(
  membership: Membership,
  steps: readonly Step[],
  login: string,
  places: FilePlaces,
): readonly string[] {
  if (!membership.isInFile) {
    return ['Not in the access file, and in tokens: bindings that it does not know can name it. Remove them by hand.'];
  }
  if (isRemovable(membership)) {
    const isDone = steps.some(({ group, state }) => group === membership.group && state === 'done');
    return [
      `Added by hand: neither the access file nor a rule puts them in. ${isDone ? 'Removed.' : '--yes removes them.'}`,
    ];
  }
  return membership.owners.flatMap((owner) => ownerText(owner, membership, login, places));
}

function ownerText(
  owner: Owner,
  { group, isMember }: Membership,
  login: string,
  places: FilePlaces,
): readonly string[] {
  switch (owner.kind) {
    case 'file': {
      const line = places.patch?.lineOf.get(owner.path);
      const place = line === undefined ? escaped(places.file) : `${escaped(places.file)}:${line}`;
      return [`${escaped(owner.path)} in ${place}: the next apply puts them in again.`];
    }
    case 'rule':
      return ruleLines(owner, login);
    case 'directory':
      return ['Imported from a directory or an app: remove them there, or suspend them.'];
    case 'okta':
      return ['Okta has everybody in this group: only suspending or deactivating the person ends it.'];
    case 'unknown':
      return [
        isMember === null
          ? `The members of ${escaped(group)} come from elsewhere: ask Okta.`
          : 'The group rules could not be read, and one may put them in again: nothing is removed here.',
      ];
  }
}

function ruleLines(
  { name, expression, path, selects, excludes }: Extract<Owner, { kind: 'rule' }>,
  login: string,
): readonly string[] {
  const where = path === null ? 'which the access file does not have' : escaped(path);
  const what = excludes
    ? 'leaves them out, because somebody removed them by hand. The next apply ends that.'
    : selects === null
      ? 'may put them in again.'
      : 'puts them in again.';
  const attributes = attributesIn(expression).map((attribute) => `user.${attribute}`);
  const change =
    attributes.length === 0
      ? ''
      : `change ${enumerated(attributes.map(escaped))} of the person where it comes from, or `;
  return [
    `The rule ${escaped(name)} (${where}) ${what}`,
    `  Its condition: ${escaped(expression)}`,
    `  To end it, ${change}exclude the login in the condition: (${escaped(expression)}) AND user.login != ${JSON.stringify(login)}`,
  ];
}

function patchParts({ memberships }: Revocation, { file, patch }: FilePlaces): readonly ReportPart[] {
  const paths = memberships.flatMap(({ owners }) =>
    owners.flatMap((owner) => (owner.kind === 'file' ? [owner.path] : [])),
  );
  if (paths.length === 0) return [];
  const title = 'Access file: not changed. After its change, apply the stack okta';
  if (patch === undefined) return [section(title, [`Take out ${paths.map(escaped).join(', ')}.`])];
  const { diff, lines, byHand } = patch;
  const found = lines.map(({ line, text }) => `  ${escaped(file)}:${line}: ${escaped(text)}`);
  const manual = [
    `Take out by hand: ${byHand.map(escaped).join(', ')}.`,
    ...(found.length > 0 ? found : ['No line has the login as a text: look where these lists come from.']),
  ];
  return [
    section(title, [
      ...(byHand.length > 0 ? manual : []),
      ...(diff === '' ? [] : [`Save the patch as a file, then run patch ${escaped(shQuoted(file))} < FILE:`]),
    ]),
    block(diff),
  ];
}

function clustersText({ clusters, hasRefreshTokens }: Revocation): ReportPart {
  // In a fleet, most clusters are alike.
  const alike = groupBy(clusters, ({ cluster: _, ...end }) => JSON.stringify(end));
  const lines = [...alike.values()].flatMap((ends) => clusterLines(ends));
  const refresh = hasRefreshTokens
    ? 'kubectl renews its token with a refresh token until the sessions are ended.'
    : 'There are no refresh tokens: kubectl gets every new token through the session of the browser.';
  const isOnEks = clusters.some(({ kind }) => kind !== 'self-managed');
  const iam = isOnEks ? ['What they reach by IAM needs no Okta: end their sessions in AWS, too.'] : [];
  if (lines.length > 0) return section('Clusters', [refresh, ...iam, ...lines]);
  return section('Clusters', [
    'None, by the groups that they are in. An ID token from before a removal carries the groups of then until it expires.',
  ]);
}

function clusterLines(ends: readonly ClusterEnd[]): readonly string[] {
  const { userName, roles, becomes, stays } = ends[0] as ClusterEnd;
  const name = userName.name === null ? 'user name not known' : `as ${escaped(userName.name)}`;
  const ways = becomes.map(({ to, certain }) => `${escaped(to)}${certain ? '' : ' (may)'}`);
  return [
    `${names(ends.map(({ cluster }) => cluster))}: ${name} (${escaped(userName.because)})`,
    ...roles.map((role) => `  ${roleText(role)}`),
    ...(ways.length === 0 ? [] : [`  Can have become: ${ways.join(', ')}. That needs no token of Okta.`]),
    ...(stays.length === 0 ? [] : [`  Can stay: ${stays.map(escaped).join('; ')}.`]),
  ];
}

function roleText({ group, role, namespace, isCertain }: PersonRole): string {
  const place = namespace === null ? 'on the whole cluster' : `in ${escaped(namespace)}`;
  return `${escaped(role)} ${place}, by ${escaped(group)}${isCertain ? '' : ' (if they are in it)'}`;
}

function guardParts({ clusters: keys, yaml }: AtOnce, clusters: readonly ClusterEnd[]): readonly ReportPart[] {
  const passing = clusters.filter(({ cluster, passesGuardBy }) => keys.includes(cluster) && passesGuardBy.length > 0);
  const gaps = [...groupBy(passing, ({ passesGuardBy }) => passesGuardBy.join('; '))];
  const lines = [
    'EKS has no rules about users: until the ID token expires, only a guard on the user name acts. It refuses changes and connections to pods within seconds of kubectl apply. It refuses no reads.',
    ...gaps.map(
      ([ways, alike]) =>
        `It does not hold them on ${names(alike.map(({ cluster }) => cluster))}, where they may: ${escaped(ways)}.`,
    ),
    ...(gaps.length === 0
      ? []
      : ['There, also take their groups out of the bindings, which ends the access of everybody in them.']),
    'Delete it when the ID token has expired.',
  ];
  return [section(`At once on ${names(keys)}: a guard`, lines), block(yaml)];
}

function ruleParts({ clusters: keys, yaml }: AtOnce): readonly ReportPart[] {
  const lines = [
    'Add it to the issuer of Okta in the file of --authentication-config, on each control plane node. kube-apiserver reads the file within a minute, without a restart, and then refuses the ID token. Open streams stay.',
    'With flags --oidc-*, move to that file first: eks-access flags CLUSTER --target authentication-config.',
  ];
  return [section(`At once on ${names(keys)}: a rule of the AuthenticationConfiguration`, lines), block(yaml)];
}

function names(keys: readonly string[]): string {
  return enumerated(keys.map(escaped));
}

function activityParts({ userName, clusters, query }: Activity): readonly ReportPart[] {
  const isEks = clusters.some(({ logGroup }) => logGroup !== null);
  const notLogged = clusters.filter(({ isLogged }) => isLogged === false).map(({ cluster }) => cluster);
  const where = isEks
    ? clusters.map(
        ({ logGroup, region }) => `Logs Insights in ${escaped(region ?? '')}, log group ${escaped(logGroup ?? '')}`,
      )
    : [
        `On each control plane node of ${names(clusters.map(({ cluster }) => cluster))}, with the file of --audit-log-path:`,
      ];
  const lines =
    notLogged.length === 0
      ? where
      : [...where, `EKS writes no audit log on ${names(notLogged)}: logs in the access file does not have audit.`];
  return [
    section(`What ${escaped(userName)} made and opened`, lines),
    block(isEks ? query : `jq -c ${shQuoted(query)} audit.log\n`),
  ];
}

/** What to do with the answers of all queries. */
const AFTER_QUERIES =
  'Delete what they made. A token of a service account ends with its service account. What they did as another user, such as a service account, has that name: ask again with it.';

function uncheckedText({ unchecked }: Revocation): ReportPart {
  return section('Could not check', unchecked.map(escaped));
}
