import { AccessError } from '../../constraints/access-error';
import { withoutTokens } from '../../constraints/without-tokens';
import { DOCTOR_CHECKS } from './checks';
import { CouldNotCheck, couldNotCheck, type DoctorCheck, type Finding, type Level, type Link } from './doctor-check';
import type { DoctorContext } from './doctor-context';

/** What a check found about a cluster. */
export interface CheckResult {
  readonly name: string;
  readonly link: Link;
  readonly level: Level;
  readonly status: Finding['status'];
  readonly evidence: string;
  /** What to do; null if there is no problem. */
  readonly fix: string | null;
}

/** What the checks found about a cluster, in the order of the chain. */
export interface Diagnosis {
  /** Key of the cluster. */
  readonly cluster: string;
  /** Name of the context; null if the kubeconfig has none for the cluster. */
  readonly context: string | null;
  readonly checks: readonly CheckResult[];
  /** The first link of the chain with a problem; null if none has one. */
  readonly firstBroken: { readonly link: Link; readonly check: string } | null;
}

/** Runs every check of a cluster, one after the other, so that none disturbs another one. */
export async function diagnose(
  context: DoctorContext,
  checks: readonly DoctorCheck[] = DOCTOR_CHECKS,
): Promise<Diagnosis> {
  const results: CheckResult[] = [];
  for (const check of checks) {
    if (check.appliesTo?.(context) === false) continue;
    results.push(resultOf(check, await findingOf(check, context)));
  }
  const first = results.find(({ status }) => status === 'problem');
  return {
    cluster: context.cluster.key,
    context: context.contextName ?? null,
    checks: results,
    firstBroken: first === undefined ? null : { link: first.link, check: first.name },
  };
}

/** What cannot be read is no reason to end: the other checks may name the cause. */
async function findingOf(check: DoctorCheck, context: DoctorContext): Promise<Finding> {
  try {
    return await check.look(context);
  } catch (error) {
    if (error instanceof CouldNotCheck || AccessError.is(error)) return couldNotCheck(error.message);
    return couldNotCheck(`The check failed, which is a defect of it: ${String(error)}`);
  }
}

function resultOf({ name, link, level, fix }: DoctorCheck, finding: Finding): CheckResult {
  return {
    ...{ name, link, level, status: finding.status },
    evidence: withoutTokens(finding.evidence),
    fix: finding.status === 'problem' ? (finding.fix ?? fix) : null,
  };
}
