import { expect, test } from 'vitest';
import { adoptionWorld, observedAdoption } from '../../../../test/support/builders/adoption-world';
import { aGroup } from '../../../../test/support/builders/observation';
import { adoptionDecision } from '../../../vmgroup/model/adoption-decision';
import { PromisedMachines } from './promised-machines';

const store = adoptionWorld('web-1', 'web-2');
const asking = (name: string, replicas: number, paused = false) => {
  const metadata = { ...aGroup().metadata, name, uid: `uid-of-${name}` };
  return observedAdoption(store, { adopt: { folder: 'by-hand' }, spec: { replicas, paused }, metadata });
};
const judged = (promised: PromisedMachines, name: string) => {
  const { take, refused } = adoptionDecision(promised.applyTo(asking(name, 2)));
  return { take: take.map(({ machine }) => machine.name), refused: refused.map(({ refusal }) => refusal) };
};

test('R1: a machine that an earlier group of the files takes is refused to a later one, by the name of the first', () => {
  const promised = new PromisedMachines();
  expect(judged(promised, 'api')).toEqual({ take: ['web-1', 'web-2'], refused: [] });
  promised.keep(promised.applyTo(asking('web', 1)));
  expect(judged(promised, 'api')).toEqual({
    take: ['web-2'],
    refused: [
      {
        code: 'OwnedByAnother',
        message:
          '/dc/vm/by-hand/web-1 goes to VmGroup shop/web, which comes before in the files: take it out of spec.adopt of one of them',
      },
    ],
  });
});

test('a paused group takes none, so a later one gets them', () => {
  const promised = new PromisedMachines();
  promised.keep(promised.applyTo(asking('web', 2, true)));
  expect(judged(promised, 'api').take).toEqual(['web-1', 'web-2']);
});
