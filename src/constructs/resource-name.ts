import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';

/**
 * Name of a Secret or ConfigMap. An ApiObject has it, a construct of cdk8s-plus too, also one that is only imported and
 * has no ApiObject.
 */
export function nameOfResource(resource: IConstruct): string {
  if ('name' in resource && typeof resource.name === 'string') return resource.name;
  return ApiObject.of(resource).name;
}
