/** A session at the model's server, with all that ends with it. */
import type { ManagedObjectReference } from '../../../src/vsphere/port';
import type { ReturnOf } from '../../../src/vsphere/vim25/methods';
import type { ModelCollector } from './collector';

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
