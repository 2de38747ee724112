import { matrixJson } from '../../report/matrix-json';
import { ROWS, row } from './rows';

describe('matrixJson', () => {
  test('has exactly these keys in this order', () => {
    expect(matrixJson(ROWS)).toBe(`[
  {
    "group": "eks-admins",
    "cluster": "prod",
    "namespace": "team-a",
    "role": "edit",
    "sensitive": [
      "read-secrets",
      "pod-exec"
    ]
  },
  {
    "group": "eks-auditors",
    "cluster": "eu-west",
    "namespace": null,
    "role": "view",
    "sensitive": []
  }
]
`);
  });

  test('leaves out keys that are not in the matrix', () => {
    expect(matrixJson([row({ who: 'ana@example.com' })])).toBe(matrixJson([row()]));
  });

  test('is an empty list if nobody has a role', () => {
    expect(matrixJson([])).toBe('[]\n');
  });
});
