/** Whole answers of a vCenter, to be changed. */
import { envelope, soapFault } from '../support/https-server';
import { textOf } from './element';
import { DAMAGEABLE, machineRead, machineReadWithMissing } from './objects';

const response = (method: string, content: string) =>
  envelope(`<${method}Response xmlns="urn:vim25">${content}</${method}Response>`);
const update = DAMAGEABLE.map(({ filter, objects }) => {
  const set = objects.map(textOf).join('');
  return `<filterSet><filter type="PropertyFilter">filter-${filter}</filter>${set}</filterSet>`;
}).join('');
const service =
  '<rootFolder type="Folder">root</rootFolder><propertyCollector type="PropertyCollector">pc</propertyCollector>' +
  '<about><name>vc</name><fullName>vCenter 8</fullName><version>8.0.3</version><apiType>VirtualCenter</apiType>' +
  '<apiVersion>8.0.3.0</apiVersion></about>';

export const answerSeeds: readonly string[] = [
  response('WaitForUpdatesEx', `<returnval><version>1</version>${update}<truncated>false</truncated></returnval>`),
  response(
    'RetrievePropertiesEx',
    `<returnval>${textOf(machineRead('vm-a', 1))}${textOf(machineReadWithMissing('vm-b', 2))}</returnval>`,
  ),
  response('CreateFolder', '<returnval type="Folder">group-2</returnval>'),
  response('RetrieveServiceContent', `<returnval>${service}</returnval>`),
  response('Login', '<returnval><key>k</key><userName>u</userName><fullName>U</fullName></returnval>'),
  soapFault(
    'ServerFaultCode',
    'no room',
    '<NoDiskSpaceFault xsi:type="NoDiskSpace"><faultMessage><key>k</key><message>m</message></faultMessage>' +
      '<datastore>ds</datastore></NoDiskSpaceFault>',
  ),
];
