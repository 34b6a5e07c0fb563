import type { Duration, Size } from 'cdk8s';
import type { CloudInit, GuestData } from './guest-data';
import type { PowerOff, PowerState } from './power';
import type { Readiness } from './readiness';
import type { ScaleDownOrder } from './scale-down-order';
import type { UpdateStrategy } from './update-strategy';
import type { VCenterReference } from './vcenter-reference';
import type { VmGroupAdoption } from './vm-group-adoption';
import type { VmGroupClone } from './vm-group-clone';
import type { VmGroupDisks } from './vm-group-disks';
import type { VmGroupHardware } from './vm-group-hardware';
import type { VmGroupNaming } from './vm-group-naming';
import type { VmGroupPlacement } from './vm-group-placement';
import type { VmGroupTag } from './vm-group-tag';

/** Name, namespace and labels of a VmGroup. */
export interface VmGroupMetadata {
  /**
   * Name of the VmGroup: a DNS subdomain of at most 62 characters. The names of its virtual machines begin with it.
   *
   * It has no default on purpose. cdk8s would make one from the construct path. Then renaming a chart would replace the
   * group by a new one, with new virtual machines.
   */
  readonly name: string;

  /**
   * Namespace of the VmGroup.
   *
   * @default - the namespace of the chart; without one, the current namespace of kubectl
   */
  readonly namespace?: string;

  /**
   * Labels of the VmGroup, added to those of the chart.
   *
   * @default - the labels of the chart
   */
  readonly labels?: { readonly [name: string]: string };

  /**
   * Annotations of the VmGroup.
   *
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
}

/** One network adapter of the replicas. */
export interface VmGroupNetwork {
  /** Name of the entry, unique in the list: a DNS label of at most 63 characters. */
  readonly name: string;

  /**
   * Name or absolute inventory path of a network or distributed port group in the group's datacenter, 1 to 2048
   * characters. A name that several networks have is an error, which the group's status shows. Port groups of one name on
   * several distributed switches are named `SWITCH/PORTGROUP`.
   */
  readonly network: string;

  /**
   * Static addresses with their prefix length, such as `10.0.0.10/24`: the replica with ordinal 0 gets the first one, and so
   * on, at most 512. A replica without an entry is not created. Give one entry more than replicas for each replica of
   * `maxSurge`. They reach the guest through cloud-init, unless its metadata has a key `network`. A change replaces those
   * replicas whose own entry is another one now.
   *
   * @default - the template, or DHCP, decides
   */
  readonly addresses?: string[];

  /**
   * Address of the default gateway on this network. It needs `addresses`. A change replaces the replicas.
   *
   * @default - none
   */
  readonly gateway?: string;

  /**
   * Addresses of name servers, at most 3. They need `addresses`. A change replaces the replicas.
   *
   * @default - none
   */
  readonly nameservers?: string[];
}

/** What happens to the virtual machines when their VmGroup is deleted. */
export enum DeletionPolicy {
  /** They are destroyed, and then the group's folder is removed if it is empty. */
  DELETE = 'Delete',
  /** They stay as they are, in their folder, but lose their ownership marks. */
  ORPHAN = 'Orphan',
}

/** The props of a VmGroup. */
export interface VmGroupProps {
  /** Name, namespace and labels. The name is required. */
  readonly metadata: VmGroupMetadata;

  /**
   * Template that replicas are cloned from: a name or an absolute inventory path such as `/dc/vm/templates/ubuntu`, 1 to
   * 2048 characters. It may also be a virtual machine that no group owns, if the operator allows machine sources. A change replaces the replicas.
   */
  readonly template: string;

  /**
   * Number of virtual machines, 0 to 500. 0 keeps the folder. Leave it out where an autoscaler sets it: an apply keeps that.
   * @default 1
   */
  readonly replicas?: number;

  /** Virtual CPUs of each replica, 1 to 960. */
  readonly cpu: number;

  /** Memory of each replica, a whole number of GiB from 1 GiB to 24576 GiB. Nothing is rounded: 1536 MiB is an error. */
  readonly memory: Size;

  /**
   * How replicas are cloned from the template. A change replaces the replicas.
   *
   * @default - full clones
   */
  readonly clone?: VmGroupClone;

  /**
   * Cores per socket, and whether CPUs and memory can be added while a replica is powered on.
   *
   * @default - as the template has it
   */
  readonly hardware?: VmGroupHardware;

  /**
   * The VCenter that the group is on. It must select the group's namespace. It cannot be changed once set.
   *
   * @default - the only VCenter that selects the namespace; without any VCenter object, the vCenter of the operator's
   * environment
   */
  readonly vcenter?: VCenterReference;

  /**
   * Where replicas are created.
   *
   * @default - the only datacenter and cluster of the vCenter, its root resource pool, the template's datastore, and the
   * folder vm-operator
   */
  readonly placement?: VmGroupPlacement;

  /**
   * Networks of the replicas' adapters, at most 10. The first entry connects the first adapter of the template, the second
   * entry the second adapter, and so on. Further entries add adapters (vmxnet3). Surplus adapters of the template are left
   * out. A change replaces the replicas.
   *
   * @default - the template's adapters as they are
   */
  readonly networks?: VmGroupNetwork[];

  /**
   * Size of the root disk, and empty data disks.
   *
   * @default - the disks of the template as they are
   */
  readonly disks?: VmGroupDisks;

  /**
   * What cloud-init is given at the first boot of a replica. A change replaces the replicas. `addCloudInit` adds data
   * later.
   *
   * @default - nothing
   */
  readonly cloudInit?: CloudInit;

  /**
   * Ignition config of the guests (Flatcar, Fedora CoreOS) instead of `cloudInit`: JSON of at most 512 KiB, with the same
   * variables. A change replaces the replicas.
   *
   * @default - none
   */
  readonly ignition?: GuestData;

  /**
   * Name of a customization specification that is stored in vCenter, in the place of `cloudInit` and `ignition`: the guest is
   * customized as it boots for the first time, Windows included. It is sent as it is stored, with the replica's host name and
   * its static addresses. A change of the name replaces the replicas one after the other.
   *
   * @default - none
   */
  readonly customizationSpec?: string;

  /**
   * Patterns for the names of machines and guests. A change names replicas that are made later.
   *
   * @default - names that begin with that of the group
   */
  readonly naming?: VmGroupNaming;

  /**
   * Power state of the whole group. A replica in another state is corrected.
   *
   * @default PowerState.POWERED_ON
   */
  readonly powerState?: PowerState;

  /**
   * How replicas are powered off: for the power state, for a change of size, and before they are destroyed.
   *
   * @default PowerOff.trySoft()
   */
  readonly powerOff?: PowerOff;

  /**
   * When a replica counts as ready.
   *
   * @default Readiness.poweredOn()
   */
  readonly readiness?: Readiness;

  /**
   * How long a replica must be ready before it counts as available: whole seconds, at most a day.
   *
   * @default Duration.seconds(0)
   */
  readonly minReady?: Duration;

  /**
   * How long the group may make no progress towards its spec before its status says that it is stalled: whole seconds, at
   * most two days, and more than `minReady`. Nothing is rolled back, and work goes on. Progress is that another number of
   * replicas exists, is ready, available or up to date, a new spec, or vCenter that is back. A try that fails is none.
   *
   * @default Duration.minutes(30)
   */
  readonly progressDeadline?: Duration;

  /**
   * How a change of the spec reaches existing replicas.
   *
   * @default - UpdateStrategy.rollingUpdate(), one replica after the other
   */
  readonly updateStrategy?: UpdateStrategy;

  /**
   * Machines that exist and become replicas as they are, if the VCenter allows them in `allowed.adoptableMachines` and each has the
   * shape of the template. From then on they are replicas like all others, and are destroyed like them.
   *
   * @default - none, every replica is cloned from the template
   */
  readonly adopt?: VmGroupAdoption;

  /**
   * Virtual machines of the group that are replaced by new ones, by their managed object ids such as `vm-42`, at most 64. They
   * go first in a scale-down. Entries of machines that are gone may stay.
   *
   * @default - none
   */
  readonly retire?: string[];

  /**
   * Advanced settings of each machine by their key, at most 32, such as `{ 'disk.EnableUUID': 'TRUE' }`. The VCenter must allow
   * the keys in `allowed.extraConfigKeys`. A change reaches machines that exist; many settings act only from the next power-on.
   * A key that is taken out is removed from machines that the operator gave it to.
   *
   * @default - none
   */
  readonly extraConfig?: { readonly [key: string]: string };

  /**
   * Custom attributes of each machine by their name, at most 32, such as `{ owner: 'team web' }`. vCenter must define them, for
   * virtual machines or for all objects. A change reaches machines that exist. An attribute that is taken out loses its value on
   * machines that the operator gave it to.
   *
   * @default - none
   */
  readonly customAttributes?: { readonly [name: string]: string };

  /**
   * Tags of each machine, at most 32. They must exist in vCenter, in a category for virtual machines. A change reaches machines
   * that exist. A tag that is taken out is taken off machines that the operator gave it to.
   *
   * @default - none
   */
  readonly tags?: VmGroupTag[];

  /**
   * Which replicas a scale-down removes first, when their state does not decide.
   *
   * @default ScaleDownOrder.NEWEST
   */
  readonly scaleDownOrder?: ScaleDownOrder;

  /**
   * What happens to the virtual machines when the VmGroup is deleted.
   *
   * @default DeletionPolicy.DELETE
   */
  readonly deletionPolicy?: DeletionPolicy;

  /**
   * While true, nothing is changed in vCenter for this group. A deletion waits too.
   *
   * @default false
   */
  readonly paused?: boolean;
}
