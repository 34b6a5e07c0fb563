/**
 * How requests to the two forms of the REST API look, and what their answers mean: `/rest` (6.5 and later) wraps each value, `/api`
 * (7.0 U2 and later) does not (docs/vsphere.md#tags).
 */
import type { RestAnswer } from '../transport/rest-transport';
import { transportError, VsphereError } from '../vim25/vsphere-error';

export type RestBase = 'api' | 'rest';

export const SESSION_PATHS: Readonly<Record<RestBase, string>> = {
  api: '/api/session',
  rest: '/rest/com/vmware/cis/session',
};

export function restPath(
  base: RestBase,
  { resource, id, action }: { readonly resource: string; readonly id?: string; readonly action?: string },
): string {
  const isRest = base === 'rest';
  const service = isRest ? '/rest/com/vmware/cis/tagging' : '/api/cis/tagging';
  // The second form has this id in the body only.
  const isInBody = !isRest && action === 'list-tags-for-category';
  const object = id === undefined || isInBody ? '' : `/${isRest ? 'id:' : ''}${segment(id)}`;
  const query = action === undefined ? '' : `?${isRest ? '~' : ''}action=${action}`;
  return `${service}/${resource}${object}${query}`;
}

/** An id such as urn:vmomi:InventoryServiceTag:…:GLOBAL keeps its colons. */
function segment(id: string): string {
  return encodeURIComponent(id).replaceAll('%3A', ':');
}

/** Undefined for an answer without a value. Throws a VsphereError MalformedResponse. */
export function restValue({ text }: RestAnswer, base: RestBase, what: string): unknown {
  if (text.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw transportError('MalformedResponse', `the answer to ${what} is no JSON`, 'Unknown', { cause: error });
  }
  if (base === 'api') return value;
  return isRecord(value) ? value.value : undefined;
}

/** The failure that a status of 400 and more tells, with the words of vCenter. */
export function restError(server: string, what: string, answer: RestAnswer): VsphereError {
  const { status, retryAfterMs } = answer;
  const words = wordsOf(answer.text);
  const told = words === undefined ? `status ${status}` : `${words} (status ${status})`;
  const message = `${server} refuses ${what}: ${told}`;
  if (status === 401) return new VsphereError('NotAuthenticated', message, 'Refused');
  if (status === 403) return new VsphereError('NoPermission', message, 'Refused');
  if (status === 404) return new VsphereError('NotFound', message, 'Refused');
  if (status === 429 || status === 503)
    return transportError('Unavailable', message, 'Refused', retryAfterMs === undefined ? {} : { retryAfterMs });
  if (status >= 500) return transportError('Unavailable', message, 'Unknown');
  return new VsphereError('InvalidArgument', message, 'Refused');
}

const LONGEST_WORDS = 200;

/** The first message of vCenter, else the type of its error. */
function wordsOf(text: string): string | undefined {
  try {
    const whole: unknown = JSON.parse(text);
    const error = isRecord(whole) && isRecord(whole.value) ? whole.value : whole;
    if (!isRecord(error)) return undefined;
    const [first] = Array.isArray(error.messages) ? error.messages : [];
    const message = isRecord(first) ? first.default_message : undefined;
    const type = isRecord(whole) ? (whole.error_type ?? whole.type) : undefined;
    const words = [message, type].find((one) => typeof one === 'string' && one !== '');
    return typeof words === 'string' ? words.slice(0, LONGEST_WORDS) : undefined;
  } catch {
    // A page of a proxy in between.
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
