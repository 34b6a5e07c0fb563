import type { Duration } from 'cdk8s';
import type { VmGroupSpecPowerOff } from '../../imports/vmgroup';
import type { Written } from './written';

/** Power state of a group of virtual machines. */
export enum PowerState {
  /** Every replica runs. */
  POWERED_ON = 'PoweredOn',
  /** Every replica is kept, powered off. */
  POWERED_OFF = 'PoweredOff',
}

/** How long a guest operating system may take to shut down. */
export interface GuestShutdownOptions {
  /**
   * How long the guest may take to shut down, whole seconds from 1 second to 1 hour.
   *
   * @default Duration.minutes(5)
   */
  readonly timeout?: Duration;
}

/** How replicas are powered off: for the group's power state, for a change of size, and before they are destroyed. */
export class PowerOff {
  /** Powers off at once, without asking the guest. */
  public static hard(): PowerOff {
    return new PowerOff('Hard', undefined);
  }

  /**
   * Asks the guest to shut down. If no VMware Tools run in it, or it takes too long, the replica waits for a person.
   * @param options how long the guest is given
   */
  public static soft(options: GuestShutdownOptions = {}): PowerOff {
    return new PowerOff('Soft', options.timeout);
  }

  /**
   * Asks the guest to shut down. If no VMware Tools run in it, or it takes too long, it is powered off.
   * @param options how long the guest is given
   */
  public static trySoft(options: GuestShutdownOptions = {}): PowerOff {
    return new PowerOff('TrySoft', options.timeout);
  }

  private constructor(
    private readonly mode: VmGroupSpecPowerOff['mode'],
    private readonly timeout: Duration | undefined,
  ) {}

  /**
   * The field spec.powerOff.
   * @internal
   */
  public _toJson(
    seconds: (field: string, duration: Duration | undefined) => number | undefined,
  ): Written<VmGroupSpecPowerOff> {
    return { mode: this.mode, timeoutSeconds: seconds('spec.powerOff.timeoutSeconds', this.timeout) };
  }
}
