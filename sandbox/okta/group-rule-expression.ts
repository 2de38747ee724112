import type { Group, User } from './objects';

/** Whether a rule puts somebody into its groups, who is in some groups already. */
export type GroupCondition = (user: User, groups: readonly Group[]) => boolean;

/** The condition that an expression of a group rule states. */
export function parseGroupCondition(expression: string): GroupCondition {
  const match = /^user\.(\w+) == "([^"]*)"$/.exec(expression);
  if (match === null) throw new Error(`The local Okta does not understand the group rule ${expression}`);
  return (user) => user.profile[match[1] as string] === match[2];
}
