/** R15: how a refusal by an allow-list is told, and what an administrator does about it. */
import { nameList } from './name-list';
import { quotedName } from './quoted-name';
import type { TenantPolicy } from './tenant-policy';

type Source = Pick<TenantPolicy, 'source'>;

/** `patterns`: the allow-list. */
export function refusalBy({ source }: Source, patterns: readonly string[] = []): string {
  const allowed = patterns.length === 0 ? 'none' : nameList(patterns.map(quotedName));
  return `is not allowed by ${source}, which allows ${allowed}`;
}

/** `list`: its field below spec.allowed of the VCenter. */
export function remedyBy({ source }: Source, list: string): string {
  return `have an administrator add it to spec.allowed.${list} of ${source}`;
}
