import type { VmGroupSpecReadiness } from '../../imports/vmgroup';
import type { Written } from './written';

/** Which addresses make a replica ready. */
export interface IpAddressReadinessOptions {
  /**
   * Name of an entry of the group's networks: only addresses of its adapter count.
   *
   * @default - those of every adapter
   */
  readonly network?: string;
}

/** When a replica counts as ready. Each kind includes the ones before it. */
export class Readiness {
  /** The replica is powered on and its host is connected. */
  public static poweredOn(): Readiness {
    return new Readiness('PoweredOn');
  }

  /** In addition VMware Tools run in the guest. */
  public static toolsRunning(): Readiness {
    return new Readiness('ToolsRunning');
  }

  /**
   * In addition the guest reports an address that is not link-local.
   * @param options which addresses count
   */
  public static ipAddress(options: IpAddressReadinessOptions = {}): Readiness {
    return new Readiness('IPAddress', options.network);
  }

  private constructor(
    private readonly type: VmGroupSpecReadiness['type'],
    private readonly network?: string,
  ) {}

  /**
   * The field spec.readiness.
   * @internal
   */
  public _toJson(): Written<VmGroupSpecReadiness> {
    return { type: this.type, network: this.network };
  }
}
