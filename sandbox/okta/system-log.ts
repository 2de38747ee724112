import { randomUUID } from 'node:crypto';

/**
 * The event types that the local Okta writes, with Okta's words for them.
 * @see https://developer.okta.com/docs/reference/api/event-types/
 */
export const EVENTS = {
  'app.generic.unauth_app_access_attempt': 'User attempted unauthorized access to app',
  'app.oauth2.as.authorize': 'OAuth2 authorization request',
  'app.oauth2.as.authorize.code': 'OAuth2 authorization code request',
  'app.oauth2.as.evaluate.claim': 'Evaluation of a claim',
  'app.oauth2.as.token.grant': 'OAuth2 token request',
  'app.oauth2.as.token.grant.access_token': 'OAuth2 access token is granted',
  'app.oauth2.as.token.grant.id_token': 'OIDC id token is granted',
  'app.oauth2.as.token.grant.refresh_token': 'OAuth2 refresh token is granted',
  'app.oauth2.as.token.revoke': 'OAuth2 token revocation request',
  'application.lifecycle.activate': 'Activate application',
  'application.lifecycle.create': 'Create application',
  'application.lifecycle.deactivate': 'Deactivate application',
  'application.lifecycle.delete': 'Delete application',
  'application.lifecycle.update': 'Update application',
  'application.user_membership.add': 'Add user to application membership',
  'application.user_membership.remove': "Remove user's application membership",
  'group.application_assignment.add': 'Add assigned application to group',
  'group.application_assignment.remove': 'Remove assigned application from group',
  'group.lifecycle.create': 'Create Okta group',
  'group.lifecycle.delete': 'Delete Okta group',
  'group.profile.update': 'Update Okta group profile',
  'group.user_membership.add': 'Add user to group membership',
  'group.user_membership.remove': 'Remove user from group membership',
  'group.user_membership.rule.add_exclusion': 'User added to exclusion list for group rule',
  'group.user_membership.rule.deactivated': 'Group rule was deactivated',
  'oauth2.as.activated': 'OAuth2 authorization server is activated',
  'oauth2.as.created': 'OAuth2 authorization server is created',
  'oauth2.as.deactivated': 'OAuth2 authorization server is deactivated',
  'oauth2.as.deleted': 'OAuth2 authorization server is deleted',
  'oauth2.as.updated': 'OAuth2 authorization server is updated',
  'oauth2.claim.created': 'OAuth2 claim is created',
  'oauth2.claim.deleted': 'OAuth2 claim is deleted',
  'oauth2.claim.updated': 'OAuth2 claim is updated',
  'oauth2.scope.created': 'OAuth2 scope is created',
  'oauth2.scope.deleted': 'OAuth2 scope is deleted',
  'oauth2.scope.updated': 'OAuth2 scope is updated',
  'policy.lifecycle.activate': 'Activate policy',
  'policy.lifecycle.create': 'Create policy',
  'policy.lifecycle.deactivate': 'Deactivate policy',
  'policy.lifecycle.delete': 'Delete policy',
  'policy.lifecycle.update': 'Update policy',
  'policy.rule.activate': 'Activate policy rule',
  'policy.rule.add': 'Add policy rule',
  'policy.rule.deactivate': 'Deactivate policy rule',
  'policy.rule.delete': 'Delete policy rule',
  'policy.rule.update': 'Update policy rule',
  'user.account.update_profile': 'Update user profile for Okta',
  'user.authentication.sso': 'User single sign on to app',
  'user.lifecycle.activate': 'Activate Okta user',
  'user.lifecycle.create': 'Create Okta user',
  'user.lifecycle.deactivate': 'Deactivate Okta user',
  'user.lifecycle.delete.initiated': 'Delete Okta user',
  'user.lifecycle.reactivate': 'Reactivate Okta user',
  'user.lifecycle.suspend': 'Suspend Okta user',
  'user.lifecycle.unsuspend': 'Unsuspend Okta user',
  'user.session.clear': 'Clear user session',
  'user.session.end': 'User logout from Okta',
  'user.session.start': 'User login to Okta',
  'zone.create': 'Create a zone',
  'zone.delete': 'Delete a zone',
  'zone.update': 'Update a zone',
} as const;

export type EventType = keyof typeof EVENTS;

/** Who did something, or what it was done to. */
export interface Party {
  readonly id: string;
  /** Such as `User`, `AppInstance`, or `UserGroup`. */
  readonly type: string;
  /** The login of a user. */
  readonly alternateId: string;
  readonly displayName: string;
}

/** What happened. */
export interface NewLogEvent {
  readonly eventType: EventType;
  readonly actor: Party;
  readonly targets?: readonly Party[];
  /**
   * Why it failed, in Okta's words such as `no_matching_policy`.
   * @default - it succeeded
   */
  readonly failure?: string;
  readonly ipAddress?: string;
  readonly userAgent?: string;
}

export interface LogEvent extends NewLogEvent {
  /** The first event has 1. */
  readonly number: number;
  readonly uuid: string;
  readonly published: Date;
}

/** The log forgets the oldest event when there are more. */
const MOST_EVENTS = 10_000;

/** What happened in the organization: sign-ins, and changes by the management API. */
export class SystemLog {
  private readonly events: LogEvent[] = [];
  private count = 0;

  add(event: NewLogEvent): void {
    this.events.push({ ...event, number: ++this.count, uuid: randomUUID(), published: new Date() });
    if (this.events.length > MOST_EVENTS) this.events.shift();
  }

  /** The events, the oldest first. */
  all(): readonly LogEvent[] {
    return this.events;
  }
}
