import { parseArgs } from 'node:util';

/** What is measured after the creation and a start, in this order. */
export const STEPS = ['idle', 'scale', 'template', 'delete'] as const;
export type Step = (typeof STEPS)[number];

/** The size of a run, and what is measured. */
export interface ScaleOptions {
  readonly groups: number;
  /** Per group. */
  readonly replicas: number;
  /** All machines of the vCenter: those of the groups, and others that are foreign to the operator. */
  readonly machines: number;
  /** The speed limit of the model: each clone takes so long, and so many run at once. */
  readonly cloneMs: number;
  readonly cloneSlots: number;
  readonly idleMinutes: number;
  readonly steps: ReadonlySet<Step>;
}

/** Of `npm run bench -- scale`. Throws for a flag that does not exist or a value that is no number. */
export function scaleOptions(args: readonly string[]): ScaleOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      groups: { type: 'string', default: '500' },
      replicas: { type: 'string', default: '20' },
      machines: { type: 'string', default: '20000' },
      'clone-ms': { type: 'string', default: '1000' },
      'clone-slots': { type: 'string', default: '32' },
      'idle-minutes': { type: 'string', default: '1' },
      steps: { type: 'string', default: STEPS.join(',') },
    },
  });
  const number = (name: 'groups' | 'replicas' | 'machines' | 'clone-ms' | 'clone-slots' | 'idle-minutes') => {
    const value = Number(values[name]);
    if (!Number.isFinite(value) || value <= 0) throw new Error(`--${name}: "${values[name]}" is not a number above 0`);
    return value;
  };
  const [groups, replicas, machines] = [number('groups'), number('replicas'), number('machines')];
  if (machines < groups * replicas)
    throw new Error(`--machines ${machines}: the groups alone have ${groups * replicas}; name as many or more`);
  const steps = values.steps.split(',').map((word) => {
    const step = STEPS.find((one) => one === word);
    if (step === undefined) throw new Error(`--steps: "${word}" is none of ${STEPS.join(', ')}`);
    return step;
  });
  return {
    ...{ groups, replicas, machines },
    cloneMs: number('clone-ms'),
    cloneSlots: number('clone-slots'),
    idleMinutes: number('idle-minutes'),
    steps: new Set(steps),
  };
}
