/** What users and administrators do to twenty groups. */
import type { Random } from '../../src/time/random';
import type { SoakWorld } from './soak-world';

export const GROUPS_URL = '/apis/vm.codeconnect.vmworld.com/v1alpha1/namespaces/default/vmgroups';
const GROUPS = 20;
const MOST_REPLICAS = 6;

export interface SoakSpec {
  readonly cpu: number;
  readonly memory: number;
  readonly replicas: number;
  readonly template: string;
  readonly powerState: 'PoweredOn' | 'PoweredOff';
  readonly paused: boolean;
  readonly guest: { readonly cloudInit: { readonly metadata: { readonly value: string } } };
  readonly updateStrategy: { readonly resizePolicy: 'PowerCycle' };
}

/** What the groups shall be, by name. */
export type Wishes = Map<string, SoakSpec>;

interface Deed {
  readonly name: string;
  readonly weight: number;
  readonly act: (stage: Stage) => Promise<void>;
}

interface Stage {
  readonly world: SoakWorld;
  readonly wishes: Wishes;
  readonly random: Random;
}

export async function createGroups(stage: Stage): Promise<void> {
  for (let index = 0; index < GROUPS; index += 1) await create(stage, `soak-${index}`);
}

/** Does one thing, and says its name. */
export async function doSomething(stage: Stage): Promise<string> {
  const total = DEEDS.reduce((sum, { weight }) => sum + weight, 0);
  const drawn = stage.random() * total;
  let sum = 0;
  const deed = DEEDS.find(({ weight }) => {
    sum += weight;
    return drawn < sum;
  });
  await deed?.act(stage);
  return deed?.name ?? '';
}

const DEEDS: readonly Deed[] = [
  { name: 'scale', weight: 8, act: (stage) => change(stage, { replicas: whole(stage, 0, MOST_REPLICAS) }) },
  { name: 'resize', weight: 3, act: (stage) => change(stage, { cpu: whole(stage, 1, 3) }) },
  {
    name: 'replace all',
    weight: 2,
    act: (stage) => change(stage, { guest: guest(whole(stage, 0, 9)) }),
  },
  {
    name: 'power',
    weight: 2,
    act: (stage) => change(stage, { powerState: stage.random() < 0.3 ? 'PoweredOff' : 'PoweredOn' }),
  },
  { name: 'delete', weight: 1, act: remove },
  { name: 'pause', weight: 1, act: (stage) => change(stage, { paused: true }) },
  {
    name: 'change the hardware by hand',
    weight: 2,
    act: (stage) =>
      byHand(stage, (id) =>
        invoked(stage, 'ReconfigVM_Task', id, `<spec><numCPUs>${whole(stage, 1, 4)}</numCPUs></spec>`),
      ),
  },
  {
    name: 'take a snapshot by hand',
    weight: 1,
    act: (stage) =>
      byHand(stage, (id) =>
        invoked(stage, 'CreateSnapshot_Task', id, '<name>by hand</name><memory>false</memory><quiesce>false</quiesce>'),
      ),
  },
  {
    name: 'power off by hand',
    weight: 3,
    act: (stage) => byHand(stage, (id) => stage.world.vcenter.powerOff(id, within())),
  },
  {
    name: 'destroy by hand',
    weight: 2,
    act: (stage) =>
      byHand(stage, async (id) => {
        await stage.world.vcenter.powerOff(id, within()).catch(() => undefined);
        await stage.world.vcenter.destroy(id, within());
      }),
  },
  {
    name: 'rename by hand',
    weight: 1,
    act: (stage) =>
      byHand(stage, (id) =>
        invoked(stage, 'Rename_Task', id, `<newName>renamed-${whole(stage, 0, 1_000_000)}</newName>`),
      ),
  },
];

/** At the end of the churn: a pause is no state to end in. */
export async function resumeAll({ world, wishes }: Stage): Promise<void> {
  for (const [name, spec] of wishes) {
    if (!spec.paused) continue;
    await world.ask('PATCH', `${GROUPS_URL}/${name}`, { spec: { paused: false } });
    wishes.set(name, { ...spec, paused: false });
  }
}

function guest(round: number): SoakSpec['guest'] {
  return { cloudInit: { metadata: { value: `round: ${round}\n` } } };
}

async function create({ world, wishes, random }: Stage, name: string): Promise<void> {
  const spec: SoakSpec = {
    ...{ cpu: 1, memory: 1, replicas: Math.floor(random() * MOST_REPLICAS), template: 'vm-operator-template' },
    ...{ powerState: 'PoweredOn', paused: false, guest: guest(0), updateStrategy: { resizePolicy: 'PowerCycle' } },
  };
  const body = { apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1', kind: 'VmGroup', metadata: { name }, spec };
  // A group of that name may still be on its way out; then it is created another time.
  const answer = await world.ask('POST', GROUPS_URL, body, [409]);
  if (!answer.includes('AlreadyExists')) wishes.set(name, spec);
}

async function change(stage: Stage, part: Partial<SoakSpec>): Promise<void> {
  const { world, wishes, random } = stage;
  const missing = Array.from({ length: GROUPS }, (_, index) => `soak-${index}`).filter((name) => !wishes.has(name));
  const again = missing[Math.floor(random() * missing.length)];
  if (again !== undefined) return create(stage, again);
  const name = oneOf([...wishes.keys()], random);
  const spec = wishes.get(name ?? '');
  if (name === undefined || spec === undefined) return;
  // Whoever changes a group that is paused lets it go on.
  const changed = { paused: false, ...part };
  await world.ask('PATCH', `${GROUPS_URL}/${name}`, { spec: changed });
  wishes.set(name, { ...spec, ...changed });
}

/** A deletion of a paused group waits, so such a group is not deleted. */
async function remove({ world, wishes, random }: Stage): Promise<void> {
  const name = oneOf([...wishes.keys()], random);
  if (name === undefined || wishes.get(name)?.paused === true) return;
  await world.ask('DELETE', `${GROUPS_URL}/${name}`);
  wishes.delete(name);
}

/** A person does not mind a machine that has just gone, or is busy, nor a vCenter that does not answer now. */
async function byHand({ world, random }: Stage, act: (id: string) => Promise<void>): Promise<void> {
  const machines = (await world.vcenter.machines(within()).catch(() => [])).filter(
    ({ group, isTemplate }) => group !== undefined && !isTemplate,
  );
  const machine = oneOf(machines, random);
  if (machine !== undefined) await act(machine.id).catch(() => undefined);
}

async function invoked({ world }: Stage, method: string, id: string, parameters: string): Promise<void> {
  await world.vcenter.invoke(method, 'VirtualMachine', id, parameters, within());
}

function oneOf<T>(all: readonly T[], random: Random): T | undefined {
  return all[Math.floor(random() * all.length)];
}

function whole({ random }: Stage, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

function within(): AbortSignal {
  return AbortSignal.timeout(30_000);
}
