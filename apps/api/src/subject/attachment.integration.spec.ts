import { ATTACHMENT_BYTES_MAX, ATTACHMENT_NAME_MAX, ATTACHMENT_UNDO_EACH, ATTACHMENTS_EACH } from '@trainyard/domain';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { inTwo, untilArriving } from '../../test/arriving.ts';
import { attach } from '../../test/attach.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { buildProject, buildTicket, memberOf, putInState, seqOf, type BuiltProject, type BuiltTicket } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import { keepHouse } from '../../test/housekeeping.ts';
import { Subscriber } from '../../test/subscriber.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { row, rows } from '../platform/sql/database.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000001', 'hex');
const READ = 'query ($id: ID!) { ticket(id: $id) { version attachmentCount attachments { id ticketId name mediaType size url author { name } } } }';
const DELETE = 'mutation ($id: ID!) { deleteAttachment(id: $id) }';
const RESTORE = 'mutation ($id: ID!) { restoreAttachment(id: $id) { id name } }';
interface Read {
  ticket: { version: number; attachmentCount: number; attachments: { id: string; name: string; url: string }[] };
}

let trainyard: TestTrainyard;
let project: BuiltProject;
let ticket: BuiltTicket;
let author: GraphqlClient;
let lead: GraphqlClient;

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
afterAll(() => trainyard.stop());
beforeEach(async () => {
  project = await buildProject(trainyard, { visibility: 'PRIVATE' });
  ticket = await buildTicket(trainyard, { project });
  author = (await memberOf(trainyard, project)).client;
  lead = (await memberOf(trainyard, project, 'LEAD')).client;
});

const read = async (client = author): Promise<Read['ticket']> => (await client.ask<Read>(READ, { id: ticket.id })).ticket;
const names = async (): Promise<string[]> => (await read()).attachments.map(({ name }) => name);
const download = (client: GraphqlClient, url: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${trainyard.url}${url}`, { headers: { ...client.headers, ...headers } });
const codeOf = async (response: Response): Promise<string> => ((await response.json()) as { code: string }).code;
const fileOf = (bytes: Buffer): string => {
  const digest = createHash('sha256').update(bytes).digest('hex');
  return join(trainyard.config.dataDir, 'blobs', digest.slice(0, 2), digest);
};
/** All stored bytes are as old as unused ones must be, and all that was deleted can be brought back no more. */
const age = async (): Promise<void> => {
  await trainyard.database.direct.query(`UPDATE blob SET created_at = now() - interval '1 day'`);
  await trainyard.database.direct.query(`UPDATE attachment SET deleted_at = deleted_at - interval '25 hours' WHERE deleted_at IS NOT NULL`);
};

describe('a file that is attached', () => {
  it('is listed with its ticket, counted there, told in the log, and comes back byte by byte', async () => {
    const bytes = randomBytes(300_000);
    const since = await seqOf(trainyard, project.id);
    const added = await attach(author, ticket.id, bytes, { name: '../报告 (final).pdf' });
    expect(added).toMatchObject({ status: 200, name: '报告 (final).pdf', mediaType: 'application/octet-stream', size: 300_000 });
    expect(await read()).toEqual({
      // Nobody's edit is stale because somebody attached a file.
      version: 1,
      attachmentCount: 1,
      attachments: [
        {
          id: added.id,
          ticketId: ticket.id,
          name: '报告 (final).pdf',
          mediaType: 'application/octet-stream',
          size: 300_000,
          url: `/attachments/${added.id}/${encodeURIComponent('报告 (final).pdf')}`,
          author: { name: expect.any(String) },
        },
      ],
    });
    const response = await download(lead, added.url);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
    expect(
      await rows(trainyard.database.direct, 'SELECT entity, action, ticket_id AS ticket, changes FROM activity WHERE scope = $1 AND seq > $2', [
        project.id,
        since,
      ]),
    ).toEqual([
      {
        entity: 'ATTACHMENT',
        action: 'CREATED',
        ticket: ticket.id,
        changes: { name: { from: null, to: '报告 (final).pdf' }, size: { from: null, to: 300_000 } },
      },
    ]);
  });

  it('is told to whoever has the ticket open', async () => {
    const subscriber = new Subscriber<{ attachments: { name: string }[]; tickets: { attachmentCount: number }[] }>(
      lead,
      'subscription ($p: ID!, $s: Int!) { projectEvents(projectId: $p, since: $s) { attachments { name } tickets { attachmentCount } } }',
      { p: project.id, s: await seqOf(trainyard, project.id) },
    );
    await subscriber.connected;
    await attach(author, ticket.id, 'x', { name: 'seen.txt' });
    await subscriber.until(({ events }) => events.some(({ attachments }) => attachments.length > 0));
    await subscriber.stop();
    expect(subscriber.events.at(-1)).toEqual({ attachments: [{ name: 'seen.txt' }], tickets: [{ attachmentCount: 1 }] });
  });

  it('is made once under an id of the client: again with the same bytes it is the first, with others it is refused', async () => {
    const id = randomUUID();
    const first = await attach(author, ticket.id, 'same', { id });
    expect(first).toMatchObject({ status: 200, id });
    expect(await attach(author, ticket.id, 'same', { id })).toEqual(first);
    expect(await attach(author, ticket.id, 'others', { id })).toMatchObject({ status: 409, code: 'ID_TAKEN' });
    expect(await read()).toMatchObject({ attachmentCount: 1, attachments: [{ id }] });
    expect(await attach(author, ticket.id, 'same', { id: 'mine' })).toMatchObject({ code: 'BAD_INPUT', params: { reason: 'NOT_AN_ID' } });
  });

  it('is stored once with others of the same bytes, which stay when it goes', async () => {
    const bytes = randomBytes(100);
    const [first, second] = [await attach(author, ticket.id, bytes), await attach(lead, ticket.id, bytes)];
    await author.ask(DELETE, { id: first.id });
    await age();
    await keepHouse(trainyard);
    expect(Buffer.from(await (await download(author, second.url)).arrayBuffer())).toEqual(bytes);
    await lead.ask(DELETE, { id: second.id });
    await age();
    await keepHouse(trainyard);
    expect(existsSync(fileOf(bytes))).toBe(false);
  });
});

describe('a download', () => {
  it.each([
    ['of the greatest length', `${'n'.repeat(251)}.txt`],
    ['of the greatest length in Chinese', `${'训练日志'.repeat(62)}.txt`],
    ['that Windows does not take', `a:b*c?"d<e>f|g.txt`],
    ['that looks like an address', 'a%2Fb#c?d=e&f+g.txt'],
  ])('has a name %s', async (_, name) => {
    const { url } = await attach(author, ticket.id, name, { name });
    const answer = await download(author, url);
    expect([answer.status, await answer.text()]).toEqual([200, name]);
    expect(decodeURIComponent(answer.headers.get('content-disposition')!.split("filename*=UTF-8''")[1]!)).toBe(name);
  });

  it('runs nothing in a browser: what is no image of pixels is saved, whatever it is called', async () => {
    const page = '<!DOCTYPE html><script>alert(1)</script>';
    for (const [name, body] of [
      ['page.html', page],
      ['page.png', page],
      ['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ] as const) {
      const { url } = await attach(author, ticket.id, body, { name });
      const { headers } = await download(author, url);
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename="${name}"; filename*=UTF-8''${name}`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringMatching(/^default-src 'none'.*sandbox$/),
      });
    }
  });

  it('shows an image by what its bytes are', async () => {
    const { url, mediaType } = await attach(author, ticket.id, PNG, { name: 'page.html' });
    expect(mediaType).toBe('image/png');
    const { headers } = await download(author, url);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': `inline; filename="page.html"; filename*=UTF-8''page.html`,
      'content-security-policy': expect.stringMatching(/sandbox$/),
    });
  });

  it('finds a file by its address, however long its name is', async () => {
    for (const letter of ['a', '报', '😀']) {
      const name = letter.repeat(Math.floor(ATTACHMENT_NAME_MAX / letter.length));
      expect((await download(author, (await attach(author, ticket.id, 'x', { name })).url)).status).toBe(200);
    }
  });

  it('asks for rights each time, also of a browser that kept the bytes', async () => {
    const { user, client } = await memberOf(trainyard, project, 'VIEWER');
    const { url } = await attach(author, ticket.id, 'x');
    const first = await download(client, url);
    expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
    const kept = { 'if-none-match': first.headers.get('etag') as string };
    expect((await download(client, url, kept)).status).toBe(304);
    await trainyard.database.direct.query('DELETE FROM membership WHERE user_id = $1', [user.id]);
    const after = await download(client, url, kept);
    expect([after.status, await codeOf(after), after.headers.get('cache-control')]).toEqual([404, 'NOT_FOUND', 'no-store']);
  });

  it('answers alike for what is not there, is deleted, or may not be known', async () => {
    const stranger = (await someone(trainyard)).client;
    const [there, gone, lost] = [await attach(author, ticket.id, 'a'), await attach(author, ticket.id, 'b'), await attach(author, ticket.id, 'c')];
    await author.ask(DELETE, { id: gone.id });
    const told = async (client: GraphqlClient, url: string) => {
      const response = await download(client, url);
      return [response.status, await response.json()];
    };
    const nothing = await told(stranger, `/attachments/${randomUUID()}/plan.txt`);
    expect(nothing).toMatchObject([404, { code: 'NOT_FOUND' }]);
    expect(await told(stranger, there.url)).toEqual(nothing);
    expect(await told(author, gone.url)).toEqual(nothing);
    expect(await told(author, '/attachments/x/plan.txt')).toEqual(nothing);
    await author.ask('mutation ($id: ID!) { deleteTicket(id: $id, version: 1) { id } }', { id: ticket.id });
    expect(await told(author, lost.url)).toEqual(nothing);
    expect((await download(trainyard.client(), there.url)).status).toBe(401);
  });
});

describe('a file on its way', () => {
  const stored = async (): Promise<unknown> => rows(trainyard.database.direct, 'SELECT digest FROM blob ORDER BY digest');

  it('is refused before a byte is stored where it may not be attached', async () => {
    const before = await stored();
    const viewer = (await memberOf(trainyard, project, 'VIEWER')).client;
    expect(await attach(viewer, ticket.id, randomBytes(10))).toMatchObject({ status: 403, code: 'FORBIDDEN', params: { permission: 'attachment.write' } });
    expect(await attach((await someone(trainyard)).client, ticket.id, randomBytes(10))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect(await attach(trainyard.client(), ticket.id, randomBytes(10))).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect(await attach(author, 'x', randomBytes(10))).toMatchObject({ status: 404 });
    await trainyard.database.transaction((tx) => putInState(tx, project.id, 'ARCHIVED'));
    expect(await attach(author, ticket.id, randomBytes(10))).toMatchObject({ status: 409, code: 'PROJECT_READ_ONLY' });
    expect(await stored()).toEqual(before);
  });

  it('is refused when its project was archived meanwhile, and its bytes are swept', async () => {
    const late = randomBytes(50_000);
    const archive = () => trainyard.database.transaction((tx) => putInState(tx, project.id, 'ARCHIVED'));
    expect(await attach(author, ticket.id, inTwo(trainyard, late, archive))).toMatchObject({ code: 'PROJECT_READ_ONLY' });
    await age();
    await keepHouse(trainyard);
    expect(existsSync(fileOf(late))).toBe(false);
  });

  it('that breaks off leaves nothing behind', async () => {
    const before = await stored();
    const url = new URL(`${trainyard.url}/attachments/ticket/${ticket.id}?name=half.bin`);
    const sending = request(url, {
      method: 'POST',
      headers: { ...author.headers, 'content-type': 'application/octet-stream', 'content-length': String(1_000_000) },
    });
    sending.on('error', () => undefined);
    sending.write(randomBytes(100_000));
    await untilArriving(trainyard);
    sending.destroy();
    await untilArriving(trainyard, (files) => files === 0);
    expect(await stored()).toEqual(before);
    expect(await read()).toMatchObject({ attachmentCount: 0, attachments: [] });
  });

  it('may be as large as the limit and no larger, said or not, and not empty', async () => {
    expect(await attach(author, ticket.id, new Uint8Array(ATTACHMENT_BYTES_MAX))).toMatchObject({ status: 200, size: ATTACHMENT_BYTES_MAX });
    const tooLarge = { status: 413, code: 'TOO_LARGE', params: { limit: ATTACHMENT_BYTES_MAX } };
    expect(await attach(author, ticket.id, new Uint8Array(ATTACHMENT_BYTES_MAX + 1))).toMatchObject(tooLarge);
    const unsaid = ReadableStream.from([new Uint8Array(ATTACHMENT_BYTES_MAX), new Uint8Array(1)]);
    expect(await attach(author, ticket.id, unsaid)).toMatchObject(tooLarge);
    expect(await attach(author, ticket.id, new Uint8Array(0))).toMatchObject({ code: 'BAD_INPUT', params: { reason: 'EMPTY' } });
    expect(await read()).toMatchObject({ attachmentCount: 1 });
  });

  it('needs a name, without folders and without what cannot be seen', async () => {
    for (const name of ['', '/', '..', 'a/'])
      expect(await attach(author, ticket.id, 'x', { name })).toMatchObject({ code: 'BAD_INPUT', params: { field: 'name', reason: 'EMPTY' } });
    expect(await attach(author, ticket.id, 'x', { name: 'a\u0000b' })).toMatchObject({ code: 'BAD_INPUT', params: { reason: 'CONTROL_CHARACTER' } });
    expect(await attach(author, ticket.id, 'x', { name: 'n'.repeat(256) })).toMatchObject({ code: 'BAD_INPUT', params: { reason: 'TOO_LONG' } });
    expect(await attach(author, ticket.id, 'x', { name: 'n'.repeat(255) })).toMatchObject({ status: 200 });
  });

  it(`finds room for ${ATTACHMENTS_EACH} of a ticket, also of many at once, and for one that is sent again`, async () => {
    const ids = Array.from({ length: ATTACHMENTS_EACH + 2 }, () => randomUUID());
    const answers = [];
    for (let i = 0; i < ids.length; i += 13) answers.push(...(await Promise.all(ids.slice(i, i + 13).map((id) => attach(author, ticket.id, id, { id })))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(ATTACHMENTS_EACH);
    const refused = { code: 'BAD_INPUT', params: { field: 'file', reason: 'TOO_MANY', max: ATTACHMENTS_EACH } };
    expect(answers.filter(({ status }) => status !== 200)).toMatchObject([refused, refused]);
    expect(await read()).toMatchObject({ attachmentCount: ATTACHMENTS_EACH });
    const [first] = (await read()).attachments;
    expect(await attach(author, ticket.id, first?.id ?? '', { id: first?.id })).toMatchObject({ status: 200, id: first?.id });
    // One that was deleted needs room to come back.
    await author.ask(DELETE, { id: first?.id });
    expect(await attach(author, ticket.id, 'x')).toMatchObject({ status: 200 });
    expect((await author.send(RESTORE, { id: first?.id })).errors[0]?.extensions).toEqual(refused);
  });

  it('are so many at once for a person', async () => {
    const held = Promise.withResolvers<void>();
    const { uploadsPerPerson } = trainyard.config.limits;
    const slow = () =>
      ReadableStream.from(
        (async function* () {
          yield new Uint8Array(2_000);
          await held.promise;
        })(),
      );
    const under = Array.from({ length: uploadsPerPerson }, () => attach(author, ticket.id, slow()));
    await untilArriving(trainyard, (files) => files === uploadsPerPerson);
    expect(await attach(author, ticket.id, 'x')).toMatchObject({ code: 'TOO_MANY_CONNECTIONS', params: { reason: 'UPLOADS' } });
    expect(await attach(lead, ticket.id, 'x')).toMatchObject({ status: 200 });
    held.resolve();
    await Promise.all(under);
    expect(await attach(author, ticket.id, 'y')).toMatchObject({ status: 200 });
  });
});

describe('a deleted file', () => {
  it('comes back as it was, and is told of both ways', async () => {
    const { id, url } = await attach(author, ticket.id, 'kept', { name: 'kept.txt' });
    await attach(author, ticket.id, 'other', { name: 'other.txt' });
    await author.ask(DELETE, { id });
    expect([await names(), (await read()).attachmentCount]).toEqual([['other.txt'], 1]);
    expect((await author.send(DELETE, { id })).codes).toEqual(['NOT_FOUND']);
    expect((await read()).attachmentCount).toBe(1);
    for (const _ of [1, 2]) expect(await author.ask(RESTORE, { id })).toEqual({ restoreAttachment: { id, name: 'kept.txt' } });
    expect([await names(), (await read()).attachmentCount]).toEqual([['kept.txt', 'other.txt'], 2]);
    expect(await (await download(author, url)).text()).toBe('kept');
    const history = await rows<{ action: string; changes: { restored?: unknown } }>(
      trainyard.database.direct,
      'SELECT action, changes FROM activity WHERE entity_id = $1 ORDER BY seq',
      [id],
    );
    expect(history.map(({ action, changes }) => [action, changes.restored !== undefined])).toEqual([
      ['CREATED', false],
      ['DELETED', false],
      ['CREATED', true],
    ]);
  });

  it('is deleted and brought back by its author or a lead, and by nobody else', async () => {
    const { id } = await attach(author, ticket.id, 'x');
    const other = (await memberOf(trainyard, project)).client;
    expect((await other.send(DELETE, { id })).codes).toEqual(['FORBIDDEN']);
    await lead.ask(DELETE, { id });
    expect((await other.send(RESTORE, { id })).codes).toEqual(['FORBIDDEN']);
    await author.ask(RESTORE, { id });
    await trainyard.database.transaction((tx) => putInState(tx, project.id, 'ARCHIVED'));
    expect((await author.send(DELETE, { id })).codes).toEqual(['PROJECT_READ_ONLY']);
  });

  it(`is one of ${ATTACHMENT_UNDO_EACH} of its author on a ticket that can come back: what was deleted first is gone for good, and nothing of others`, async () => {
    const bytes = randomBytes(70);
    const other = (await memberOf(trainyard, project)).client;
    const elsewhere = await buildTicket(trainyard, { project });
    const [first, second, there] = [await attach(author, ticket.id, 'first'), await attach(author, ticket.id, bytes), await attach(author, ticket.id, 'there')];
    const [theirs, apart] = [await attach(other, ticket.id, 'theirs'), await attach(author, elsewhere.id, 'apart')];
    await other.ask(DELETE, { id: theirs.id });
    for (const { id } of [apart, first, second]) await author.ask(DELETE, { id });
    for (let i = 2; i < ATTACHMENT_UNDO_EACH; i++) await author.ask(DELETE, { id: (await attach(author, ticket.id, `${i}`)).id });
    await author.ask(RESTORE, { id: first.id });
    // Deleted last now, and the second first.
    await author.ask(DELETE, { id: first.id });
    await author.ask(DELETE, { id: (await attach(author, ticket.id, 'one more')).id });
    expect((await author.send(RESTORE, { id: second.id })).codes).toEqual(['NOT_FOUND']);
    await trainyard.database.direct.query(`UPDATE blob SET created_at = now() - interval '1 day'`);
    await keepHouse(trainyard);
    expect(existsSync(fileOf(bytes))).toBe(false);
    for (const [client, id] of [
      [author, first.id],
      [author, apart.id],
      [other, theirs.id],
    ] as const)
      expect(await client.ask(RESTORE, { id })).toMatchObject({ restoreAttachment: { id } });
    expect((await read()).attachments.map(({ id }) => id)).toEqual([first.id, there.id, theirs.id]);
  });

  it('keeps its bytes while it can come back, and then it is gone with them', async () => {
    const bytes = randomBytes(60);
    const { id } = await attach(author, ticket.id, bytes);
    await author.ask(DELETE, { id });
    await trainyard.database.direct.query(`UPDATE blob SET created_at = now() - interval '1 day'`);
    await keepHouse(trainyard);
    expect(existsSync(fileOf(bytes))).toBe(true);
    await age();
    await keepHouse(trainyard);
    expect(existsSync(fileOf(bytes))).toBe(false);
    expect((await author.send(RESTORE, { id })).codes).toEqual(['NOT_FOUND']);
  });
});

it('files are counted in what a project holds, and erased with it', async () => {
  const bytes = randomBytes(1_234);
  const { id } = await attach(author, ticket.id, bytes);
  await attach(author, ticket.id, bytes);
  const admin = (await someone(trainyard, 'ADMIN')).client;
  const { project: holds } = await admin.ask<{ project: { contents: object } }>('query ($id: ID!) { project(id: $id) { contents { files bytes } } }', {
    id: project.id,
  });
  expect(holds.contents).toEqual({ files: 1, bytes: 1_234 });
  await trainyard.database.transaction((tx) => putInState(tx, project.id, 'DELETED', 365));
  await age();
  await keepHouse(trainyard);
  expect(await row(trainyard.database.direct, 'SELECT id FROM attachment WHERE id = $1', [id])).toBeNull();
  expect(await row(trainyard.database.direct, 'SELECT id FROM project WHERE id = $1', [project.id])).toBeNull();
  await age();
  await keepHouse(trainyard);
  expect(existsSync(fileOf(bytes))).toBe(false);
});
