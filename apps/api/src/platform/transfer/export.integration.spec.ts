import { buildProject, buildTickets, memberOf, type BuiltProject } from '../../../test/factories/board.ts';
import { someone } from '../../../test/factories/people.ts';
import type { GraphqlClient } from '../../../test/client.ts';
import { buildRun } from '../../../test/factories/training.ts';
import { TestTrainyard } from '../../../test/trainyard.ts';

describe('lists as files', () => {
  let trainyard: TestTrainyard;
  let secret: BuiltProject;
  let member: GraphqlClient;
  let stranger: GraphqlClient;
  const download = (client: GraphqlClient, path: string): Promise<Response> => fetch(`${trainyard.url}/export/${path}`, { headers: client.headers });
  const lines = async (client: GraphqlClient, path: string): Promise<string[]> => {
    const response = await download(client, path);
    expect(response.status).toBe(200);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    return bytes.subarray(3).toString().split('\r\n').slice(0, -1);
  };

  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
    secret = await buildProject(trainyard, { visibility: 'PRIVATE' });
    await buildTickets(trainyard, 1203, { project: secret });
    member = (await memberOf(trainyard, secret)).client;
    stranger = (await someone(trainyard)).client;
  });
  afterAll(() => trainyard.stop());

  it('are whole, in the order asked for, under names of fields', async () => {
    const found = await lines(member, `tickets.csv?columns=key,state,points,updated&query=${encodeURIComponent('sort:-key')}`);
    expect(found).toHaveLength(1204);
    expect(found[0]).toBe('key,state,points,updated');
    expect(found[1]).toMatch(new RegExp(`^${secret.key}-1203,[A-Z_]+,,\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$`));
    expect(found.slice(1).map((line) => Number(/-(\d+),/.exec(line)?.[1]))).toEqual(Array.from({ length: 1203 }, (_, i) => 1203 - i));
    const response = await download(member, 'tickets.csv?query=nothing-such');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="tickets.csv"');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('hold what their reader may read', async () => {
    expect(await lines(stranger, 'tickets.csv?columns=key')).toEqual(['key']);
    expect((await download(stranger, `tickets.csv?projectId=${secret.id}`)).status).toBe(404);
    await buildRun(trainyard);
    for (const name of ['runs', 'datasets', 'people']) expect((await lines(stranger, `${name}.csv`)).length).toBeGreaterThan(1);
    const [header, ...people] = await lines(stranger, 'people.csv?columns=email,name');
    expect(header).toBe('email,name');
    expect(people.filter((line) => !line.startsWith(','))).toHaveLength(1);
    expect((await lines(stranger, `runs.csv?columns=${encodeURIComponent('param.epochs,metric.accuracy')}`))[0]).toBe('param.epochs,metric.accuracy');
  });

  it('make no formula of a text', async () => {
    const project = await buildProject(trainyard);
    await buildTickets(trainyard, 1, { project, title: '=HYPERLINK("x")' });
    expect(await lines(member, `tickets.csv?columns=title&projectId=${project.id}`)).toEqual(['title', `"'=HYPERLINK(""x"") 1"`]);
  });

  it('are refused before their first byte', async () => {
    const told = async (path: string) => (await (await download(member, path)).json()) as object;
    expect(await told('tickets.csv?query=state:x')).toMatchObject({ code: 'BAD_INPUT', params: { field: 'query', reason: 'QUERY_UNKNOWN_WORD' } });
    expect(await told('tickets.csv?columns=secret')).toMatchObject({ code: 'BAD_INPUT', params: { field: 'columns' } });
    expect(await told('tickets.csv?query=a&query=b')).toMatchObject({ params: { reason: 'GIVEN_TWICE' } });
    expect(await told('nothing.csv')).toMatchObject({ code: 'NOT_FOUND' });
    expect((await fetch(`${trainyard.url}/export/tickets.csv`)).status).toBe(401);
  });

  it('give their connection back when their reader goes away', async () => {
    for (let i = 0; i < 6; i++) {
      const stop = new AbortController();
      const response = await fetch(`${trainyard.url}/export/tickets.csv`, { headers: member.headers, signal: stop.signal });
      await response.body?.getReader().read();
      stop.abort();
    }
    expect((await lines(member, 'tickets.csv?columns=key')).length).toBe(1204 + 2);
  });
});
