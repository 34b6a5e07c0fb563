import { expect, test } from 'vitest';
import { judge, type Mutation, type Term } from './judge';

/** Such as `a@5`: process a, at 5 ms. */
function parsed(text: string): readonly { readonly process: string; readonly atMs: number }[] {
  return text.split(' ').map((word) => {
    const [process = '', at] = word.split('@');
    return { process, atMs: Number(at) };
  });
}

const mutations = (text: string, vcenter = 'east'): readonly Mutation[] =>
  parsed(text).map((one) => ({ ...one, vcenter, method: 'CloneVM_Task' }));
const terms = (text: string, vcenter = 'east'): readonly Term[] =>
  parsed(text).map(({ process, atMs }) => ({ process, vcenter, acquiredMs: atMs }));
const kinds = (trace: string, leases: string) =>
  judge(mutations(trace), terms(leases)).offences.map(({ kind }) => kind);

test('R6: one writer after the other is no offence, and each change of the writer is a hand-over', () => {
  const { offences, handOvers } = judge(mutations('a@1 a@2 b@11 c@21 a@31'), terms('a@0 b@10 c@20 a@30'));
  expect(offences).toEqual([]);
  expect(handOvers).toBe(3);
});

test('R6: a change of the former leader after the first one of its successor is an offence', () => {
  expect(kinds('a@1 b@11 a@12 b@13', 'a@0 b@10')).toEqual(['AfterSuccessor']);
});

test('R6: it stays one although the former leader takes the Lease again later', () => {
  expect(kinds('a@1 b@11 a@12 a@21', 'a@0 b@10 a@20')).toEqual(['AfterSuccessor']);
});

test('R6: a change of the former leader after the hand-over is told, also before its successor changes something', () => {
  expect(kinds('a@1 a@10 b@12', 'a@0 b@10')).toEqual(['AfterHandOver']);
});

test('R6: a change of a process that held the Lease never, or not yet, is an offence', () => {
  expect(kinds('a@1 x@2', 'a@0 b@10')).toEqual(['NeverHeld']);
  expect(kinds('a@1 b@9', 'a@0 b@10')).toEqual(['NeverHeld']);
});

test('a process that takes the Lease again after a term without changes of another one may go on', () => {
  const { offences, handOvers } = judge(mutations('a@1 a@21 a@22'), terms('a@0 b@10 a@20'));
  expect(offences).toEqual([]);
  expect(handOvers).toBe(0);
});

test('each vCenter is judged by its own Lease', () => {
  const trace = [...mutations('a@1', 'east'), ...mutations('b@2', 'west'), ...mutations('a@3', 'east')];
  expect(judge(trace, [...terms('a@0', 'east'), ...terms('b@0', 'west')]).offences).toEqual([]);
  expect(judge(trace, terms('a@0', 'east')).offences.map(({ mutation }) => mutation.vcenter)).toEqual(['west']);
});
