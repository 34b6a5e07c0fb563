import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { VmOperator } from 'codeconnect-vm-operator';

const app = new App();
const chart = new Chart(app, 'platform');
const operator = new VmOperator(chart, 'VmOperator', {
  image: 'registry.example.com/vm-operator:0.1.0', // in a registry that your cluster can pull from
  vcenter: { host: 'vcenter.example.com' },
  replicas: 2,
  networkPolicy: { vcenterCidrs: ['10.0.0.0/8'] },
});

const { selector } = operator.deployment.toJson().spec;
// What has no prop can be patched into the Deployment.
operator.deployment.addJsonPatch(
  JsonPatch.add('/spec/template/spec/topologySpreadConstraints', [
    {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: selector,
    },
  ]),
);
new ApiObject(chart, 'DisruptionBudget', {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'codeconnect-vm-operator', namespace: operator.namespace },
  spec: { minAvailable: 1, selector },
});
app.synth();
