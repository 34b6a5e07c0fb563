import { ApiObject, App, Chart, Size } from 'cdk8s';
import { VmGroup } from 'codeconnect-vm-operator';

const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop' });

// No `replicas`: the group begins with one, the autoscaler sets the number, and an apply of this manifest keeps it.
const workers = new VmGroup(chart, 'workers', {
  metadata: { name: 'workers' },
  template: 'ubuntu',
  cpu: 2,
  memory: Size.gibibytes(4),
});

new ApiObject(chart, 'Autoscaler', {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: workers.name },
  spec: {
    scaleTargetRef: workers.scaleTarget(),
    minReplicas: 1,
    maxReplicas: 10,
    metrics: [
      {
        // There are no Pods to measure, so External (or Object): here as many machines as there are 30 waiting orders each.
        type: 'External',
        external: {
          metric: { name: 'rabbitmq_queue_messages_ready', selector: { matchLabels: { queue: 'orders' } } },
          target: { type: 'AverageValue', averageValue: '30' },
        },
      },
    ],
    // Making a machine takes minutes: wait before any is removed, and then remove one at a time.
    behavior: {
      scaleDown: { stabilizationWindowSeconds: 900, policies: [{ type: 'Pods', value: 1, periodSeconds: 300 }] },
    },
  },
});
app.synth();
