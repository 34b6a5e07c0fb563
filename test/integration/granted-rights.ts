/** What the manifests let the operator's account do, and what of it the audit log shows. */
import type { AuditedRequest } from '../envtest/real-parts';
import type { Installation } from './installation';

/** One verb on one resource, for all namespaces or for one. */
export interface Right {
  /** Kind and name of the role, as in Role web/vm-operator. */
  readonly role: string;
  /** Undefined: all. */
  readonly namespace: string | undefined;
  readonly apiGroup: string;
  readonly resource: string;
  readonly verb: string;
  /** Undefined: each. */
  readonly name: string | undefined;
}

interface Rule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

interface Binding {
  readonly metadata: { readonly namespace?: string };
  readonly roleRef: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly { readonly kind: string; readonly name: string; readonly namespace?: string }[];
}

/** By all bindings that name the account itself. */
export async function grantedRights(here: Installation): Promise<readonly Right[]> {
  const { namespace, serviceAccount } = here.facts;
  const all = JSON.parse(await here.run('get', 'clusterrolebindings,rolebindings', '-A', '-o', 'json'));
  const bindings: readonly Binding[] = all.items;
  const isOurs = ({ subjects = [] }: Binding) =>
    subjects.some((one) => one.kind === 'ServiceAccount' && one.name === serviceAccount && one.namespace === namespace);
  const rights = bindings.filter(isOurs).map(async ({ metadata, roleRef }) => {
    const where = roleRef.kind === 'Role' ? ['-n', metadata.namespace ?? ''] : [];
    const role = JSON.parse(await here.run('get', roleRef.kind, roleRef.name, ...where, '-o', 'json'));
    const title = [roleRef.kind, metadata.namespace, roleRef.name].filter((part) => part !== undefined).join(' ');
    return (role.rules as readonly Rule[]).flatMap((rule) => rightsOf(rule, title, metadata.namespace));
  });
  return (await Promise.all(rights)).flat();
}

function rightsOf(rule: Rule, role: string, namespace: string | undefined): readonly Right[] {
  const { apiGroups = [], resources = [], resourceNames, verbs } = rule;
  return apiGroups.flatMap((apiGroup) =>
    resources.flatMap((resource) =>
      verbs.flatMap((verb) =>
        (resourceNames ?? [undefined]).map((name) => ({ role, namespace, apiGroup, resource, verb, name })),
      ),
    ),
  );
}

export function covers(right: Right, request: AuditedRequest): boolean {
  return (
    right.verb === request.verb &&
    right.apiGroup === request.apiGroup &&
    right.resource === request.resource &&
    (right.namespace === undefined || right.namespace === request.namespace) &&
    (right.name === undefined || right.name === request.name)
  );
}

/** Rights without which each request would have been allowed all the same, one line each. */
export function unusedRights(rights: readonly Right[], requests: readonly AuditedRequest[]): readonly string[] {
  const coverers = requests.map((request) => rights.filter((right) => covers(right, request)));
  const isNeeded = (right: Right) => coverers.some((covering) => covering.length === 1 && covering[0] === right);
  return rights.filter((right) => !isNeeded(right)).map(rightInWords);
}

function rightInWords({ role, verb, apiGroup, resource, name }: Right): string {
  return `${role}: ${verb} ${apiGroup === '' ? '' : `${apiGroup}/`}${resource}${name === undefined ? '' : ` ${name}`}`;
}

export function requestInWords({ verb, path, code }: AuditedRequest): string {
  return `${verb} ${path}: ${code}`;
}
