/**
 * The data of a replica's guest, as extraConfig of its clone (for Ignition see ignition-data.ts): cloud-init's data source VMware reads
 * guestinfo.userdata and guestinfo.metadata, each with its encoding
 * (https://cloudinit.readthedocs.io/en/latest/reference/datasources/vmware.html).
 */
import { replicaId, type Slot } from '../../api/identity';
import { hostNameOf, machineNameOf } from '../../api/naming';
import { adapterAddresses, hostPart } from '../../api/static-addresses';
import type { VmGroup } from '../../api/vm-group';
import { type Clock, sleep } from '../../time/clock';
import type { GuestDataError } from './guest-data-error';
import { refuseLarge } from './guest-data-limit';
import { ENCODING, encodedGuestData } from './guest-encoding';
import { GuestMetadata, refuseLargeMetadata } from './guest-metadata';
import { ignitionInfo } from './ignition-data';

const MOST_REFUSALS = 1_000;

const USER_DATA = 'spec.guest.cloudInit.userData';

/** Texts for one replica, before variables are replaced. */
export interface GuestTexts {
  readonly userData?: string;
  readonly metadata?: string;
  /** In the place of the others. */
  readonly ignition?: string;
}

/** The machine that the data is for. */
export interface GuestOf {
  readonly group: VmGroup;
  readonly slot: Slot;
  readonly clusterId: string;
  readonly instanceUuid: string;
  /** Name of the failure domain that it is made in. */
  readonly failureDomain?: string | undefined;
}

/**
 * Makes guest data of texts that people wrote, each in a turn of its own: between two of them the process renews its Lease
 * and hears of other groups, however many replicas and groups have such texts (R9).
 */
export class GuestDataMaker {
  readonly #metadata = new GuestMetadata();
  /** By the texts of a spec, as they are kept. */
  readonly #refusals = new Map<string, GuestDataError>();
  #lastTurn: Promise<void> = Promise.resolve();

  constructor(private readonly clock: Clock) {}

  /** Why texts that a spec has itself were refused before: for the next of hundreds of replicas they are not read again (R9). */
  refusalOf(cloudInit: object): GuestDataError | undefined {
    return this.#refusals.get(JSON.stringify(cloudInit));
  }

  refused(cloudInit: object, error: GuestDataError): void {
    if (this.#refusals.size >= MOST_REFUSALS) this.#refusals.clear();
    this.#refusals.set(JSON.stringify(cloudInit), error);
  }

  /** The extraConfig of a replica with guest data. Rejects with a GuestDataError. */
  async extraConfigOf(texts: GuestTexts, of: GuestOf, signal: AbortSignal): Promise<Readonly<Record<string, string>>> {
    const before = this.#lastTurn;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#lastTurn = promise;
    try {
      await before;
      await sleep(this.clock, 0, signal);
      return guestInfo(texts, of, this.#metadata);
    } finally {
      resolve();
    }
  }
}

/** The extraConfig of a replica with guest data. Throws a GuestDataError. */
export function guestInfo(texts: GuestTexts, of: GuestOf, known: GuestMetadata): Readonly<Record<string, string>> {
  const variables = variablesOf(of);
  if (texts.ignition !== undefined) return ignitionInfo(texts.ignition, (text) => replaced(text, variables));
  const metadata = replaced(known.completed(texts.metadata ?? ''), variables);
  refuseLargeMetadata(metadata);
  const extraConfig: Record<string, string> = {
    'guestinfo.metadata': encodedGuestData(metadata),
    'guestinfo.metadata.encoding': ENCODING,
  };
  if (texts.userData !== undefined) {
    // A variable may be eight times as long as its name: what is too large already is not made larger.
    refuseLarge(texts.userData, USER_DATA);
    const userData = replaced(texts.userData, variables);
    refuseLarge(userData, USER_DATA);
    extraConfig['guestinfo.userdata'] = encodedGuestData(userData);
    extraConfig['guestinfo.userdata.encoding'] = ENCODING;
  }
  return extraConfig;
}

type Variables = ReadonlyMap<string, string>;

function variablesOf({ group, slot, clusterId, instanceUuid, failureDomain }: GuestOf): Variables {
  const { name, namespace, uid } = group.metadata;
  return new Map([
    ['vm.name', machineNameOf(group, slot)],
    ['vm.id', replicaId(uid, slot)],
    ['vm.ordinal', String(slot.ordinal)],
    ['vm.hostname', hostNameOf(group, slot)],
    ['vm.instanceUuid', instanceUuid],
    ['vm.revision', slot.revision],
    ...(failureDomain === undefined ? [] : [['vm.failureDomain', failureDomain] as const]),
    ['group.name', name],
    ['group.namespace', namespace],
    ['cluster.name', clusterId],
    ...adapterAddresses(group.spec, slot.ordinal).flatMap(({ network, address }) =>
      address === undefined ? [] : [[`vm.address.${network}`, hostPart(address)] as const],
    ),
  ]);
}

/** Replaces known names only: $(hostname) in a shell script stays as it is. `$$(` gives `$(`. */
function replaced(text: string, variables: Variables): string {
  return text.replace(/\$(\$\(|\(([A-Za-z0-9.-]+)\))/g, (whole, rest: string, name: string | undefined) =>
    rest === '$(' ? '$(' : (name !== undefined && variables.get(name)) || whole,
  );
}
