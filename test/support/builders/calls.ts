import type { VimClient } from '../../../src/vsphere/port';

/** A VimClient with the calls that a test expects. Any other call fails the test with its name. */
export function callsOf(given: Partial<VimClient>): VimClient {
  const unexpected = (method: keyof VimClient) => async (): Promise<never> => {
    throw new Error(`unexpected call of ${method}`);
  };
  return {
    createFolder: unexpected('createFolder'),
    cloneVirtualMachine: unexpected('cloneVirtualMachine'),
    reconfigure: unexpected('reconfigure'),
    powerOn: unexpected('powerOn'),
    powerOff: unexpected('powerOff'),
    shutdownGuest: unexpected('shutdownGuest'),
    rename: unexpected('rename'),
    destroyVirtualMachine: unexpected('destroyVirtualMachine'),
    destroyFolder: unexpected('destroyFolder'),
    readVirtualMachine: unexpected('readVirtualMachine'),
    readMachineShapes: unexpected('readMachineShapes'),
    readExtraConfig: unexpected('readExtraConfig'),
    readCustomFields: unexpected('readCustomFields'),
    readCustomValues: unexpected('readCustomValues'),
    setCustomValue: unexpected('setCustomValue'),
    readTags: unexpected('readTags'),
    readAttachedTags: unexpected('readAttachedTags'),
    attachTag: unexpected('attachTag'),
    detachTag: unexpected('detachTag'),
    readFolderChildren: unexpected('readFolderChildren'),
    findByInstanceUuid: unexpected('findByInstanceUuid'),
    readRecentTasks: unexpected('readRecentTasks'),
    readCloneTargets: unexpected('readCloneTargets'),
    readCloneSource: unexpected('readCloneSource'),
    readSnapshots: unexpected('readSnapshots'),
    findStoragePolicies: unexpected('findStoragePolicies'),
    checkStoragePolicy: unexpected('checkStoragePolicy'),
    readPoolDatastores: unexpected('readPoolDatastores'),
    readClusterRules: unexpected('readClusterRules'),
    changeClusterRules: unexpected('changeClusterRules'),
    readCustomizationSpec: unexpected('readCustomizationSpec'),
    readPrivileges: unexpected('readPrivileges'),
    ...given,
  };
}
