import { matrixJson } from '../../report/matrix-json';
import { groupRow, ROWS } from './matrix-rows';

describe('matrixJson', () => {
  test('has exactly these keys in this order', () => {
    expect(matrixJson(ROWS)).toBe(`[
  {
    "kind": "group",
    "name": "eks-admins",
    "group": "eks-admins",
    "cluster": "prod",
    "namespace": "team-a",
    "role": "edit",
    "sensitive": [
      "read-secrets",
      "pod-exec"
    ],
    "becomes": [
      {
        "to": "service accounts of team-a",
        "certain": true
      },
      {
        "to": "cluster-admin",
        "certain": false
      }
    ],
    "until": "2030-12-31",
    "reason": "Runs the shop; read-secrets: rotates them",
    "people": [
      "ana@example.com",
      "ben@example.com"
    ],
    "via": "grants[0]"
  },
  {
    "kind": "group",
    "name": "eks-auditors",
    "group": "eks-auditors",
    "cluster": "eu-west",
    "namespace": null,
    "role": "view",
    "sensitive": [],
    "becomes": [],
    "until": null,
    "reason": null,
    "people": "rule: user.department == \\"Audit\\"",
    "via": "grants[1]"
  },
  {
    "kind": "iam-role",
    "name": "arn:aws:iam::111122223333:role/on-call",
    "cluster": "prod",
    "namespace": null,
    "role": "cluster-admin",
    "sensitive": [
      "bind",
      "wildcards"
    ],
    "becomes": [
      {
        "to": "cluster-admin",
        "certain": true
      }
    ],
    "until": "2030-02-15",
    "reason": "Okta is down",
    "people": "from elsewhere",
    "via": "clusters.prod.breakGlass"
  }
]
`);
  });

  test('leaves out keys that are not in the matrix', () => {
    const wider = { ...groupRow(), who: 'ana@example.com' };

    expect(matrixJson([wider])).toBe(matrixJson([groupRow()]));
  });

  test('is an empty list if nobody has a role', () => {
    expect(matrixJson([])).toBe('[]\n');
  });
});
