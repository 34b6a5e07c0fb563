import { type Clock, deadline } from '../../../src/time/clock';
import { type Binaries, findBinaries } from '../../envtest/binaries/find-binaries';
import { KUBERNETES_VERSION } from '../../envtest/binaries/program';
import {
  type ApiServer,
  type OperatorProcess,
  openVCenterWindow,
  serviceAccountKubeconfig,
  startApiServer,
  startOperator,
  startVcsim,
  type VCenterWindow,
  type Vcsim,
} from '../../envtest/real-parts';
import { startChaos } from './chaos';
import type { ShowFlags } from './command-line';
import { type InstallFacts, readInstallFacts } from './install-manifests';
import { applyInstall } from './install-product';
import { checkKubectl, type Kubectl, kubectlFor } from './kubectl';
import { buildIsDue, buildProduct, type Synthesized, synthesize } from './product';
import type { Step } from './step';
import { applyVCenter, FAILURE_DOMAINS } from './vcenter-object';
import type { Teardown, World } from './world';

/** Short, so that the line to export fits on a screen. It is of no use after the demo. */
const ACCOUNT = { user: 'operator', password: 'sandbox' };
/** Long enough that a person can see the tasks. */
const DELAYS_MS = { CloneVm: 700, PowerOn: 250, PowerOff: 250 };
const READY_TIMEOUT_MS = 60_000;
const LOGOUT_TIMEOUT_MS = 2_000;

/** The steps that start everything, and the world that exists after the last step. */
export interface Preparation {
  readonly steps: readonly Step[];
  /** Throws before the steps have run. */
  world(): World;
}

/**
 * Makes the steps; nothing runs yet. What a step starts is added to `teardown` at once, so that it is stopped even if a
 * later step fails.
 */
export function prepare(
  teardown: Teardown,
  onServer: (server: ApiServer) => void,
  environment: NodeJS.ProcessEnv,
  clock: Clock,
  flags: Pick<ShowFlags, 'chaosSeed'> = {},
): Preparation {
  const binaries = new Once<Binaries>('binaries');
  const server = new Once<ApiServer>('API server');
  const vcsim = new Once<Vcsim>('vCenter simulator');
  /** The same, or the proxy in front of it. */
  const seenByOperator = new Once<Vcsim>('vCenter as the operator sees it');
  const vcenter = new Once<VCenterWindow>('client of vCenter');
  const manifests = new Once<Synthesized>('manifests');
  const facts = new Once<InstallFacts>('facts of the manifests');
  const kubectl = new Once<Kubectl>('kubectl');
  const operator = new Once<OperatorProcess>('operator');

  const { chaosSeed } = flags;
  const chaosSteps: readonly Step[] =
    chaosSeed === undefined
      ? []
      : [
          {
            title: 'Put a failing proxy between the operator and vCenter',
            run: async () => {
              const proxy = await startChaos(vcsim.get(), chaosSeed, clock);
              teardown.add(proxy.stop);
              seenByOperator.set(proxy.vcsim);
              return `seed ${chaosSeed}: repeat it with npm start -- --chaos=${chaosSeed}`;
            },
          },
        ];

  const steps: readonly Step[] = [
    {
      title: 'Find or build kube-apiserver, etcd and vcsim',
      run: async ({ progress }, signal) => {
        await checkKubectl(signal);
        binaries.set(await findBinaries({ environment, clock, progress }, signal));
        return '';
      },
    },
    {
      title: 'Build the product',
      run: async (_, signal) => {
        if (!(await buildIsDue())) return 'up to date';
        await buildProduct(signal);
        return 'npm run build';
      },
    },
    {
      title: 'Start kube-apiserver and etcd',
      run: async (_, signal) => {
        const started = await startApiServer(binaries.get(), { clock }, signal);
        teardown.add(started.stop);
        server.set(started);
        kubectl.set(kubectlFor(started));
        return `${KUBERNETES_VERSION} on ${started.url}`;
      },
    },
    {
      title: 'Start a vCenter simulator',
      run: async (_, signal) => {
        const started = await startVcsim(
          binaries.get(),
          { ...ACCOUNT, clusters: FAILURE_DOMAINS.length, delaysMs: DELAYS_MS, clock },
          signal,
        );
        teardown.add(started.stop);
        vcsim.set(started);
        seenByOperator.set(started);
        const window = await openVCenterWindow(started, signal);
        teardown.add(() => closeWindow(window, clock));
        vcenter.set(window);
        return `datacenter vcqaDC with two clusters on ${started.url}`;
      },
    },
    ...chaosSteps,
    {
      title: 'Synthesize the manifests',
      run: async (_, signal) => {
        manifests.set(await synthesize(server.get().folder, signal));
        facts.set(await readInstallFacts(manifests.get().install));
        return 'npx cdk8s synth';
      },
    },
    {
      title: 'Install the CRD and the operator manifests',
      run: async (_, signal) => {
        await applyInstall(kubectl.get(), facts.get(), seenByOperator.get(), signal);
        onServer(server.get());
        return 'kubectl apply';
      },
    },
    {
      title: 'Name the vCenter and its two failure domains',
      run: async (_, signal) => {
        const here = { kubectl: kubectl.get(), facts: facts.get(), server: server.get() };
        await applyVCenter(here, seenByOperator.get(), signal);
        return `VCenter lab: ${FAILURE_DOMAINS.map(({ name, cluster }) => `${name} is ${cluster}`).join(', ')}`;
      },
    },
    {
      title: 'Start the operator with the rights of its ServiceAccount',
      run: async (_, signal) => {
        const { namespace, serviceAccount: name } = facts.get();
        const kubeconfig = await serviceAccountKubeconfig(server.get(), { namespace, name }, signal);
        const options = { kubeconfig, vcsim: seenByOperator.get(), clock, environment: { POD_NAMESPACE: namespace } };
        const started = await startOperator(options, signal);
        teardown.add(started.stop);
        operator.set(started);
        await started.ready(READY_TIMEOUT_MS, signal);
        return `${namespace}/${name}, process ${started.processId}`;
      },
    },
  ];
  return {
    steps,
    world: () => ({
      clock,
      server: server.get(),
      vcsim: vcsim.get(),
      vcenter: vcenter.get(),
      manifests: manifests.get(),
      facts: facts.get(),
      kubectl: kubectl.get(),
      operator: operator.get(),
    }),
  };
}

/** Logs out. The simulator may have ended already. */
async function closeWindow(window: VCenterWindow, clock: Clock): Promise<void> {
  const limit = deadline(clock, LOGOUT_TIMEOUT_MS, new AbortController().signal, () => new Error('no answer'));
  await window.close(limit.signal).catch(() => undefined);
  limit.done();
}

/** A value that a step makes and later steps need. */
class Once<T> {
  private value: { readonly made: T } | undefined;

  constructor(private readonly what: string) {}

  set(made: T): void {
    this.value = { made };
  }

  get(): T {
    if (this.value === undefined) throw new Error(`${this.what}: used before its step has run`);
    return this.value.made;
  }
}
