import type { VmGroupSpecUpdateStrategy } from '../../imports/vmgroup';
import type { Amount } from './amount';
import type { Written } from './written';

/** How a change of `cpu` or `memory` reaches a replica that runs. Growth is hot where the machine allows it. */
export enum ResizePolicy {
  /** What is not possible hot waits until the replica is switched off by somebody. */
  HOT_ADD_ONLY = 'HotAddOnly',
  /** For what is not possible hot, replicas are restarted, within `maxUnavailable`. */
  POWER_CYCLE = 'PowerCycle',
  /** For what is not possible hot, replicas are replaced by new ones. */
  REPLACE = 'Replace',
}

/** Options of a strategy that leaves outdated replicas alone. */
export interface OnDeleteOptions {
  /**
   * How a change of `cpu` or `memory` reaches a replica that runs.
   *
   * @default ResizePolicy.POWER_CYCLE
   */
  readonly resizePolicy?: ResizePolicy;
}

/** Options of a strategy that replaces outdated replicas by itself. */
export interface RollingUpdateOptions {
  /**
   * How many replicas may exist beyond `replicas`; a percentage is rounded up. With more than 0 the successor is ready
   * before its predecessor goes. It needs room, and quota, for the extra replicas.
   *
   * @default Amount.absolute(0)
   */
  readonly maxSurge?: Amount;

  /**
   * How many replicas may be away at once; a percentage is rounded down, and 1 if both amounts round to 0. Restarts for
   * a change of size count. It cannot be 0 while `maxSurge` is 0.
   *
   * @default Amount.absolute(1)
   */
  readonly maxUnavailable?: Amount;

  /**
   * How a change of `cpu` or `memory` reaches a replica that runs.
   *
   * @default ResizePolicy.POWER_CYCLE
   */
  readonly resizePolicy?: ResizePolicy;
}

/** How a change of template, placement, networks or guest data reaches replicas that exist. */
export class UpdateStrategy {
  /**
   * Replaces outdated replicas by itself, some at a time.
   * @param options how many at a time
   */
  public static rollingUpdate(options: RollingUpdateOptions = {}): UpdateStrategy {
    return new UpdateStrategy('RollingUpdate', options);
  }

  /**
   * Leaves outdated replicas until somebody deletes them in vCenter.
   * @param options how a change of size is handled
   */
  public static onDelete(options: OnDeleteOptions = {}): UpdateStrategy {
    return new UpdateStrategy('OnDelete', options);
  }

  private constructor(
    private readonly type: VmGroupSpecUpdateStrategy['type'],
    private readonly options: RollingUpdateOptions,
  ) {}

  /**
   * The field spec.updateStrategy.
   * @internal
   */
  public _toJson(): Written<VmGroupSpecUpdateStrategy> {
    const { maxSurge, maxUnavailable, resizePolicy } = this.options;
    return {
      type: this.type,
      rollingUpdate:
        maxSurge === undefined && maxUnavailable === undefined
          ? undefined
          : { maxSurge: maxSurge?._toJson(), maxUnavailable: maxUnavailable?._toJson() },
      resizePolicy: resizePolicy === undefined ? undefined : (`${resizePolicy}` as const),
    };
  }
}
