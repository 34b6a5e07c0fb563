import { App, Chart, Size } from 'cdk8s';
import { AllowedNames, VmGroupPolicy } from 'codeconnect-vm-operator';

const app = new App();
const chart = new Chart(app, 'limits');
new VmGroupPolicy(chart, 'Small', {
  name: 'vm-groups-small',
  namespaceLabels: { 'vm-size': 'small' },
  maxCpu: 4,
  maxMemory: Size.gibibytes(16),
  maxReplicas: 5,
  templates: AllowedNames.of('/dc/vm/templates/*'),
  folders: AllowedNames.of('/dc/vm/small').orUnset(),
  resourcePools: AllowedNames.of('/dc/host/c1/Resources/small'),
  datastores: AllowedNames.of('/dc/datastore/vsan-1', '/dc/datastore/vsan-2').orUnset(),
  networks: AllowedNames.of('/dc/network/small-*').orUnset(),
});
app.synth();
