import { expect, test } from 'vitest';
import { FEATURE_NAMES } from '../../../vmgroup/model/features';
import { parseRoleFlags } from './role-flags';

const DC = ['--datacenter', 'dc1'];

test('with a datacenter alone: a table of the roles for what the cluster uses', () => {
  expect(parseRoleFlags(DC)).toMatchObject({
    ...{ features: ['machines'], withThoseInUse: true, output: 'table', rolePrefix: 'vm-operator' },
    ...{ account: undefined, vcenter: undefined, kubeconfig: undefined, context: undefined },
  });
  expect(parseRoleFlags(['--help'])).toBeUndefined();
});

test.each([
  [['--features', 'all'], { features: FEATURE_NAMES, withThoseInUse: false }],
  [['--features', 'in-use, machine-sources'], { features: ['machines', 'machine-sources'], withThoseInUse: true }],
  [['--features', 'tags'], { features: ['machines', 'tags'], withThoseInUse: false }],
  [['--vcenter', 'east'], { vcenter: 'east' }],
  [['--account', 'VSPHERE.LOCAL\\op', '-o', 'powercli'], { account: { inDomain: 'VSPHERE.LOCAL\\op' } }],
  [
    ['--account', 'op@vsphere.local', '-o', 'govc'],
    { account: { inDomain: 'vsphere.local\\op', atDomain: 'op@vsphere.local' } },
  ],
])('%j', (args, flags) => expect(parseRoleFlags([...DC, ...args])).toMatchObject(flags));

test.each([
  [['web'], 'unexpected argument "web": see vm-operator role --help'],
  [['--features', 'tags,nonsense'], '--features "nonsense": use in-use, all, or some of machines, power-on, '],
  [['--features', ''], '--features "": give a name, or leave the flag out'],
  [['--features', 'all', '--vcenter', 'east'], '--vcenter "east": it is for --features in-use; leave one of them out'],
  [['-o', 'yaml'], '--output "yaml": use table, govc, powercli, terraform, json'],
  [['-o', 'govc'], "--output govc needs --account: the operator's account, such as operator@vsphere.local"],
  [['--account', 'root'], '--account "root": give NAME@DOMAIN or DOMAIN\\NAME, such as operator@vsphere.local'],
  [['--role-prefix', 'a*'], '--role-prefix "a*": use 1 to 20 letters, digits, spaces and . _ -'],
  [['--pool', '/dc1/host/c1\nrm -rf /'], '--pool "/dc1/host/c1\\nrm -rf /": take the control characters out'],
  [['--network', '/dc1/network/\u202egpj'], 'take the control characters out'],
  [['--colour'], "Unknown option '--colour': see vm-operator role --help"],
])('%j is refused', (args, message) => expect(() => parseRoleFlags([...DC, ...args])).toThrow(message));
