/** The second transport: node-vsphere-soap writes and parses the messages. The connections are those of the first. */
import type { HttpExchangeOptions } from '../http-exchange';
import { HttpTransport, openLine } from '../http-transport';
import { serverName } from '../server-address';
import { SoapCodec } from './soap-codec';

export class SoapTransport extends HttpTransport {
  constructor(options: HttpExchangeOptions) {
    super(openLine(options, new SoapCodec(`https://${serverName(options.address)}/sdk`)));
  }
}
