import { App, Chart, Duration, Size } from 'cdk8s';
import { Amount, DeletionPolicy, Readiness, UpdateStrategy, VmGroup } from 'codeconnect-vm-operator';

function web(app: App, environment: string, replicas: number): VmGroup {
  const chart = new Chart(app, environment, { namespace: environment });
  return new VmGroup(chart, 'web', {
    metadata: { name: 'web' },
    template: '/dc1/vm/templates/ubuntu',
    replicas,
    cpu: 2,
    memory: Size.gibibytes(4),
    readiness: Readiness.ipAddress(),
    minReady: Duration.seconds(30),
    updateStrategy: UpdateStrategy.rollingUpdate({ maxSurge: Amount.percent(25), maxUnavailable: Amount.absolute(0) }),
    deletionPolicy: environment === 'production' ? DeletionPolicy.ORPHAN : DeletionPolicy.DELETE,
  });
}

const app = new App();
web(app, 'test', 1);
web(app, 'production', 6);
app.synth();
