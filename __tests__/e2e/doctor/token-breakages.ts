import type { JWTPayload } from 'jose';
import { type Breakage, onLaptop } from './laptop-breakages';

/** A token with other claims, which the issuer has signed. */
function token(check: string, name: string, changes: JWTPayload, also: readonly string[]): Breakage {
  return onLaptop(
    check,
    name,
    async (laptop, world) => {
      laptop.idToken = await world.tokenWith(changes);
    },
    { also },
  );
}

export const TOKEN_BREAKAGES: readonly Breakage[] = [
  onLaptop('token-person', 'a browser in which somebody else is signed in', (laptop) => {
    laptop.login = 'ben@example.com';
  }),
  token('token-user-name', 'a token without the address', { email: undefined }, ['token-accepted', 'authenticated']),
  token('token-user-name', 'an address that is not verified', { email_verified: false }, [
    'token-accepted',
    'authenticated',
  ]),
  token('token-required-claims', 'a token without a required claim', { tenant: undefined }, [
    'token-accepted',
    'authenticated',
  ]),
  token('token-required-claims', 'a required claim with another value', { tenant: 'bank' }, [
    'token-accepted',
    'authenticated',
  ]),
  token('token-groups', 'a token without groups', { groups: undefined }, []),
  token('token-groups', 'a token with an empty list of groups', { groups: [] }, []),
  token('token-groups', 'a token with numbers as groups', { groups: [1] }, ['token-accepted', 'authenticated']),
  token(
    'token-groups',
    'a token with as many groups as Okta gives',
    {
      groups: ['eks-editors', ...Array.from({ length: 99 }, (_, index) => `eks-${index}`)],
    },
    [],
  ),
  token('token-granted-group', 'a group in another case', { groups: ['EKS-Editors'] }, []),
  token('token-granted-group', 'a group that has the prefix already', { groups: ['okta:eks-editors'] }, []),
  token('token-granted-group', 'only groups without a grant', { groups: ['eks-others'] }, []),
  token('token-accepted', 'a token that is not valid yet', { nbf: Math.floor(Date.now() / 1000) + 3000 }, [
    'authenticated',
  ]),
  onLaptop(
    'token-accepted',
    'a token that somebody changed',
    (laptop) => {
      const [header, claims, signature = ''] = laptop.idToken?.split('.') ?? [];
      laptop.idToken = [header, claims, signature.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'))].join('.');
    },
    { also: ['authenticated'] },
  ),
  onLaptop('token-refresh', 'that kubelogin has no refresh token', (laptop) => {
    laptop.refreshToken = undefined;
  }),
];
