import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFailed, onTestFinished } from 'vitest';
import { systemClock } from '../../src/time/clock';
import { type GroupObject, readGroups } from '../demo/show/groups';
import { type InstallFacts, readInstallFacts } from '../demo/show/install-manifests';
import { type Kubectl, kubectlFor, waitUntilServed } from '../demo/show/kubectl';
import { buildIsDue, buildProduct, type Synthesized, synthesize } from '../demo/show/product';
import { asExpected, eventually, notYet } from '../demo/show/step';
import type { Binaries } from '../envtest/binaries/find-binaries';
import {
  type ApiServer,
  type AuditedRequest,
  AuditLog,
  type OperatorOptions,
  type OperatorProcess,
  openVCenterWindow,
  type SeenMachine,
  serviceAccountKubeconfig,
  startApiServer,
  startOperator,
  startVcsim,
  type VCenterWindow,
  type Vcsim,
  type VcsimOptions,
} from '../envtest/real-parts';

const READY_MS = 30_000;
const EVENTUALLY_MS = 60_000;
const forever = new AbortController().signal;

/** How long something lives: it calls what is handed to it at its end, the last one first. */
export interface Span {
  readonly atEnd: (end: () => Promise<void>) => void;
  /** Only where something has failed. */
  readonly atFailure: (tell: () => void) => void;
}

const THE_TEST: Span = { atEnd: (end) => onTestFinished(end), atFailure: (tell) => onTestFailed(tell) };

/** An API server with our manifests, and a vCenter simulator. Tests start the operators. */
export class Installation {
  private constructor(
    readonly server: ApiServer,
    readonly vcsim: Vcsim,
    readonly vcenter: VCenterWindow,
    readonly kubectl: Kubectl,
    readonly manifests: Synthesized,
    readonly facts: InstallFacts,
    private readonly audit: AuditLog,
    private readonly span: Span,
  ) {}

  readonly #deniedOnPurpose: RegExp[] = [];

  /** Starts both servers and applies the synthesized manifests. Everything ends with the test, or with another span. */
  static async start(binaries: Binaries, simulator: VcsimOptions = {}, span: Span = THE_TEST): Promise<Installation> {
    if (await buildIsDue()) await buildProduct(forever);
    const vcsim = await startVcsim(binaries, simulator, forever);
    span.atEnd(() => vcsim.stop());
    return Installation.on(vcsim, binaries, span);
  }

  /** The same with the simulator of another installation: two clusters share a vCenter then. */
  static async on(vcsim: Vcsim, binaries: Binaries, span: Span = THE_TEST): Promise<Installation> {
    const folder = mkdtempSync(path.join(tmpdir(), 'vm-operator-test-'));
    span.atEnd(() => rm(folder, { recursive: true, force: true }));
    const audit = await AuditLog.prepare();
    span.atEnd(() => audit.remove());
    const server = await startApiServer(binaries, { flags: audit.flags }, forever);
    span.atEnd(() => server.stop());
    const vcenter = await openVCenterWindow(vcsim, forever);
    const manifests = await synthesize(folder, forever);
    const facts = await readInstallFacts(manifests.install);
    const kubectl = kubectlFor(server);
    const here = new Installation(server, vcsim, vcenter, kubectl, manifests, facts, audit, span);
    // Hooks run in reverse order: the operators have ended by then, and the server has not.
    span.atEnd(() => here.expectNothingDenied());
    await here.run('apply', ...facts.crdFiles.flatMap((file) => ['-f', file]));
    await waitUntilServed(kubectl, facts.crdNames, forever);
    await here.run('apply', ...facts.otherFiles.flatMap((file) => ['-f', file]));
    return here;
  }

  /** What the operator's account has asked the API server for. */
  async requests(): Promise<readonly AuditedRequest[]> {
    const { namespace, serviceAccount } = this.facts;
    const user = `system:serviceaccount:${namespace}:${serviceAccount}`;
    return (await this.audit.requests()).filter((request) => request.user === user);
  }

  /** For a test in which the operator lacks a right: requests of which verb and path fit the pattern may be denied. */
  deniesOnPurpose(request: RegExp): void {
    this.#deniedOnPurpose.push(request);
  }

  /** For a test that restarts the API server: until that has read the roles, it denies whatever is asked for. */
  restartsApiServer(): void {
    this.deniesOnPurpose(/./);
  }

  /** The rights of the manifests are enough: the audit log shows no other request as denied. */
  private async expectNothingDenied(): Promise<void> {
    const denied = (await this.requests())
      .filter(({ code }) => code === 403)
      .map(({ verb, path }) => `${verb} ${path}`);
    const unexpected = denied.filter((request) => !this.#deniedOnPurpose.some((pattern) => pattern.test(request)));
    expect([...new Set(unexpected)], 'The API server has denied the operator what it asked for.').toEqual([]);
  }

  /** Starts an operator with the rights of the synthesized ServiceAccount, and waits until it is ready. */
  async operator(options: Partial<OperatorOptions> = {}): Promise<OperatorProcess> {
    const operator = await this.unreadyOperator(options);
    await operator.ready(READY_MS, forever);
    return operator;
  }

  async unreadyOperator(options: Partial<OperatorOptions> = {}): Promise<OperatorProcess> {
    const { namespace, serviceAccount: name } = this.facts;
    const kubeconfig = await serviceAccountKubeconfig(this.server, { namespace, name }, forever);
    const operator = await startOperator({ kubeconfig, vcsim: this.vcsim, ...options }, forever);
    this.span.atEnd(async () => {
      await operator.stop();
    });
    this.span.atFailure(() => {
      process.stderr.write(`The last lines of the operator:\n${operator.log.last(30)}\n`);
    });
    return operator;
  }

  /** kubectl as the administrator. */
  run(...args: string[]): Promise<string> {
    return this.kubectl(args, forever);
  }

  apply(name: string, spec: Record<string, unknown>): Promise<void> {
    return this.applyIn('default', name, spec);
  }

  async applyIn(namespace: string, name: string, spec: Record<string, unknown>): Promise<void> {
    const group = {
      apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
      kind: 'VmGroup',
      metadata: { name, namespace },
      spec: { cpu: 1, memory: 1, replicas: 1, template: 'vm-operator-template', ...spec },
    };
    const file = path.join(this.server.folder, `${namespace}.${name}.json`);
    await writeFile(file, JSON.stringify(group));
    await this.run('apply', '-f', file);
  }

  async group(name: string): Promise<GroupObject | undefined> {
    return (await readGroups(this.server, forever)).find((group) => group.metadata.name === name);
  }

  /** Machines with the marks of a group, wherever they are. */
  async machinesOf(name: string): Promise<readonly SeenMachine[]> {
    return (await this.machines()).filter((machine) => machine.group === `default/${name}`);
  }

  machines(): Promise<readonly SeenMachine[]> {
    return this.vcenter.machines(forever);
  }

  async folder(name: string): Promise<string | undefined> {
    return (await this.vcenter.folders(forever)).find((folder) => folder.name === name)?.id;
  }

  /** Waits until `look` finds no differences. Fails at a deadline, with the last differences. */
  async until(
    expectation: string,
    look: () => Promise<readonly string[]>,
    withinMs: number = EVENTUALLY_MS,
  ): Promise<void> {
    await eventually(
      expectation,
      async () => {
        const differences = await look();
        return differences.length === 0 ? asExpected('') : notYet(differences.join('; '));
      },
      systemClock,
      withinMs,
      forever,
    );
  }

  /** Waits until the status is RUNNING for the current spec, and vCenter has exactly that many machines, powered on. */
  async untilRunning(name: string, replicas: number, withinMs: number = EVENTUALLY_MS): Promise<void> {
    const look = async () => {
      const group = await this.group(name);
      const machines = await this.machinesOf(name);
      const differences: string[] = [];
      if (group?.status?.phase !== 'RUNNING')
        differences.push(`${group?.status?.phase}: ${group?.status?.lastMessage}`);
      if (group?.status?.observedGeneration !== group?.metadata.generation) differences.push('status of an older spec');
      const on = machines.filter(({ powerState }) => powerState === 'poweredOn').length;
      if (machines.length !== replicas || on !== replicas) differences.push(`${machines.length} machines, ${on} on`);
      return differences;
    };
    await this.until(`${name} RUNNING with ${replicas} machines`, look, withinMs);
  }

  async untilGone(name: string): Promise<void> {
    await this.until(`VmGroup ${name} gone`, async () =>
      (await this.group(name)) === undefined ? [] : ['still there'],
    );
  }
}
