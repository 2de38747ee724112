import { addDemoPeople, addPeople } from '../../../sandbox/okta/demo-people';
import { Organization } from '../../../sandbox/okta/organization';
import { demoOrganization } from './demo-organization';

describe('addDemoPeople', () => {
  test('adds one person to each group and one without a group, after existing people', () => {
    const { organization } = demoOrganization();
    organization.addGroup('k8s Readers');

    const people = addDemoPeople(organization);

    expect(people).toEqual([
      { login: 'ana@example.com', groups: ['eks-admins'] },
      { login: 'ben@example.com', groups: [] },
      { login: 'eks-admins@demo.example', groups: ['eks-admins'] },
      { login: 'k8s-readers@demo.example', groups: ['k8s Readers'] },
      { login: 'nobody@demo.example', groups: [] },
    ]);
    expect(organization.people().map(({ login }) => login)).toEqual(people.map(({ login }) => login));
  });

  test('gives each person a unique login, whatever the names of the groups', () => {
    const organization = new Organization('x');
    for (const name of ['nobody', 'a b', 'A-B', '…']) organization.addGroup(name);

    expect(addDemoPeople(organization)).toEqual([
      { login: 'nobody@demo.example', groups: ['nobody'] },
      { login: 'a-b@demo.example', groups: ['a b'] },
      { login: 'a-b-2@demo.example', groups: ['A-B'] },
      { login: 'group@demo.example', groups: ['…'] },
      { login: 'nobody-2@demo.example', groups: [] },
    ]);
  });
});

describe('addPeople', () => {
  test('adds people, and adds existing people to groups', () => {
    const { organization } = demoOrganization();
    organization.addGroup('eks-readers');

    const people = addPeople(organization, [
      { login: 'ana@example.com', groups: ['eks-readers'] },
      { login: 'cleo@example.com', groups: ['eks-readers'] },
      { login: 'dan@example.com', groups: [] },
    ]);

    expect(people).toEqual([
      { login: 'ana@example.com', groups: ['eks-admins', 'eks-readers'] },
      { login: 'cleo@example.com', groups: ['eks-readers'] },
      { login: 'dan@example.com', groups: [] },
    ]);
  });

  test('fails for an unknown group', () => {
    const { organization } = demoOrganization();

    const add = () => addPeople(organization, [{ login: 'cleo@example.com', groups: ['eks-admin'] }]);

    expect(add).toThrow(new Error('The organization has no group eks-admin.'));
  });
});
