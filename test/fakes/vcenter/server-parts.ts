/** What the model's server is made of, and what it keeps for each session. */
import type { Clock } from '../../../src/time/clock';
import type { Random } from '../../../src/time/random';
import type { ManagedObjectReference } from '../../../src/vsphere/port';
import type { ReturnOf } from '../../../src/vsphere/vim25/methods';
import type { ServiceContent } from '../../../src/vsphere/vim25/types';
import type { Quirks } from './chance';
import type { ModelCollector } from './collector';
import type { InventoryTruth } from './inventory-truth';
import type { MachineOperations } from './machine-operations';
import type { TaskRunner } from './tasks';

type Ref = ManagedObjectReference;

export interface ModelSession {
  readonly id: string;
  readonly userName: string;
  lastCallMs: number;
  readonly collectors: Map<string, ModelCollector>;
  readonly views: Map<
    string,
    { readonly ref: Ref; readonly types: readonly string[]; readonly listed: Map<string, Ref> }
  >;
  readonly tokens: Map<string, ReturnOf<'ContinueRetrievePropertiesEx'>['objects']>;
}

export interface ServerParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly quirks: Quirks;
  readonly truth: InventoryTruth;
  readonly tasks: TaskRunner;
  readonly operations: MachineOperations;
  readonly accounts: ReadonlyMap<string, string>;
  readonly service: ServiceContent;
}
