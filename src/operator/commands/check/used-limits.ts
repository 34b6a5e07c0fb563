/** Whether the limits of a VCenter are below what its machines use already. */
import {
  type Amount,
  amountOf,
  type Excess,
  excessOf,
  type Limits,
  type Most,
  NOTHING_USED,
  overrunOf,
} from '../../../vmgroup/model/limits';
import { nameList } from '../../../vmgroup/model/name-list';
import type { VirtualMachine } from '../../../vsphere';
import { type Finding, ok, warning } from './check-steps';

/** Machines with the marks of this cluster. */
export interface UsedNow {
  readonly total: Amount;
  readonly namespaces: ReadonlyMap<string, Amount>;
  readonly machines: readonly Pick<VirtualMachine, 'name' | 'numCpu' | 'memoryMiB'>[];
}

/** No line without limits. */
export function checkLimits({ perVM, perNamespace, total }: Limits, used: UsedNow): readonly Finding[] {
  if (perVM === undefined && perNamespace === undefined && total === undefined) return [];
  const findings = [
    ...overrun('total', total, 'all namespaces together use', used.total),
    ...[...used.namespaces].flatMap(([namespace, amount]) =>
      overrun('perNamespace', perNamespace, `namespace ${namespace} uses`, amount),
    ),
    ...tooLarge(perVM, used.machines),
  ];
  if (findings.length > 0) return findings;
  const { vms } = used.total;
  return [ok(`within the limits; machines of this cluster: ${vms}`)];
}

function overrun(scope: string, most: Most | undefined, who: string, used: Amount): readonly Finding[] {
  const excess = overrunOf(most, used);
  if (excess === undefined) return [];
  const { field, limit } = excess;
  return [
    warning(
      `spec.limits.${scope}.${field} is ${limit}, and ${who} ${figure(excess)}`,
      'nothing is removed, and nothing is added: raise the limit, or scale groups down',
    ),
  ];
}

function tooLarge(perVM: Limits['perVM'], machines: UsedNow['machines']): readonly Finding[] {
  const found = machines.flatMap((machine) => {
    const excess = excessOf(perVM, NOTHING_USED, amountOf(machine));
    return excess === undefined ? [] : [{ name: machine.name, excess }];
  });
  const [first] = found;
  if (first === undefined) return [];
  const { field, limit } = first.excess;
  return [
    warning(
      `spec.limits.perVM.${field} is ${limit}, and ${found.length === 1 ? '1 machine is' : `${found.length} machines are`} larger: ${nameList(found.map(({ name }) => name))}`,
      'they stay as they are, and are not replaced: raise the limit, or give their groups less',
    ),
  ];
}

/** With at most one digit behind the point. */
function figure({ need }: Excess): string {
  return String(Math.round(need * 10) / 10);
}
