import type { Action } from '../../vmgroup/model/action';
import type { ChangeKind } from '../../vmgroup/preview/forecast';
import type { Style } from './text-table';

/** How people call a step, in the colour of what it does: makes, changes or ends something. */
export const STEP_WORDS: Readonly<
  Record<Action['kind'] | ChangeKind, { readonly word: string; readonly style: Style }>
> = {
  AddFinalizer: { word: 'add finalizer', style: 'green' },
  RemoveFinalizer: { word: 'remove finalizer', style: 'red' },
  CreateFolder: { word: 'create folder', style: 'green' },
  Clone: { word: 'clone', style: 'green' },
  Reconfigure: { word: 'resize', style: 'yellow' },
  WriteSettings: { word: 'write settings', style: 'yellow' },
  WriteHostRules: { word: 'write DRS rules', style: 'yellow' },
  WriteAttributes: { word: 'write attributes', style: 'yellow' },
  SizeDisks: { word: 'size disks', style: 'yellow' },
  PowerOn: { word: 'power on', style: 'yellow' },
  PowerOff: { word: 'power off', style: 'yellow' },
  Shutdown: { word: 'shut down', style: 'yellow' },
  Destroy: { word: 'destroy', style: 'red' },
  ReleaseMarks: { word: 'release', style: 'yellow' },
  Adopt: { word: 'adopt', style: 'yellow' },
  RenameFolder: { word: 'rename folder', style: 'yellow' },
  DestroyFolder: { word: 'remove folder', style: 'red' },
  LookIntoFolder: { word: 'look into folder', style: 'yellow' },
  ProveMachineGone: { word: 'look for', style: 'yellow' },
  ProveFolderGone: { word: 'look for', style: 'yellow' },
  InspectMachines: { word: 'look at', style: 'yellow' },
  FindStoragePolicy: { word: 'look for storage policy', style: 'yellow' },
  Settle: { word: 'look up', style: 'yellow' },
  Create: { word: 'create', style: 'green' },
  Replace: { word: 'replace', style: 'red' },
  Remove: { word: 'remove', style: 'red' },
  Release: { word: 'release', style: 'yellow' },
  Resize: { word: 'resize', style: 'yellow' },
};
