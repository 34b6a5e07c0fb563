import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { vCenterCrd } from '../../imports/vcenter-crd';
import { vmGroupCrd } from '../../imports/vmgroup-crd';
import { standardLabels } from './standard-labels';

/**
 * The CustomResourceDefinitions of the operator's kinds. They are a construct of their own, and in our charts a file of
 * their own, because they outlive the operator. Deleting a CRD deletes every VmGroup of the cluster. The operator takes
 * this for an uninstall and leaves all virtual machines as they are, but no VmGroup manages them any more. So
 * annotations tell Helm and Argo CD to keep the CRDs when the operator is uninstalled.
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
    for (const crd of [vmGroupCrd, vCenterCrd]) {
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
