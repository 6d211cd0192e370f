// Names, parameters and outputs for clients outside the app, for caches of every kind, owned and imported.
import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { HostedZone, IHostedZone } from 'aws-cdk-lib/aws-route53';
import {
  CacheCluster, CacheDnsNames, CacheEndpointOutputs, CacheEndpointParameters, CacheTopology, Endpoint, ICacheCluster, MemcachedCluster,
  ReplicationGroup,
} from '../../src';
import { acknowledge, errorOf, newStack, newVpc, parameter, propertiesOf, warningsOf } from '../support/cdk';

const RECORD = 'AWS::Route53::RecordSet';
const PARAMETER = 'AWS::SSM::Parameter';

function zoneIn(stack: Stack): IHostedZone {
  return HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'internal.example' });
}

function imported(stack: Stack, id = 'Legacy'): ICacheCluster {
  return ReplicationGroup.fromReplicationGroupAttributes(stack, id, {
    replicationGroupId: 'legacy', transitEncryption: false, endpoint: new Endpoint('legacy.example', 6380), readerEndpoint: new Endpoint('legacy-ro.example', 6381),
  });
}

/** What each published parameter or output holds, by the last part of its name. */
function published(stack: Stack): Record<string, unknown> {
  const parameters = Object.values(Template.fromStack(stack).findResources(PARAMETER));
  return Object.fromEntries(parameters.map(({ Properties }) => [Properties.Name, Properties.Value]));
}

describe('names in Route 53', () => {
  test('lead to the writer and the reader of a cache', () => {
    const stack = newStack();
    const cache = new CacheCluster(stack, 'Cache', { vpc: newVpc(stack) });
    const names = new CacheDnsNames(stack, 'Names', { cache, zone: zoneIn(stack), writerName: 'cache', readerName: 'cache-reader.internal.example' });

    const records = Object.values(Template.fromStack(stack).findResources(RECORD)).map(({ Properties }) => Properties);
    expect(records.map(({ Name, Type, TTL, ResourceRecords }) => [Name, Type, TTL, ResourceRecords[0]['Fn::GetAtt'][1]])).toEqual([
      ['cache.internal.example.', 'CNAME', '60', 'PrimaryEndPoint.Address'],
      ['cache-reader.internal.example.', 'CNAME', '60', 'ReaderEndPoint.Address'],
    ]);
    expect([names.endpoint.port, names.readerEndpoint?.port]).toEqual([6379, 6379]);
    expect(stack.resolve(names.endpoint.hostname)).toEqual({ Ref: expect.stringMatching(/^NamesWriter/) });
  });

  test('have the ttl that is asked for, and no reader unless it has a name', () => {
    const stack = newStack();
    const names = new CacheDnsNames(stack, 'Names', { cache: imported(stack), zone: zoneIn(stack), writerName: 'cache', ttl: Duration.seconds(5) });

    expect(propertiesOf(stack, RECORD)).toMatchObject({ TTL: '5', ResourceRecords: ['legacy.example'] });
    expect(names.readerEndpoint).toBeUndefined();
    expect(names.endpoint.port).toBe(6380);
  });

  test('warn where the certificate is for another name, which can be acknowledged, and not without TLS', () => {
    const stack = newStack();
    const zone = zoneIn(stack);
    const cache = new CacheCluster(stack, 'Cache', { vpc: newVpc(stack) });
    const loud = new CacheDnsNames(stack, 'Loud', { cache, zone, writerName: 'a' });
    const plain = new CacheDnsNames(stack, 'Plain', { cache: imported(stack), zone, writerName: 'b' });
    const quiet = new CacheDnsNames(stack, 'Quiet', { cache, zone, writerName: 'c' });
    acknowledge(quiet, 'DnsNameNotInCertificate');

    expect(warningsOf(loud).join()).toContain('a is not a name in the certificate of Stack/Cache');
    expect(warningsOf(plain)).toEqual([]);
    expect(warningsOf(quiet)).toEqual([]);
  });

  test('a reader name for Memcached says that it has no replicas, and makes nothing', () => {
    const stack = newStack();
    const cache = new MemcachedCluster(stack, 'Cache', { vpc: newVpc(stack) });
    const act = () => new CacheDnsNames(stack, 'Names', { cache, zone: zoneIn(stack), writerName: 'a', readerName: 'b' });

    expect(errorOf(act).message).toContain('replicas');
    expect(stack.node.tryFindChild('Names')).toBeUndefined();
  });

  test('take tokens', () => {
    const stack = newStack();
    const { string, ref } = parameter(stack, 'Host');
    const cache = ReplicationGroup.fromReplicationGroupAttributes(stack, 'Legacy', { replicationGroupId: 'legacy', endpoint: new Endpoint(string, 6379) });
    new CacheDnsNames(stack, 'Names', { cache, zone: zoneIn(stack), writerName: 'cache' });

    expect(propertiesOf(stack, RECORD).ResourceRecords).toEqual([ref]);
  });
});

describe('parameters and outputs', () => {
  test('hold all that a client of a cache with users needs', () => {
    const stack = newStack();
    const cache = new CacheCluster(stack, 'Cache', { vpc: newVpc(stack) });
    const { parameterNames } = new CacheEndpointParameters(stack, 'Parameters', { cache, path: '/orders/cache/', user: cache.applicationUser });

    const facts = published(stack);
    expect(Object.keys(facts)).toEqual(['host', 'port', 'tls', 'reader-host', 'reader-port', 'username', 'secret-arn'].map((name) => `/orders/cache/${name}`));
    expect(facts).toMatchObject({ '/orders/cache/port': '6379', '/orders/cache/tls': 'true', '/orders/cache/username': 'app' });
    expect(facts['/orders/cache/host']).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^CacheReplicationGroup/), 'PrimaryEndPoint.Address'] });
    expect(facts['/orders/cache/secret-arn']).toEqual({ Ref: expect.stringMatching(/Secret/) });
    expect(stack.resolve(parameterNames.host)).toEqual({ Ref: expect.stringMatching(/^ParametersHost/) });
  });

  test('leave out what a cache does not have', () => {
    const stack = newStack();
    const memcached = new CacheCluster(stack, 'Cache', { vpc: newVpc(stack), topology: CacheTopology.memcached() });
    const half = ReplicationGroup.fromReplicationGroupAttributes(stack, 'Half', { replicationGroupId: 'half', endpoint: new Endpoint('half.example', 6379) });
    new CacheEndpointParameters(stack, 'Memcached', { cache: memcached, path: '/memcached' });
    new CacheEndpointParameters(stack, 'Imported', { cache: half, path: '/half' });

    expect(Object.keys(published(stack))).toEqual([
      '/memcached/host', '/memcached/port', '/memcached/tls', '/half/host', '/half/port', '/half/tls',
    ]);
  });

  test('a serverless cache has another port to read', () => {
    const stack = newStack();
    const cache = new CacheCluster(stack, 'Cache', { vpc: newVpc(stack), topology: CacheTopology.serverless() });
    new CacheEndpointOutputs(stack, 'Outputs', { cache });

    const { Outputs } = Template.fromStack(stack).toJSON();
    expect(Object.keys(Outputs)).toEqual(['Host', 'Port', 'Tls', 'ReaderHost', 'ReaderPort'].map((name) => expect.stringMatching(`^Outputs${name}`)));
    const [, port,,, readerPort] = Object.values<any>(Outputs);
    expect(readerPort.Value).not.toEqual(port.Value);
  });

  test('are exported under the prefix alone', () => {
    const stack = newStack();
    new CacheEndpointOutputs(stack, 'Plain', { cache: imported(stack, 'A') });
    new CacheEndpointOutputs(stack, 'Exported', { cache: imported(stack, 'B'), exportPrefix: 'orders-cache' });

    const { Outputs } = Template.fromStack(stack).toJSON();
    const exported = Object.values<any>(Outputs).filter(({ Export }) => Export).map(({ Export, Value }) => [Export.Name, Value]);
    expect(exported).toEqual([
      ['orders-cache-Host', 'legacy.example'], ['orders-cache-Port', '6380'], ['orders-cache-Tls', 'false'],
      ['orders-cache-ReaderHost', 'legacy-ro.example'], ['orders-cache-ReaderPort', '6381'],
    ]);
    expect(Object.keys(Outputs)).toHaveLength(10);
  });
});
