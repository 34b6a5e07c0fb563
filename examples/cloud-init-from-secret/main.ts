import { App, Chart, Size } from 'cdk8s';
import { GuestData, VmGroup, VmOperator } from 'codeconnect-vm-operator';

const app = new App();
const operator = new VmOperator(new Chart(app, 'platform'), 'VmOperator', {
  vcenter: { host: 'vcenter.example.com' }, // the account: Secret vc-creds, keys VC_USER and VC_PASS
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
