import type { VmGroupSpecReadiness } from '../../imports/vmgroup';
import type { Written } from './written';

/** What a guest has to show in addition. */
export interface ReadinessOptions {
  /**
   * Values that the guest itself has to set, by the key without `guestinfo.`, at most 8, such as `{ ready: 'true' }` for
   * `vmware-rpctool "info-set guestinfo.ready true"`. Let the guest take them back as it boots.
   *
   * @default - none
   */
  readonly guestInfo?: { readonly [key: string]: string };
}

/** Which addresses make a replica ready. */
export interface IpAddressReadinessOptions extends ReadinessOptions {
  /**
   * Name of an entry of the group's networks: only addresses of its adapter count.
   *
   * @default - those of every adapter
   */
  readonly network?: string;
}

/** When a replica counts as ready. Each kind includes the ones before it. */
export class Readiness {
  /**
   * The replica is powered on and its host is connected.
   * @param options what the guest has to show in addition
   */
  public static poweredOn(options: ReadinessOptions = {}): Readiness {
    return new Readiness('PoweredOn', options);
  }

  /**
   * In addition VMware Tools run in the guest.
   * @param options what the guest has to show in addition
   */
  public static toolsRunning(options: ReadinessOptions = {}): Readiness {
    return new Readiness('ToolsRunning', options);
  }

  /**
   * In addition the guest reports an address that is not link-local.
   * @param options which addresses count
   */
  public static ipAddress(options: IpAddressReadinessOptions = {}): Readiness {
    return new Readiness('IPAddress', options);
  }

  private constructor(
    private readonly type: VmGroupSpecReadiness['type'],
    private readonly options: IpAddressReadinessOptions,
  ) {}

  /**
   * The field spec.readiness.
   * @internal
   */
  public _toJson(): Written<VmGroupSpecReadiness> {
    const { network, guestInfo } = this.options;
    return {
      type: this.type,
      network,
      guestInfo: guestInfo && Object.entries(guestInfo).map(([key, value]) => ({ key, value })),
    };
  }
}
