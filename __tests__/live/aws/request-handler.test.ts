import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { clusterReader } from '../../../live/aws/cluster-reader';
import type { EksCluster } from '../../../model/derived/clusters';
import { accessWith, clusterOf } from '../../access-files';
import { type AwsStandIn, awsStandIn } from './aws-stand-in';

const environment = { ...process.env };
const sockets: Socket[] = [];
let aws: AwsStandIn;
let proxy: Server;
let asked: string[];

beforeAll(async () => {
  aws = await awsStandIn();
  proxy = createServer().on('connect', (request, socket) => {
    asked.push(String(request.url));
    const target = connect(Number(new URL(aws.environment.AWS_ENDPOINT_URL ?? '').port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      target.pipe(socket).pipe(target);
    });
    target.on('error', () => {});
    socket.on('error', () => {});
    sockets.push(target, socket as Socket);
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
});

beforeEach(() => {
  asked = [];
  process.env = { ...environment, ...aws.environment };
});

afterAll(async () => {
  process.env = environment;
  for (const socket of sockets) socket.destroy();
  proxy.close();
  await aws.close();
});

const cluster = clusterOf(accessWith(), 'prod') as EksCluster;

test('asks AWS through the proxy of the environment', async () => {
  process.env.AWS_ENDPOINT_URL = 'http://eks.example';
  process.env.HTTP_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  aws.state.accessEntries = ['one'];
  aws.state.refusals = [{ reason: 'oidc: token is expired', times: '2' }];

  expect(await clusterReader(cluster).accessEntries()).toEqual(['one']);
  expect(await clusterReader(cluster).refusals()).toEqual([{ reason: 'oidc: token is expired', times: 2 }]);
  await expect(clusterReader(cluster).cluster()).rejects.toMatchObject({ kind: 'not found' });
  expect(new Set(asked)).toEqual(new Set(['eks.example:80']));
});

test('says that the proxy does not answer', async () => {
  process.env.HTTP_PROXY = 'http://127.0.0.1:9';

  await expect(clusterReader(cluster).cluster()).rejects.toThrow('AWS did not answer: ');
});

test('asks AWS without one', async () => {
  aws.state.accessEntries = ['one'];

  expect(await clusterReader(cluster).accessEntries()).toEqual(['one']);
  expect(asked).toEqual([]);
});
