import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { vmGroupCrd } from '../../imports/vmgroup-crd';
import { standardLabels } from './standard-labels';

/**
 * The CustomResourceDefinitions of the operator's kinds. They are a construct, and in our charts a file, of their own,
 * because their life is longer than the operator's: whoever deletes a CRD deletes every VmGroup of the cluster and,
 * while the operator still runs, their virtual machines. Helm and Argo CD are told to keep them on an uninstall.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 * @see https://helm.sh/docs/howto/charts_tips_and_tricks/#tell-helm-not-to-uninstall-a-resource
 */
export class VmOperatorCrds extends Construct {
  /**
   * Defines the CRDs.
   * @param scope the construct to define them in
   * @param id name of the construct, unique in the scope
   */
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    for (const crd of [vmGroupCrd]) {
      new ApiObject(this, crd.spec.names.kind, {
        ...crd,
        metadata: {
          name: crd.metadata.name,
          labels: standardLabels('crds'),
          annotations: {
            'helm.sh/resource-policy': 'keep',
            'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
          },
        },
      });
    }
  }
}
