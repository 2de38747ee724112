import type { Finding, Problem } from '../../constraints/finding';
import type { Access } from '../derived/access';
import type { AccessFile } from '../file/access-file';
import { authoredPath } from '../file/cluster-defaults';

/** A finding with its place in the file, such as `clusters.prod.region`. */
export interface PlacedFinding extends Finding {
  readonly path: string;
}

/** A named rule for the whole access file. */
export interface Check {
  /** In kebab-case. */
  readonly name: string;
  /** `error`: the file cannot work or would lock users out, so synthesis stops. `warning`: it works, but is risky. */
  readonly severity: 'error' | 'warning';
  /** Why the rule exists, in one line. */
  readonly reason: string;
  /** How to follow the rule, in one line. */
  readonly fix: string;
  /** Public page that the rule is based on. */
  readonly source: string;
  /** Keys of the file that the check needs. It does not run if one of them is invalid. */
  readonly requires: readonly (keyof AccessFile)[];
  /** Finds every place in the file that breaks the rule. */
  readonly find: (access: Access) => readonly PlacedFinding[];
}

/** What the checks found. */
export interface CheckResult {
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Runs the checks, except those that require an invalid key of the file. */
export function runChecks(
  checks: readonly Check[],
  access: Access,
  invalid: ReadonlySet<PropertyKey> = new Set(),
): CheckResult {
  const found = (severity: Check['severity']) =>
    checks
      .filter((check) => check.severity === severity && !check.requires.some((key) => invalid.has(key)))
      .flatMap((check) => problemsOf(check, access));
  return { errors: found('error'), warnings: found('warning') };
}

/** The problems that a check finds, each once: a problem in a default of many clusters is one problem. */
function problemsOf(check: Check, access: Access): readonly Problem[] {
  const seen = new Set<string>();
  return check.find(access).flatMap((finding) => {
    const path = authoredPath(finding.path, access.inherited);
    // The message about a default can differ by the cluster that inherits it.
    const identity = JSON.stringify(path === finding.path ? finding : [path, finding.given]);
    if (seen.has(identity)) return [];
    seen.add(identity);
    return [{ source: check.source, ...finding, check: check.name, path }];
  });
}
