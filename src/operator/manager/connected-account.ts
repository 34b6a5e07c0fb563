import type { VCenter } from '../../api/vcenter';
import { connectionSettingsOf } from '../../vcenter/connection-settings';
import { type Account, credentialsOf } from '../../vcenter/secret-account';
import type { VCenterWorld } from '../../vcenter/selection';
import { type CredentialsProvider, VsphereError } from '../../vsphere';

/**
 * The account that `connected` asks for at the time of a login. Throws a VsphereError CredentialsUnreadable unless the
 * object names the same server in the same way as when the connection was made, before the Secret is read and after: the
 * account may be that of another tenant by now, and is not for the former server (R10, R15).
 */
export function connectedAccount(
  connected: VCenter,
  vcenters: Pick<VCenterWorld['vcenters'], 'get'>,
  readAccount: (secretName: string) => Promise<Account>,
): CredentialsProvider {
  const { name, uid } = connected.metadata;
  const settings = connectionSettingsOf(connected);
  const present = (): VCenter => {
    const vcenter = vcenters.get(name);
    if (vcenter === undefined || vcenter.metadata.uid !== uid) throw unreadable(`VCenter "${name}" is gone`);
    if (connectionSettingsOf(vcenter) !== settings)
      throw unreadable(`the connection settings of VCenter "${name}" have changed: it is connected anew with them`);
    return vcenter;
  };
  return async () => {
    const account = await readAccount(present().spec.credentials.secretRef.name);
    present();
    return credentialsOf(account);
  };
}

function unreadable(message: string): VsphereError {
  return new VsphereError('CredentialsUnreadable', message, 'NotSent');
}
