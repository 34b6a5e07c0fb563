import { App, Chart, Size } from 'cdk8s';
import { GuestData, VmGroup, VmOperator } from 'codeconnect-vm-operator';

const app = new App();
const operator = new VmOperator(new Chart(app, 'platform'), 'VmOperator', {
  image: 'registry.example.com/vm-operator:0.1.0', // in a registry that your cluster can pull from
  vcenter: { host: 'vcenter.example.com' }, // the account: see README.md
});

const web = new VmGroup(new Chart(app, 'shop', { namespace: 'shop' }), 'web', {
  metadata: { name: 'web' },
  template: 'ubuntu',
  replicas: 3,
  cpu: 2,
  memory: Size.gibibytes(4),
});
web.addCloudInit({ userData: GuestData.fromSecretName('web-user-data', 'user-data') });
operator.allowGuestSecretsOf(web); // a Role for that one Secret
app.synth();
