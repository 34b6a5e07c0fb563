import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { expect, test } from 'vitest';
import { aChart, errorOf, manifestOf, WEB } from '../../test/support/builders/group-chart';
import { EAST } from '../../test/support/builders/vcenter-chart';
import { VCenter, VCenterReference, VmGroup } from '.';

test('a group names a VCenter of the app, which is written before it', () => {
  const chart = aChart();
  const team = new Construct(chart, 'team');
  const vcenter = VCenterReference.fromVCenter(new VCenter(chart, 'east', EAST));
  new VmGroup(team, 'web', { ...WEB, vcenter });
  expect(chart.toJson()).toMatchObject([{ kind: 'VCenter' }, { spec: { vcenterRef: { name: 'east' } } }]);
});

test('a VCenter of another chart makes no dependency, for which cdk8s would put numbers into the names of files', () => {
  const app = new App();
  const vcenter = new VCenter(new Chart(app, 'platform'), 'east', EAST);
  const shop = new Chart(app, 'shop');
  new VmGroup(shop, 'web', { ...WEB, vcenter: VCenterReference.fromVCenter(vcenter) });
  expect(shop.node.findAll().flatMap(({ node }) => node.dependencies)).toEqual([]);
});

test('a group names an object of that kind, or a VCenter that the app does not make', () => {
  const object = new ApiObject(aChart(), 'west', {
    apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
    kind: 'VCenter',
    metadata: { name: 'west' },
  });
  for (const vcenter of [VCenterReference.fromVCenter(object), VCenterReference.fromName('west')])
    expect(manifestOf({ vcenter })).toMatchObject({ spec: { vcenterRef: { name: 'west' } } });
});

test('an object of another kind is refused', () => {
  const group = new VmGroup(aChart(), 'web', WEB);
  expect(errorOf(() => VCenterReference.fromVCenter(group))).toBe(
    'Error: [store/web] is a VmGroup: give a VCenter, or VCenterReference.fromName with the name of one',
  );
});

test('a name that no VCenter has is refused at synth', () => {
  expect(errorOf(() => manifestOf({ vcenter: VCenterReference.fromName('(env)') }))).toContain(
    '[store/web] spec.vcenterRef.name is "(env)": give lower-case letters',
  );
});
