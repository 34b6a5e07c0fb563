import { vCenterCrd } from '../../imports/vcenter-crd';
import { vmGroupCrd } from '../../imports/vmgroup-crd';

/** The part of a schema that tells which code can read a value. */
export interface Shape {
  readonly type?: string;
  readonly format?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
}

/** What the check of stored objects needs of a CRD. */
export interface KindSchema {
  readonly kind: string;
  /** As in `kubectl explain vg`. */
  readonly shortName: string;
  readonly specFields: readonly string[];
  readonly status: Shape | undefined;
}

export const VM_GROUP_SCHEMA = kindSchema(vmGroupCrd, 'vg');
export const VCENTER_SCHEMA = kindSchema(vCenterCrd, 'vc');

function kindSchema({ spec }: typeof vmGroupCrd, shortName: string): KindSchema {
  const [version] = spec.versions as readonly { readonly schema: { readonly openAPIV3Schema: Shape } }[];
  const fields = version?.schema.openAPIV3Schema.properties;
  return {
    kind: spec.names.kind,
    shortName,
    specFields: Object.keys(fields?.spec?.properties ?? {}),
    status: fields?.status,
  };
}
