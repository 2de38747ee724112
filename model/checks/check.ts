import type { Finding, Problem } from '../../constraints/finding';
import type { Access } from '../derived/access';
import type { AccessFile } from '../file/access-file';
import { authoredPath } from '../file/cluster-defaults';

/** A finding with its place in the file, such as `clusters.prod.region`. */
export interface PlacedFinding extends Finding {
  readonly path: string;
}

/** One named rule over the whole model. */
export interface Check {
  /** Kebab-case. */
  readonly name: string;
  /** `error` stops synthesis: it cannot work or would lock people out. `warning` informs: it is risky. */
  readonly severity: 'error' | 'warning';
  /** Why the rule exists, in one line. */
  readonly reason: string;
  /** How to satisfy it, in one line. */
  readonly fix: string;
  /** Public page the rule rests on. */
  readonly source: string;
  /** Keys of the file that have to be whole for the answer to be right; the check is skipped when one is not. */
  readonly restsOn: readonly (keyof AccessFile)[];
  /** Every place where the model breaks the rule. */
  readonly find: (access: Access) => readonly PlacedFinding[];
}

/** What the checks found, errors apart from warnings. */
export interface CheckResult {
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Runs the checks, except those that rest on a key of the file that is broken. */
export function runChecks(
  checks: readonly Check[],
  access: Access,
  broken: ReadonlySet<PropertyKey> = new Set(),
): CheckResult {
  const found = (severity: Check['severity']) =>
    checks
      .filter((check) => check.severity === severity && !check.restsOn.some((key) => broken.has(key)))
      .flatMap((check) => problemsOf(check, access));
  return { errors: found('error'), warnings: found('warning') };
}

/** What a check finds, each problem once: a default of all clusters is one. */
function problemsOf(check: Check, access: Access): readonly Problem[] {
  const seen = new Set<string>();
  return check.find(access).flatMap((finding) => {
    const path = authoredPath(finding.path, access.inherited);
    // Of a default, the message can differ by the cluster that it is merged under.
    const identity = JSON.stringify(path === finding.path ? finding : [path, finding.given]);
    if (seen.has(identity)) return [];
    seen.add(identity);
    return [{ source: check.source, ...finding, check: check.name, path }];
  });
}
