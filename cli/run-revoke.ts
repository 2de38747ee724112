import { escaped, findingText } from '../constraints/finding';
import { loginFinding } from '../constraints/okta/login';
import type { AccessFormat } from '../input/access-format';
import { textOf } from '../input/text-of';
import { type OktaApi, oktaApi } from '../live/okta/okta-api';
import type { OktaConnectionProps } from '../live/okta/okta-connection';
import { CREDENTIAL_VARIABLES, type OktaCredentials, oktaCredentials } from '../live/okta/okta-credentials';
import { loadAccessFile } from '../load-access-file';
import { type Access, AccessError } from '../model';
import { membershipsOf, nearestLogin } from '../model/review/explain';
import { type FilePatch, filePatch } from '../operate/revoke/file-patch';
import { type LivePerson, livePerson } from '../operate/revoke/live-person';
import { isLeft, type Revocation, revocationOf } from '../operate/revoke/revocation';
import { type Rights, rightsOf } from '../operate/revoke/rights';
import { takeSteps } from '../operate/revoke/steps';
import { revocationText } from '../report/revocation-text';
import { terminalText } from '../report/terminal-text';
import { EXIT } from './exit-codes';
import { reportFindings } from './findings-ok';
import { jsonText } from './formats';
import { print, printError, printText } from './print';

export interface RevokeOptions {
  readonly file: string;
  readonly inputFormat?: AccessFormat;
  readonly format: string;
  readonly findingsOk?: boolean;
  readonly suspend?: boolean;
  readonly yes?: boolean;
}

/**
 * Says what ending the access of a person takes; with `--yes`, ends what Okta ends.
 * @param address that of a local Okta, in tests.
 */
export async function runRevoke(
  login: string,
  options: RevokeOptions,
  address?: OktaConnectionProps['address'],
): Promise<void> {
  const finding = loginFinding(login);
  if (finding !== undefined) throw new AccessError(findingText(finding));
  const access = await loadAccessFile(options.file, options.inputFormat);
  const credentials = oktaCredentials();
  if (credentials === undefined) {
    if (options.yes || options.suspend) {
      throw new AccessError(
        `${options.yes ? '--yes' : '--suspend'} needs credentials for Okta in the environment: ${CREDENTIAL_VARIABLES}. Nothing was changed.`,
      );
    }
    const withoutOkta = `Okta: the environment has no credentials (${CREDENTIAL_VARIABLES})`;
    const revocation = revocationOf(access, { login, live: undefined, withoutOkta, isSuspending: false });
    return report(access, revocation, options);
  }
  const okta = oktaApi({
    ...{ organization: access.okta, credentials, address },
    onWait: (sentence) => printError(`${sentence}\n`),
  });
  try {
    await revoke(access, login, { okta, credentials, options });
  } finally {
    await okta.close();
  }
}

interface Connection {
  readonly okta: OktaApi;
  readonly credentials: OktaCredentials;
  readonly options: RevokeOptions;
}

async function revoke(access: Access, login: string, { okta, credentials, options }: Connection): Promise<void> {
  const { suspend: isSuspending = false, yes = false } = options;
  const live = await livePerson(access, okta, login);
  if (live === undefined) {
    const withoutOkta = unknownPerson(access, login, okta.url);
    if (yes || isSuspending) throw new AccessError(`${withoutOkta} Nothing was changed.`);
    return report(access, revocationOf(access, { login, live, withoutOkta, isSuspending }), options);
  }
  const planned = revocationOf(access, { login, live, withoutOkta: undefined, isSuspending });
  if (isSuspending && planned.steps.some(({ state }) => state === 'impossible')) refuseStatus(live);
  const rights = await rightsOf(
    okta,
    credentials.kind === 'service-app' ? credentials.clientId : undefined,
    live.user.id,
  );
  const missing = missingRights(planned, rights);
  if (!yes) {
    if (missing !== undefined) printError(`${missing}\n`);
    return report(access, planned, options);
  }
  if (missing !== undefined) throw new AccessError(`${missing} Nothing was changed.`);
  const steps = await takeSteps(okta, live.user.id, planned.steps, planned.memberships);
  report(access, { ...planned, steps }, options);
  if (steps.every(({ state }) => state !== 'failed')) return;
  printError('A step failed. What was done and what was not is above.\n');
  process.exitCode = EXIT.wrong;
}

/** Why Okta says nothing about a login. @throws AccessError if the access file does not know it either. */
function unknownPerson(access: Access, login: string, url: string): string {
  const nobody = `${url} finds nobody with the login ${escaped(login)}. It does not find deactivated people by their login.`;
  if (membershipsOf(access, login).length > 0) return nobody;
  const nearest = nearestLogin(access, login);
  const meant = nearest === undefined ? '' : ` Did you mean '${escaped(nearest)}'?`;
  throw new AccessError(`${nobody} The access file does not list the login either.${meant}`);
}

/** @throws AccessError for a person whom Okta cannot suspend. */
function refuseStatus({ user: { status, profile } }: LivePerson): never {
  throw new AccessError(
    `Okta suspends people with the status ACTIVE, and ${escaped(profile.login)} has the status ${escaped(status)}. Deactivate them in Okta, or leave --suspend out. Nothing was changed.`,
  );
}

/** What the credentials cannot do of the planned steps, in a sentence; undefined if nothing is known to be missing. */
function missingRights({ steps }: Revocation, { manageUsers, manageGroups, because }: Rights): string | undefined {
  const planned = steps.filter(({ state }) => state === 'would').map(({ action }) => action);
  const needs = [
    ...(manageUsers === false && planned.some((action) => action !== 'remove-member') ? ['manage this person'] : []),
    ...(manageGroups === false && planned.includes('remove-member') ? ['manage members of groups'] : []),
  ];
  return needs.length === 0
    ? undefined
    : `The credentials may not ${needs.join(' and ')}. ${because.map(escaped).join(' ')}`;
}

function report(access: Access, revocation: Revocation, options: RevokeOptions): void {
  const patch = patchOf(access, revocation, options.file);
  if (options.format === 'json') print(jsonText(dataOf(revocation, patch)));
  else {
    const file = options.file === '-' ? 'standard input' : options.file;
    for (const { kind, text } of revocationText(revocation, { file, patch })) {
      if (kind === 'text') printText(text);
      // Somebody copies it: a wrapped line would be another one.
      else print(terminalText(text, undefined));
    }
  }
  reportFindings(isLeft(revocation), options);
}

/** The change of the access file; undefined for standard input, which is read once. */
function patchOf(access: Access, { login }: Revocation, file: string): FilePatch | undefined {
  if (file === '-') return undefined;
  const listed = membershipsOf(access, login).map(({ group, membership }) => ({ group, path: membership }));
  return filePatch(file, textOf(file), login, listed);
}

function dataOf(revocation: Revocation, patch: FilePatch | undefined): object {
  const { lineOf, ...rest } = patch ?? { lineOf: new Map(), diff: '', lines: [], byHand: [] };
  return { ...revocation, patch: patch === undefined ? null : { ...rest, places: Object.fromEntries(lineOf) } };
}
