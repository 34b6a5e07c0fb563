/** The model's DRS rules and groups of clusters. Nobody acts by them. */
import { type ManagedObjectReference, refKey } from '../../../src/vsphere/port';
import type { DataObject } from '../../../src/vsphere/vim25/describe';
import type { ParametersOf } from '../../../src/vsphere/vim25/methods';
import type { InventoryTruth } from './inventory-truth';
import { ModelFault } from './model-fault';
import type { TaskRunner } from './tasks';

type Ref = ManagedObjectReference;

/** An entry of configurationEx.rule or .group, with the fields that it was given. */
export type ModelEntry = DataObject & { readonly name: string; readonly key?: number; readonly vm?: readonly Ref[] };

interface Edit {
  readonly operation: string;
  readonly removeKey?: unknown;
  readonly info?: DataObject;
}

export class ModelClusterRules {
  readonly #rules = new Map<string, readonly ModelEntry[]>();
  readonly #groups = new Map<string, readonly ModelEntry[]>();
  #keys = 0;

  constructor(
    private readonly truth: InventoryTruth,
    private readonly tasks: TaskRunner,
    private readonly clusterOf: (machine: Ref) => Ref | undefined,
  ) {
    // vCenter takes a destroyed machine out of rules and groups, and leaves these (Broadcom KB 436954).
    truth.onChange((ref, change) => {
      if (change === 'Gone' && ref.type === 'VirtualMachine') this.#forget(ref);
    });
  }

  rulesOf(cluster: Ref): readonly ModelEntry[] {
    return this.#rules.get(cluster.value) ?? [];
  }

  groupsOf(cluster: Ref): readonly ModelEntry[] {
    return this.#groups.get(cluster.value) ?? [];
  }

  /** By hand. */
  setGroups(cluster: Ref, groups: readonly ModelEntry[]): void {
    this.#groups.set(cluster.value, groups);
  }

  /** By hand. Returns a function that makes the group again. */
  takeGroup(cluster: Ref, name: string): () => void {
    const isMeant = (group: ModelEntry) => group.name === name;
    const taken = this.groupsOf(cluster).filter(isMeant);
    this.setGroups(
      cluster,
      this.groupsOf(cluster).filter((group) => !isMeant(group)),
    );
    return () => this.setGroups(cluster, [...this.groupsOf(cluster), ...taken]);
  }

  /** By hand. */
  setRules(cluster: Ref, rules: readonly ModelEntry[]): void {
    this.#rules.set(cluster.value, rules);
  }

  /** By hand. */
  removeRules(cluster: Ref, isMeant: (rule: ModelEntry) => boolean): void {
    this.#rules.set(
      cluster.value,
      this.rulesOf(cluster).filter((rule) => !isMeant(rule)),
    );
  }

  reconfigure(cluster: Ref, { spec, modify }: ParametersOf<'ReconfigureComputeResource_Task'>, userName: string): Ref {
    const { rulesSpec = [], groupSpec = [] } = spec as { rulesSpec?: readonly Edit[]; groupSpec?: readonly Edit[] };
    if (!modify) throw new ModelFault('NotSupported');
    const apply = () => {
      let rules = this.rulesOf(cluster);
      let groups = this.groupsOf(cluster);
      for (const edit of groupSpec) groups = this.#edited(groups, edit, 'name', cluster);
      for (const edit of rulesSpec) rules = this.#edited(rules, edit, 'key', cluster);
      return { rules, groups };
    };
    return this.tasks.start({
      descriptionId: 'ComputeResource.reconfigureEx',
      entity: cluster,
      userName,
      kind: 'Other',
      begin: () => void apply(),
      finish: () => {
        const { rules, groups } = apply();
        this.#rules.set(cluster.value, rules);
        this.#groups.set(cluster.value, groups);
        return undefined;
      },
      undo: () => undefined,
    });
  }

  #edited(entries: readonly ModelEntry[], edit: Edit, by: 'name' | 'key', cluster: Ref): readonly ModelEntry[] {
    const info = edit.info as ModelEntry | undefined;
    const id = edit.operation === 'remove' ? edit.removeKey : info?.[by];
    const index = entries.findIndex((entry) => entry[by] === id);
    const isNameTaken = entries.some(({ name }, other) => name === info?.name && other !== index);
    for (const machine of info?.vm ?? []) {
      this.truth.machine(machine);
      // "Hosts and virtual machines referenced in a DRS rule must be in the same cluster": ClusterRuleInfo.
      if (this.clusterOf(machine)?.value !== cluster.value) throw wrong('vm');
    }
    switch (edit.operation) {
      case 'add':
        if (info === undefined || isNameTaken) throw wrong('name');
        return [...entries, by === 'key' ? { ...info, key: this.#newKey() } : info];
      case 'edit':
        if (info === undefined || index < 0 || isNameTaken) throw wrong(by);
        return entries.with(index, info);
      default:
        if (index < 0) throw wrong('removeKey');
        return entries.toSpliced(index, 1);
    }
  }

  #newKey(): number {
    this.#keys += 1;
    return this.#keys;
  }

  #forget(machine: Ref): void {
    const without = (entry: ModelEntry): ModelEntry =>
      entry.vm === undefined ? entry : { ...entry, vm: entry.vm.filter((ref) => refKey(ref) !== refKey(machine)) };
    for (const entries of [this.#rules, this.#groups])
      for (const [cluster, all] of entries) entries.set(cluster, all.map(without));
  }
}

function wrong(property: string): ModelFault {
  return new ModelFault('InvalidArgument', { invalidProperty: `spec.${property}` });
}
