import type { VmGroupSpecUpdateStrategy } from '../../imports/vmgroup';
import type { Amount } from './amount';
import type { Written } from './written';

/** How a change of `cpu`, `memory` or `hardware` reaches a running replica. Where the machine allows it, it grows while powered on. */
export enum ResizePolicy {
  /** A change that is not possible hot waits until somebody powers the replica off. */
  HOT_ADD_ONLY = 'HotAddOnly',
  /** For a change that is not possible hot, replicas are restarted, at most `maxUnavailable` at once. */
  POWER_CYCLE = 'PowerCycle',
  /** For a change that is not possible hot, replicas are replaced by new ones. */
  REPLACE = 'Replace',
}

/** Options of a strategy that leaves outdated replicas alone. */
export interface OnDeleteOptions {
  /**
   * How a change of `cpu` or `memory` reaches a running replica.
   *
   * @default ResizePolicy.POWER_CYCLE
   */
  readonly resizePolicy?: ResizePolicy;

  /**
   * Any text of 1 to 64 characters, such as a date. A change makes the replicas outdated, although nothing else has changed.
   *
   * @default - none
   */
  readonly restartToken?: string;
}

/** Options of a strategy that replaces outdated replicas automatically. */
export interface RollingUpdateOptions {
  /**
   * How many replicas may exist beyond `replicas`; a percentage is rounded up. With more than 0, new replicas are made
   * beside the old ones. If `maxUnavailable` is 0 as well, an old one is removed only when a new one is available, so
   * ready for `minReady`. vCenter needs room for the extra replicas.
   *
   * @default Amount.absolute(0)
   */
  readonly maxSurge?: Amount;

  /**
   * How many replicas may be unavailable at once; a percentage is rounded down. If both amounts round to 0, it is 1.
   * Restarts for a change of size count. It cannot be 0 while `maxSurge` is 0.
   *
   * @default Amount.absolute(1)
   */
  readonly maxUnavailable?: Amount;

  /**
   * How a change of `cpu` or `memory` reaches a running replica.
   *
   * @default ResizePolicy.POWER_CYCLE
   */
  readonly resizePolicy?: ResizePolicy;

  /**
   * Any text of 1 to 64 characters, such as a date. A change replaces the replicas, although nothing else has changed: the
   * template may have new content under the same name.
   *
   * @default - none
   */
  readonly restartToken?: string;
}

/** How a change of template, placement, networks or guest data reaches existing replicas. */
export class UpdateStrategy {
  /**
   * Replaces outdated replicas automatically, some at a time.
   * @param options how many at a time
   */
  public static rollingUpdate(options: RollingUpdateOptions = {}): UpdateStrategy {
    return new UpdateStrategy('RollingUpdate', options);
  }

  /**
   * Leaves outdated replicas alone until somebody deletes them in vCenter.
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
    const { maxSurge, maxUnavailable, resizePolicy, restartToken } = this.options;
    return {
      type: this.type,
      rollingUpdate:
        maxSurge === undefined && maxUnavailable === undefined
          ? undefined
          : { maxSurge: maxSurge?._toJson(), maxUnavailable: maxUnavailable?._toJson() },
      resizePolicy: resizePolicy === undefined ? undefined : (`${resizePolicy}` as const),
      restartToken,
    };
  }
}
