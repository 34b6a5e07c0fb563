import { App, Chart, JsonPatch } from 'cdk8s';
import { VmOperator } from 'codeconnect-vm-operator';

const app = new App();
const chart = new Chart(app, 'platform');
const operator = new VmOperator(chart, 'VmOperator', {
  image: 'registry.example.com/vm-operator:0.1.0', // in a registry that your cluster can pull from
  vcenter: { host: 'vcenter.example.com' },
  replicas: 2,
  networkPolicy: { vcenterCidrs: ['10.0.0.0/8'] },
});

// What has no prop can be patched into the Deployment. This Pod rather waits than shares a node with the other.
operator.deployment.addJsonPatch(
  JsonPatch.replace('/spec/template/spec/topologySpreadConstraints/1/whenUnsatisfiable', 'DoNotSchedule'),
);
app.synth();
