/** The second transport: calls go through node-vsphere-soap and `soap`, over the same connections as the first. */
import type { HttpExchangeOptions } from '../http-exchange';
import { HttpTransport, openLine } from '../http-transport';
import { serverName } from '../server-address';
import { SoapCodec } from './soap-codec';

export class SoapTransport extends HttpTransport {
  constructor(options: HttpExchangeOptions) {
    super(openLine(options, new SoapCodec(`https://${serverName(options.address)}/sdk`)));
  }
}
