import { diffJson } from '../../report/diff-json';
import { row } from './rows';

describe('diffJson', () => {
  test('has rows of the matrix, with who only where it is not the whole group', () => {
    const diff = { gains: [row({ sensitive: ['bind'] }), row({ who: 'ana@example.com' })], losses: [] };

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
  "losses": []
}
`);
  });
});
