/** What all seeds together must meet. The summary shows other names too. */
import { NO_FAULTS } from '../fakes/vcenter';
import { NO_API_FAULTS } from './api-network';
import { CLONE_ROWS } from './clone-scenes';
import { CRASH_CALLS, crashRow, MOMENTS } from './crash-points';
import { DISTURBANCES } from './disturb';
import { HANGING_ROWS } from './hanging-datastore';
import { HANGING_VCENTER_ROW } from './hanging-vcenter';
import { HOST_GROUP_ROWS } from './host-group-scenes';
import type { TallyKind } from './tally';
import { SCENE_ROWS } from './tenant-scenes';

/** Rows of the summary: `kind name`. */
export const CATALOGUE: Readonly<Record<TallyKind, readonly string[]>> = {
  fault: [
    ...Object.keys(NO_FAULTS).map((name) => `vCenter ${name}`),
    'vCenter down',
    'vCenter hangs',
    ...HANGING_ROWS,
    HANGING_VCENTER_ROW,
    ...Object.keys(NO_API_FAULTS).map((name) => `API server ${name}`),
    'API server down',
    'API server history forgotten',
  ],
  crash: [
    ...CRASH_CALLS.flatMap((call) => MOMENTS.map((moment) => crashRow(call, moment))),
    'wake',
    'watch event',
    'at any time',
  ],
  action: [
    ...['AddFinalizer', 'RemoveFinalizer', 'CreateFolder', 'Clone', 'Reconfigure', 'PowerOn', 'PowerOff', 'Shutdown'],
    ...['Destroy', 'ReleaseMarks', 'DestroyFolder', 'Settle', 'WriteSettings', 'WriteAttributes', 'WriteHostRules'],
    ...['FindStoragePolicy', 'Adopt', 'InspectMachines'],
  ],
  disturbance: [...DISTURBANCES, ...SCENE_ROWS, ...HOST_GROUP_ROWS, ...CLONE_ROWS],
  quirk: [
    ...['nameReserved AtStart', 'nameReserved AtEnd', 'cloneVisible WhileCloning', 'cloneVisible AtEnd'],
    ...['cloneGhosts Never', 'cloneGhosts Sometimes'],
    ...['newsOrder Together', 'newsOrder TaskFirst', 'newsOrder EffectFirst', 'newsOrder Either'],
    ...['folderRemoval Unregister', 'folderRemoval DestroyOnly', 'one process', 'two processes'],
    ...['one cluster', 'two clusters', 'two datastores'],
    ...['homes Only', 'homes BySelector', 'homes ByReference'],
    ...['hiddenRead NoPermission', 'hiddenRead MissingSet', 'hiddenRead LeftOut'],
    ...['sightRegained Told', 'sightRegained Untold'],
    ...['storageDrs NoCluster', 'storageDrs On', 'storageDrs Off'],
    ...['folderLost CloneFails', 'folderLost CloneLandsInVmFolder'],
    ...['cloneHardware Taken', 'cloneHardware Dropped'],
    ...['cloneAttributes Copied', 'cloneAttributes None'],
    ...['failedCustomization LeavesMachine', 'failedCustomization LeavesNone'],
  ],
};
