/** The dashboard of the operator: from the question whether all is well, down to where it is not. */
import {
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { atAGlance } from './at-a-glance';
import { ofGroups } from './of-groups';
import { ofLimits } from './of-limits';
import { ofTheProcess } from './of-the-process';
import { ofVCenters } from './of-vcenters';

/** Stays the same, so that links to the dashboard keep working. */
const UID = 'codeconnect-vm-operator';

export function dashboard(): DashboardBuilder {
  const built = new DashboardBuilder('Virtual machine groups')
    .uid(UID)
    .description('Groups of virtual machines on vCenter, and the operator that keeps them')
    .tags(['codeconnect-vm-operator', 'vsphere'])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .refresh('30s')
    .time({ from: 'now-3h', to: 'now' })
    .timezone('browser')
    .withVariable(new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'))
    .withVariable(choice('job', 'Operator', 'vm_operator_build_info'))
    .withVariable(choice('vcenter', 'vCenter', 'vsphere_connected{job=~"$job"}'));
  // Links to one panel have its id.
  let id = 0;
  const nextId = () => {
    id += 1;
    return id;
  };
  for (const panel of atAGlance()) built.withPanel(panel.id(nextId()));
  const sections = { Groups: ofGroups(), vCenter: ofVCenters(), Limits: ofLimits(), Operator: ofTheProcess() };
  for (const [title, panels] of Object.entries(sections)) {
    built.withRow(new RowBuilder(title).id(nextId()));
    for (const panel of panels) built.withPanel(panel.id(nextId()));
  }
  return built;
}

/** A choice among the values of the label that has the name of the variable. */
function choice(name: string, label: string, series: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource({ type: 'prometheus', uid: '$datasource' })
    .query(`label_values(${series}, ${name})`)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ selected: true, text: 'All', value: '$__all' });
}
