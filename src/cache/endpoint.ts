import { asText } from '../private/tokens';

/**
 * Where a client connects to: a host name and a port. The addresses behind the name change; clients keep the name.
 *
 * @example
 * new CfnOutput(this, 'Address', { value: cache.endpoint.socketAddress });
 */
export class Endpoint {
  /**
   * @param hostname the host name
   * @param port the port
   */
  public constructor(public readonly hostname: string, public readonly port: number) {}

  /** Host name and port with a colon between them. */
  public get socketAddress(): string {
    return `${this.hostname}:${asText(this.port)}`;
  }
}
