/** What the model's server is made of. */
import type { Clock } from '../../../src/time/clock';
import type { Random } from '../../../src/time/random';
import type { ServiceContent } from '../../../src/vsphere/vim25/types';
import type { Quirks } from './chance';
import type { ModelCompute } from './compute';
import type { ModelCustomFields } from './custom-fields';
import type { InventoryTruth } from './inventory-truth';
import type { MachineOperations } from './machine-operations';
import type { ModelPermissions } from './permissions';
import type { ModelStorage } from './storage';
import type { ModelStoragePolicies } from './storage-policies';
import type { TaskRunner } from './tasks';

export interface ServerParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly quirks: Quirks;
  readonly truth: InventoryTruth;
  readonly compute: ModelCompute;
  readonly storage: ModelStorage;
  readonly policies: ModelStoragePolicies;
  readonly customFields: ModelCustomFields;
  readonly tasks: TaskRunner;
  readonly permissions: ModelPermissions;
  readonly operations: MachineOperations;
  readonly accounts: ReadonlyMap<string, string>;
  readonly service: ServiceContent;
}
