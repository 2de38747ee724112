import { diffJson } from '../../report/diff-json';
import { row } from './rows';

describe('diffJson', () => {
  test('has rows of the matrix, with who for people of a group, and other changes', () => {
    const diff = {
      gains: [row({ sensitive: ['bind'] }), row({ who: 'ana@example.com' })],
      losses: [],
      changes: [
        { path: 'signIn.refresh', segments: ['signIn', 'refresh'], old: null, new: { lifetime: 720 } },
        { path: 'okta.orgName', segments: ['okta', 'orgName'], old: 'a', new: 'b' },
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
  "losses": [],
  "changes": [
    {
      "path": "signIn.refresh",
      "old": null,
      "new": {
        "lifetime": 720
      }
    },
    {
      "path": "okta.orgName",
      "old": "a",
      "new": "b"
    }
  ]
}
`);
  });
});
