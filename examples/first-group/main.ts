import { App, Chart, Size } from 'cdk8s';
import { VmGroup } from 'codeconnect-vm-operator';

const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop' });
new VmGroup(chart, 'web', {
  metadata: { name: 'web' },
  template: 'ubuntu',
  replicas: 3,
  cpu: 2,
  memory: Size.gibibytes(4),
});
app.synth();
