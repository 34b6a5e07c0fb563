import { ApiObject, Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { KubeVCenter } from '../../imports/vcenter-construct';

/** The VCenter that a group is on. */
export class VCenterReference {
  /**
   * A VCenter of the app.
   * @param vcenter a `VCenter`, an `ApiObject` of that kind, or a construct around one. If it is in the chart of the group,
   * it is written before the group
   * @throws Error if it is an object of another kind
   */
  public static fromVCenter(vcenter: IConstruct): VCenterReference {
    const object = ApiObject.of(vcenter);
    if (object.kind === KubeVCenter.GVK.kind) return new VCenterReference(object.name, vcenter);
    throw new Error(
      `[${vcenter.node.path}] is a ${object.kind}: give a VCenter, or VCenterReference.fromName with the name of one`,
    );
  }

  /**
   * A VCenter that this app does not make.
   * @param name name of the VCenter
   */
  public static fromName(name: string): VCenterReference {
    return new VCenterReference(name, undefined);
  }

  private constructor(
    /** Name of the VCenter. */
    public readonly name: string,
    /** @internal */
    public readonly _vcenter: IConstruct | undefined,
  ) {}

  /**
   * Writes a VCenter of the same chart before the group. Those of other charts are left alone: for a dependency between
   * charts cdk8s puts numbers into the names of the files.
   * @internal
   */
  public _writeFirst(group: Construct): void {
    if (this._vcenter !== undefined && Chart.of(this._vcenter) === Chart.of(group))
      group.node.addDependency(this._vcenter);
  }
}
