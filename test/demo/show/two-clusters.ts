/** One group over both clusters of the vCenter. Each machine has the address of its number. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import type { SeenMachine, VCenterWindow } from '../../envtest/real-parts';
import { type GroupObject, readGroups } from './groups';
import { asExpected, eventually, type Look, notYet, type Step } from './step';
import { FAILURE_DOMAINS } from './vcenter-object';
import type { World } from './world';

const NAME = 'vg-4';
const REPLICAS = 4;
const ADDRESSES = Array.from({ length: REPLICAS }, (_, ordinal) => `10.0.0.${10 + ordinal}`);

const manifest = {
  apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
  kind: 'VmGroup',
  metadata: { name: NAME, namespace: 'default' },
  spec: {
    template: 'vm-operator-template',
    replicas: REPLICAS,
    cpu: 1,
    memory: 1,
    networks: [
      { name: 'lan', network: 'VM Network', addresses: ADDRESSES.map((ip) => `${ip}/24`), gateway: '10.0.0.1' },
    ],
    placement: { spread: { maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' } },
  },
};

export function spreadStep(world: () => World, timeoutMs: number): Step {
  return {
    title: `Apply ${NAME} with ${REPLICAS} addresses, over both clusters`,
    run: async (_, signal) => {
      const { kubectl, server, clock } = world();
      const file = path.join(server.folder, `${NAME}.json`);
      await writeFile(file, JSON.stringify(manifest));
      await kubectl(['apply', '-f', file], signal);
      const look = (stop: AbortSignal) => lookAt(world(), stop);
      return eventually(`${NAME} RUNNING, half of it in each cluster`, look, clock, timeoutMs, signal);
    },
  };
}

/** Cluster and address are read from vCenter, and the failure domain from the status: they must say the same. */
async function lookAt({ server, vcenter }: World, signal: AbortSignal): Promise<Look> {
  const group = (await readGroups(server, signal)).find(({ metadata }) => metadata.name === NAME);
  const machines = (await vcenter.machines(signal)).filter((machine) => machine.group?.endsWith(`/${NAME}`));
  const seen = await Promise.all(machines.map((machine) => seenIn(vcenter, machine, group, signal)));
  const homes = FAILURE_DOMAINS.map(({ name, cluster }) => {
    const here = seen.filter((machine) => machine.cluster === cluster && machine.failureDomain === name);
    const addresses = here.map(({ address }) => address).toSorted();
    return { name, cluster, addresses };
  });
  const text = homes.map(
    ({ name, cluster, addresses }) => `${name} (cluster ${cluster}): ${addresses.join(' and ') || 'none'}`,
  );
  const isSpread = homes.every(({ addresses }) => addresses.length === REPLICAS / FAILURE_DOMAINS.length);
  const given = homes.flatMap(({ addresses }) => addresses).toSorted();
  const isRunning = group?.status?.phase === 'RUNNING';
  return isRunning && isSpread && given.join() === ADDRESSES.join()
    ? asExpected(`VMs in ${text.join(', in ')}`)
    : notYet(`${NAME} ${group?.status?.phase ?? 'without a phase'}; ${text.join('; ')}`);
}

interface Seen {
  readonly cluster: string;
  readonly address: string;
  readonly failureDomain: string | undefined;
}

async function seenIn(
  vcenter: VCenterWindow,
  machine: SeenMachine,
  group: GroupObject | undefined,
  signal: AbortSignal,
): Promise<Seen> {
  const read = async (type: string, id: string | undefined, property: string) =>
    id === undefined ? undefined : (await vcenter.property(type, id, property, signal).catch(() => undefined))?.text;
  const pool = await read('VirtualMachine', machine.id, 'resourcePool');
  const owner = await read('ResourcePool', pool, 'owner');
  const cluster = await read('ClusterComputeResource', owner, 'name');
  const metadata = await read('VirtualMachine', machine.id, 'config.extraConfig["guestinfo.metadata"].value');
  const replica = group?.status?.replicas?.find(({ moRef }) => moRef === machine.id);
  return { cluster: cluster ?? 'no cluster', address: addressIn(metadata), failureDomain: replica?.failureDomain };
}

/** cloud-init gets the address as gzipped YAML. A new clone has none until the MAC address of its adapter is known. */
function addressIn(metadata: string | undefined): string {
  if (metadata === undefined) return 'no address';
  const { network } = parse(gunzipSync(Buffer.from(metadata, 'base64')).toString());
  const address: string | undefined = network?.ethernets?.eth0?.addresses?.[0];
  return address?.replace(/\/.*/, '') ?? 'no address';
}
