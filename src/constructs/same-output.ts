import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { shown } from './value-bounds';

/**
 * The first construct of some kind that is defined before this one and applied together with it: that is in the same chart,
 * or in the same app where its charts are not kept apart in the output. Charts of an app that have a file each may be for
 * different clusters.
 */
export function definedBefore(construct: IConstruct, isMeant: (other: IConstruct) => boolean): IConstruct | undefined {
  const chart = Chart.of(construct);
  const { yamlOutputType } = App.of(construct);
  const ofAllCharts = [YamlOutputType.FILE_PER_APP, YamlOutputType.FILE_PER_RESOURCE].includes(yamlOutputType);
  const all = construct.node.root.node.findAll();
  return all
    .slice(0, all.indexOf(construct))
    .find((other) => isMeant(other) && (ofAllCharts || Chart.of(other) === chart));
}

/** One line if an object of the same kind, namespace and name is defined before it: one of the two would be lost. */
export function problemsOfSameName(object: ApiObject): readonly string[] {
  const twin = definedBefore(
    object,
    (other) =>
      ApiObject.isApiObject(other) &&
      other.kind === object.kind &&
      other.apiGroup === object.apiGroup &&
      other.name === object.name &&
      other.metadata.namespace === object.metadata.namespace,
  );
  if (twin === undefined) return [];
  const { namespace } = object.metadata;
  const [place, remedy] =
    namespace === undefined ? ['', ''] : [` in namespace ${shown(namespace)}`, ', or another namespace'];
  return [
    `metadata.name is ${shown(object.name)}: ${twin.node.path.replace(/\/Default$/, '')} is a ${object.kind} of that name${place} too, ` +
      `and one would replace the other: give another name${remedy}`,
  ];
}
