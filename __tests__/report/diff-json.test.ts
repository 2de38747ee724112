import { diffJson } from '../../report/diff-json';
import { row } from './rows';

describe('diffJson', () => {
  test('has rows of the matrix, with who for people of a group, and other changes', () => {
    const diff = {
      gains: [row({ sensitive: ['bind'] }), row({ who: 'ana@example.com' })],
      losses: [row({ rules: [{ verbs: ['get'] }] })],
      changes: [
        {
          ...{ path: 'signIn.refresh', segments: ['signIn', 'refresh'], old: null, new: { lifetime: 720 } },
          ...({ effect: 'widens', what: 'People stay' } as const),
        },
        {
          ...{ path: 'okta.orgName', segments: ['okta', 'orgName'], old: 'a', new: 'b' },
          ...({ effect: 'moves', what: 'Elsewhere' } as const),
        },
      ],
    };

    expect(diffJson(diff)).toBe(`{
  "gains": [
    {
      "group": "eks-admins",
      "cluster": "prod",
      "namespace": null,
      "role": "view",
      "sensitive": [
        "bind"
      ]
    },
    {
      "group": "eks-admins",
      "cluster": "prod",
      "namespace": null,
      "role": "view",
      "sensitive": [],
      "who": "ana@example.com"
    }
  ],
  "losses": [
    {
      "group": "eks-admins",
      "cluster": "prod",
      "namespace": null,
      "role": "view",
      "sensitive": [],
      "rules": [
        {
          "verbs": [
            "get"
          ]
        }
      ]
    }
  ],
  "changes": [
    {
      "path": "signIn.refresh",
      "what": "People stay",
      "effect": "widens",
      "old": null,
      "new": {
        "lifetime": 720
      }
    },
    {
      "path": "okta.orgName",
      "what": "Elsewhere",
      "effect": "moves",
      "old": "a",
      "new": "b"
    }
  ]
}
`);
  });
});
