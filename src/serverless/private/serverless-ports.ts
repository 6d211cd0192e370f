import { Port } from 'aws-cdk-lib/aws-ec2';
import { ServerlessEngineRow } from './serverless-table';

/** The ports of a serverless cache: one to read and write, the next to read only. */
export function portsOf(row: ServerlessEngineRow): Port {
  return Port.tcpRange(row.port, row.readerPort);
}
