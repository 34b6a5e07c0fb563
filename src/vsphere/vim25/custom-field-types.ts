/** The vim25 data objects of custom attributes. */
import { objectType } from './describe';

/** `managedObjectType` is unset for an attribute of all objects. */
export const CustomFieldDef = objectType('CustomFieldDef', {
  key: 'int',
  name: 'string',
  type: 'string',
  managedObjectType: 'string?',
});
export const CustomFieldStringValue = objectType('CustomFieldStringValue', { key: 'int', value: 'string' });
