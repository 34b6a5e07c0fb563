import { ApiObject, App, Chart, Size } from 'cdk8s';
import { NamespaceSelector, VCenter, VCenterCredentials, VmGroup, VmOperator } from 'codeconnect-vm-operator';

const app = new App();
new VmOperator(new Chart(app, 'platform'), 'VmOperator', {
  image: 'registry.example.com/vm-operator:0.1.0', // in a registry that your cluster can pull from
  vcenterObjectsOnly: true, // no vCenter in the environment of the operator
  replicas: 2, // each vCenter is led by one of them
});

for (const region of ['east', 'west']) {
  const platform = new Chart(app, `region-${region}`);
  new VCenter(platform, 'VCenter', {
    metadata: { name: region },
    host: `vcenter-${region}.example.com`,
    credentials: VCenterCredentials.fromSecretName(`vcenter-${region}`), // the account: see README.md
    namespaceSelector: NamespaceSelector.labels({ region }),
    limits: { perNamespace: { vms: 20, memory: Size.gibibytes(256) } },
  });
  const namespace = `shop-${region}`;
  new ApiObject(platform, 'Namespace', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace, labels: { region } },
  });

  // It names no vCenter: the only one that selects its namespace counts.
  new VmGroup(new Chart(app, namespace, { namespace }), 'web', {
    metadata: { name: 'web' },
    template: 'ubuntu',
    replicas: 3,
    cpu: 2,
    memory: Size.gibibytes(4),
  });
}
app.synth();
