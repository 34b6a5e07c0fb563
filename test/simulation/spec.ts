/** Specs as users write them, drawn. */
import type { VmGroupSpec } from '../../src/api/vm-group';
import type { Random } from '../../src/time/random';
import { oneOf } from '../model/vcenter';

export const NAMESPACE = 'shop';
export const NAMES = ['web', 'db', 'cache'] as const;

export function aSpec(random: Random): VmGroupSpec {
  return {
    cpu: oneOf([1, 2, 4], random),
    memory: oneOf([1, 2], random),
    replicas: Math.floor(random() * 5),
    template: 'vm-operator-template',
    powerState: random() < 0.85 ? 'PoweredOn' : 'PoweredOff',
    deletionPolicy: random() < 0.85 ? 'Delete' : 'Orphan',
    paused: false,
    minReadySeconds: 0,
    progressDeadlineSeconds: 600,
  };
}
