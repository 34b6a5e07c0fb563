/** A cluster with controllers of its own: kube-controller-manager beside the API server, and one operator of a VCenter. */
import { inject } from 'vitest';
import { findKubeControllerManager } from '../../envtest/binaries/kube-controller-manager';
import { type OperatorProcess, type SeenMachine, startControllerManager } from '../../envtest/real-parts';
import { Installation, type Span } from '../installation';
import { addNamespace, addVCenter } from '../vcenter-manifests';

const forever = new AbortController().signal;
const within = () => AbortSignal.timeout(30_000);
/** Name and label of the only VCenter. */
const SITE = 'site';
/** So long that a namespace can be deleted meanwhile. */
const DELAYS_MS = { CloneVm: 700 };
/** The template that the examples name, which stands for the user's. */
const EXAMPLES_TEMPLATE = 'ubuntu';

export class ControlledCluster {
  private constructor(
    readonly here: Installation,
    private running: OperatorProcess,
  ) {}

  static async start(span: Span): Promise<ControlledCluster> {
    const program = await findKubeControllerManager(process.env, forever);
    const here = await Installation.start(inject('binaries'), { delaysMs: DELAYS_MS }, span);
    const { server } = here;
    const manager = await startControllerManager(
      {
        program,
        server,
        controllers: [
          'namespace-controller',
          'garbage-collector-controller',
          'resourcequota-controller',
          'horizontal-pod-autoscaler-controller',
        ],
        flags: ['--horizontal-pod-autoscaler-sync-period=1s'],
      },
      forever,
    );
    span.atEnd(() => manager.stop());
    span.atFailure(() => {
      process.stderr.write(`The last lines of kube-controller-manager:\n${manager.log.last(20)}\n`);
    });
    const source = (await here.machines()).find(({ isTemplate }) => isTemplate)?.id ?? '';
    const folder = (await here.folder('vm-operator')) ?? '';
    const template = await here.vcenter.cloneForeign(source, folder, EXAMPLES_TEMPLATE, within());
    await here.vcenter.invoke('MarkAsTemplate', 'VirtualMachine', template, '', within());
    await addVCenter(here, SITE, here.vcsim);
    return new ControlledCluster(here, await startedOperator(here));
  }

  /** Another operator with these manifests and flags in the place of the one that runs. */
  async reinstall(manifests: string, ...flags: string[]): Promise<void> {
    await this.running.stop();
    await this.here.run('apply', '-f', manifests);
    this.running = await startedOperator(this.here, ...flags);
  }

  /** A namespace that may use the vCenter. */
  served(namespace: string): Promise<void> {
    return addNamespace(this.here, namespace, SITE);
  }

  async untilReady(namespace: string, ...names: string[]): Promise<void> {
    const groups = names.map((name) => `vg/${name}`);
    await this.here.run('wait', '--for=condition=Ready', ...groups, '-n', namespace, '--timeout=60s');
  }

  /** Those with the marks of a group, NAMESPACE/NAME. */
  async machinesOf(group: string): Promise<readonly SeenMachine[]> {
    return (await this.here.machines()).filter((machine) => machine.group === group);
  }

  /** Returns what the operator logs from now on as a warning or an error. */
  complaints(): () => readonly string[] {
    const { log } = this.running;
    const complaints: string[] = [];
    log.onLine((line) => {
      if (!/"level":"(debug|info)"/.test(line)) complaints.push(line);
    });
    return () => complaints;
  }
}

function startedOperator(here: Installation, ...flags: readonly string[]): Promise<OperatorProcess> {
  return here.operator({
    flags: ['--leader-elect', '--vcenter-objects-only', ...flags],
    environment: { POD_NAMESPACE: here.facts.namespace },
  });
}
