/** Makes the model of a vCenter as a seed draws it. */
import type { Clock } from '../../src/time/clock';
import type { Random } from '../../src/time/random';
import { type FaultWeights, LANDMARK, type Quirks, VCenterModel } from '../fakes/vcenter';
import { bootGuests } from './guests';
import { SNAPSHOT } from './spec';
import type { Tally } from './tally';
import { VCENTERS, type VCenterName } from './vcenter-administrator';
import { addHostGroups, addZones } from './zones';

export interface VCenterDraw {
  readonly clock: Clock;
  readonly random: Random;
  readonly quirks: Quirks;
  readonly faults: FaultWeights;
  readonly tally: Tally;
  /** Whether an administrator may make failure domains by DRS host groups there. */
  readonly hasHostGroups: boolean;
}

export function makeVCenter(name: VCenterName, { tally, hasHostGroups, ...draw }: VCenterDraw): VCenterModel {
  const { clock, random } = draw;
  const instanceUuid = `a0de1f00-0000-4000-8000-${String(VCENTERS.indexOf(name) + 1).padStart(12, '0')}`;
  const vcenter = new VCenterModel({ ...draw, machines: 2, instanceUuid });
  vcenter.onFault((kind) => tally.meet('fault', `vCenter ${kind}`));
  bootGuests(vcenter, clock, random);
  if (random() < 0.5) {
    addDatastore(vcenter);
    tally.meet('quirk', 'two datastores');
  }
  addDatastoreCluster(vcenter);
  addZones(vcenter);
  if (hasHostGroups) addHostGroups(vcenter);
  vcenter.hand.takeSnapshot(LANDMARK.template, SNAPSHOT);
  const template = vcenter.truth.machine(LANDMARK.template);
  template.cpuHotAdd = random() < 0.5;
  template.memoryHotAdd = random() < 0.5;
  template.coresPerSocket = random() < 0.3 ? 2 : 1;
  vcenter.compute.drsEnabled = random() < 0.8;
  return vcenter;
}

/** With several datastores, each has a limit of its own in the lane of clones. */
function addDatastore({ truth }: VCenterModel): void {
  truth.addEntity('Datastore', truth.nextId('datastore'), 'datastore-2', truth.entity(LANDMARK.datastore).parent);
}

/** The name that groups use, where there is one. */
export const DATASTORE_CLUSTER = 'pod';

function addDatastoreCluster({ truth, storage, quirks }: VCenterModel): void {
  if (quirks.storageDrs === 'NoCluster') return;
  storage.storageDrsEnabled = quirks.storageDrs === 'On';
  const { parent } = truth.entity(LANDMARK.datastore);
  const pod = truth.addEntity('StoragePod', truth.nextId('group-p'), DATASTORE_CLUSTER, parent).ref;
  for (const name of ['pod-1', 'pod-2']) truth.addEntity('Datastore', truth.nextId('datastore'), name, pod);
}
