import type { VmGroupSpecReadiness } from '../../imports/vmgroup';
import type { Written } from './written';

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

  /** In addition the guest reports an address that is not link-local. */
  public static ipAddress(): Readiness {
    return new Readiness('IPAddress');
  }

  private constructor(private readonly type: VmGroupSpecReadiness['type']) {}

  /**
   * The field spec.readiness.
   * @internal
   */
  public _toJson(): Written<VmGroupSpecReadiness> {
    return { type: this.type };
  }
}
