import type { VmGroupSpecReadiness } from '../../imports/vmgroup';
import type { Written } from './written';

/** When a replica counts as ready. Each kind includes those before it. */
export class Readiness {
  /** It is switched on and its host is connected. */
  public static poweredOn(): Readiness {
    return new Readiness('PoweredOn');
  }

  /** Also VMware Tools run in the guest. */
  public static toolsRunning(): Readiness {
    return new Readiness('ToolsRunning');
  }

  /** Also the guest reports an address that is not link-local. */
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
