import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';

/**
 * Name of a Secret or ConfigMap. An ApiObject has a name, and so has a construct of cdk8s-plus, even an imported one that
 * has no ApiObject.
 */
export function nameOfResource(resource: IConstruct): string {
  if ('name' in resource && typeof resource.name === 'string') return resource.name;
  return ApiObject.of(resource).name;
}
