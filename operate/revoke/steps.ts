import { AccessError } from '../../constraints/access-error';
import type { OktaApi } from '../../live/okta/okta-api';
import { isRemovable, type Membership } from './memberships';

/** A change in Okta that ends access. */
export interface Step {
  readonly action: 'suspend' | 'end-sessions' | 'remove-member';
  /** The group of a membership; null for the other steps. */
  readonly group: string | null;
  /**
   * `offered` is not asked for, `would` is done with `--yes`, `unneeded` is the case already, `impossible` is what Okta
   * refuses for the status of the person, and the others are what became of it.
   */
  readonly state: 'offered' | 'would' | 'unneeded' | 'impossible' | 'done' | 'failed' | 'not-tried';
  /** Why it failed; null if it did not. */
  readonly error: string | null;
}

/** The steps that end the access of a person in Okta, in their order. */
export function stepsFor(
  memberships: readonly Membership[],
  { status, isSuspending }: { readonly status: string; readonly isSuspending: boolean },
): readonly Step[] {
  const step = (action: Step['action'], state: Step['state'], group: string | null = null): Step => ({
    ...{ action, group, state },
    error: null,
  });
  return [
    // First, so that nobody signs in again between the other steps.
    step('suspend', suspendState(status, isSuspending)),
    step('end-sessions', 'would'),
    ...memberships.filter(isRemovable).map(({ group }) => step('remove-member', 'would', group)),
  ];
}

function suspendState(status: string, isSuspending: boolean): Step['state'] {
  if (status === 'SUSPENDED' || status === 'DEPROVISIONED') return 'unneeded';
  if (status !== 'ACTIVE') return 'impossible';
  return isSuspending ? 'would' : 'offered';
}

/** Takes the steps, one after the other. After a failure, the others are not tried. */
export async function takeSteps(
  okta: OktaApi,
  userId: string,
  steps: readonly Step[],
  memberships: readonly Membership[],
): Promise<readonly Step[]> {
  const ids = new Map(memberships.map(({ group, groupId }) => [group, groupId]));
  const taken: Step[] = [];
  let hasFailed = false;
  for (const step of steps) {
    if (step.state !== 'would') taken.push(step);
    else if (hasFailed) taken.push({ ...step, state: 'not-tried' });
    else {
      const error = await failureOf(() => take(okta, userId, step, ids));
      hasFailed = error !== undefined;
      taken.push(error === undefined ? { ...step, state: 'done' } : { ...step, state: 'failed', error });
    }
  }
  return taken;
}

function take(
  okta: OktaApi,
  userId: string,
  { action, group }: Step,
  ids: ReadonlyMap<string, string | null>,
): Promise<void> {
  switch (action) {
    case 'suspend':
      return okta.suspend(userId);
    case 'end-sessions':
      return okta.endSessions(userId);
    case 'remove-member':
      return okta.removeMember(ids.get(group as string) as string, userId);
  }
}

async function failureOf(change: () => Promise<void>): Promise<string | undefined> {
  try {
    await change();
    return undefined;
  } catch (error) {
    if (!AccessError.is(error)) throw error;
    return error.message;
  }
}
