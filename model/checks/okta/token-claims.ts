import { type Finding, shown } from '../../../constraints/finding';
import { claimNameFinding, requiredClaimFinding, textClaimFinding } from '../../../constraints/okta/claim-names';
import { expressionFindings } from '../../../constraints/okta/expression-findings';
import type { Access } from '../../derived/access';
import { isOwnClaim, madeClaims, readClaims } from '../../derived/token-claims';
import { pathText } from '../../file/path';
import type { Check, PlacedFinding } from '../check';

/** Okta takes the claims of the file, and ID tokens carry what the clusters read. */
export const tokenClaims: Check = {
  name: 'token-claims',
  severity: 'error',
  reason:
    'Okta refuses claims with reserved names. A token without the user name, or without a required claim, is refused by every cluster (401).',
  fix: 'Make the claim with claims.<name>, or name one that Okta has by itself: sub, email, name, preferred_username.',
  source: 'https://developer.okta.com/docs/guides/customize-tokens-returned-from-okta/main/',
  requires: ['groupsClaim', 'identityProvider', 'claims', 'authorizationServer'],
  find: (access) => [...nameFindings(access), ...claimExpressionFindings(access, 'error'), ...missingFindings(access)],
};

/** The findings of one severity about the expressions of claims. */
export function claimExpressionFindings(access: Access, wanted: 'error' | 'warning'): readonly PlacedFinding[] {
  return Object.entries(madeClaims(access)).flatMap(([name, expression]) =>
    expressionFindings(expression, 'claim').flatMap(({ severity, finding }) =>
      severity === wanted ? [{ ...finding, path: pathText(['claims', name]) }] : [],
    ),
  );
}

function nameFindings(access: Access): readonly PlacedFinding[] {
  const { groupsClaim } = access;
  const made = Object.keys(madeClaims(access));
  return [
    ...placed('groupsClaim.name', claimNameFinding(groupsClaim.name)),
    ...made.flatMap((name) => placed(pathText(['claims', name]), claimNameFinding(name))),
    ...placed(
      pathText(['claims', groupsClaim.name]),
      Object.hasOwn(access.claims, groupsClaim.name)
        ? {
            message: 'This claim has the name of the groups claim, which the file makes already.',
            given: shown(groupsClaim.name),
            allowed: 'any other name',
            fix: 'Remove it, or give one of the two another name.',
          }
        : undefined,
    ),
  ];
}

function missingFindings(access: Access): readonly PlacedFinding[] {
  const { authorizationServer, claims, groupsClaim } = access;
  const made = madeClaims(access);
  return readClaims(access).flatMap(({ claim, path, required }) => {
    const isRequired = required !== undefined;
    const impossible = isRequired ? requiredClaimFinding(claim) : textClaimFinding(claim);
    if (impossible !== undefined) return placed(path, impossible);
    if (claim === groupsClaim.name) {
      return claimNameFinding(claim) === undefined ? placed(path, listFinding(claim)) : [];
    }
    const constant = constantOf(made[claim]);
    if (isRequired && constant !== undefined && constant !== required) {
      return placed(path, otherTextFinding(constant, required));
    }
    // Others may have set up the claims of a server that exists.
    const arrives = isOwnClaim(claim) || Object.hasOwn(claims, claim) || authorizationServer.existing;
    return arrives ? [] : placed(path, missingFinding(claim, isRequired));
  });
}

function placed(path: string, finding: Finding | undefined): readonly PlacedFinding[] {
  return finding === undefined ? [] : [{ ...finding, path }];
}

/** The text of an expression that is only a text. */
function constantOf(expression: string | undefined): string | undefined {
  return /^\s*(["'])([^"'\\]*)\1\s*$/.exec(expression ?? '')?.[2];
}

function listFinding(claim: string): Finding {
  return {
    message: 'This is the groups claim, which is a list, and EKS reads one text here.',
    given: shown(claim),
    allowed: 'a claim with a text',
    fix: 'Name another claim.',
  };
}

function otherTextFinding(constant: string, required: string | undefined): Finding {
  return {
    message: 'The file makes this claim with another text, so every cluster refuses every token.',
    given: shown(required),
    allowed: shown(constant),
    fix: 'Write the same text in both places.',
  };
}

function missingFinding(claim: string, isRequired: boolean): Finding {
  return {
    message: `Nothing puts the claim ${shown(claim)} into ID tokens of the server that the file makes, so ${isRequired ? 'every cluster refuses every token' : 'nobody has a user name'}.`,
    given: shown(claim),
    allowed: 'sub, email, name, preferred_username, and the names of claims',
    fix: `Set ${pathText(['claims', claim])} to an Okta expression that makes it, or to { existing: true } if others do.`,
  };
}
