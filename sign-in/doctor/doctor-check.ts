import type { DoctorContext } from './doctor-context';

/** The links between a person and what they may do, in the order in which a request passes them. */
export const LINKS = ['laptop', 'Okta', 'token', 'EKS', 'RBAC'] as const;

/** A link between a person and what they may do. */
export type Link = (typeof LINKS)[number];

/** Whose rights a check needs: those of the person who signs in, those of AWS, or those of an Okta administrator. */
export type Level = 'own' | 'aws' | 'okta';

/** What a check found. */
export type Finding =
  | { readonly status: 'ok'; readonly evidence: string }
  | { readonly status: 'problem'; readonly evidence: string /** @default - that of the check */; readonly fix?: string }
  | { readonly status: 'could not check'; readonly evidence: string };

/** One thing that can break a sign-in. */
export interface DoctorCheck {
  /** A name in kebab-case. */
  readonly name: string;
  readonly link: Link;
  readonly level: Level;
  /** What has to be true, in a sentence. Backticks mark code. */
  readonly title: string;
  /** What to do if it is not, in sentences. Backticks mark code. */
  readonly fix: string;
  /** Names of the symptoms that people see when it is not. @default - none of the list */
  readonly symptoms?: readonly string[];
  /** Whether it has a meaning for a cluster. @default - for every one */
  appliesTo?(context: DoctorContext): boolean;
  look(context: DoctorContext): Finding | Promise<Finding>;
}

/** Something that a check needs is not known; the message says why, in a sentence. */
export class CouldNotCheck extends Error {
  override readonly name = 'CouldNotCheck';
}

export function ok(evidence: string): Finding {
  return { status: 'ok', evidence };
}

/** @param fix what to do in this case. @default - the fix of the check */
export function problem(evidence: string, fix?: string): Finding {
  return { status: 'problem', evidence, ...(fix !== undefined && { fix }) };
}

export function couldNotCheck(evidence: string): Finding {
  return { status: 'could not check', evidence };
}
