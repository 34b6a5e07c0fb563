/** The vCenters that the planned groups belong to, each connected once. */
import type { CountedElsewhere } from '../../../vmgroup/observe/machine-usage';
import { RefusedLogins, VsphereError } from '../../../vsphere';
import type { CommandOptions } from '../command-options';
import { commandLogger, readVCenterObject, type VCenterReader, VCenterUnavailable } from '../reading';
import { type AccountSources, findAccount } from '../vcenters/account-source';
import type { KnownVCenter } from '../vcenters/vcenters-in-use';
import { type PlannedVCenter, readyVCenter, unavailable, unreachable } from './planned-vcenter';

export class VCenterSet {
  readonly #readers: VCenterReader[] = [];
  /** What a person should know of the accounts. */
  readonly notes: string[] = [];

  readonly #refusedLogins: RefusedLogins;

  constructor(
    private readonly options: CommandOptions,
    private readonly sources: AccountSources,
    /** Of kube-system. */
    private readonly uid: string,
    private readonly countedElsewhere: (name: string) => CountedElsewhere,
  ) {
    this.#refusedLogins = new RefusedLogins(options.clock, options.random);
  }

  /** All at the same time. One that cannot be read says so, and holds up its own groups only (R9). */
  async open(vcenters: readonly KnownVCenter[], signal: AbortSignal): Promise<ReadonlyMap<string, PlannedVCenter>> {
    const opened = vcenters.map(async (known) => {
      return [known.vcenter.metadata.name, await this.#open(known, signal)] as const;
    });
    return new Map(await Promise.all(opened));
  }

  async close(): Promise<void> {
    await Promise.all(this.#readers.map((reader) => reader.close()));
  }

  /** Of those that were asked. */
  get instances(): readonly { readonly name: string; readonly instanceUuid: string | undefined }[] {
    return this.#readers
      .map(({ name, status }) => ({
        name,
        instanceUuid: status.kind === 'Ready' ? status.about.instanceUuid : undefined,
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async #open({ vcenter }: KnownVCenter, signal: AbortSignal): Promise<PlannedVCenter> {
    const { flags, clock } = this.options;
    const { name } = vcenter.metadata;
    const account = await findAccount(vcenter, this.sources);
    if (account.kind === 'None') return unreachable(name, account.message);
    if (account.note !== undefined) this.notes.push(`VCenter ${name}: ${account.note}`);
    const logger = commandLogger(flags.logLevel, clock, this.options.log);
    let reader: VCenterReader;
    try {
      reader = readVCenterObject({
        ...{ ...this.options, refusedLogins: this.#refusedLogins },
        ...{ vcenter, credentials: account.credentials, logger },
      });
    } catch (error) {
      // A proxy that cannot be used.
      if (error instanceof VsphereError) return unreachable(name, error.message);
      throw error;
    }
    this.#readers.push(reader);
    try {
      return await readyVCenter(
        reader,
        this.uid,
        this.countedElsewhere(name),
        { clock, timeoutMs: flags.timeoutMs },
        signal,
      );
    } catch (error) {
      if (error instanceof VCenterUnavailable) return unavailable(reader, error, clock);
      throw error;
    }
  }
}
