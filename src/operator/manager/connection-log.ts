import type { VCenterConnection } from '../../vsphere';
import type { Logger } from '../telemetry/logger';

/** One line for each state of the connection to a vCenter. */
export function logConnection(logger: Logger, vcenter: string, status: VCenterConnection['status']): void {
  switch (status.kind) {
    case 'Ready': {
      const { fullName, instanceUuid } = status.about;
      logger.info('vCenter is ready', { vcenter, fullName, instanceUuid });
      return;
    }
    case 'Connecting':
      logger.debug('connecting to vCenter', { vcenter });
      return;
    case 'Failed':
      // The connection itself logs a failure once, with its remedy.
      logger.debug('vCenter is not connected', { vcenter, error: status.error.message });
  }
}
