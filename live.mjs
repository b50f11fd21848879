import { WebSocket } from 'ws';
import net from 'node:net';
const URL_ = process.argv[2];
const H = { 'content-type': 'application/json', 'x-trainyard-csrf': '1' };
class P {
  cookie = '';
  async ask(query, variables = {}) {
    const r = await fetch(`${URL_}/graphql`, { method: 'POST', headers: { ...H, ...(this.cookie && { cookie: this.cookie }) }, body: JSON.stringify({ query, variables }) });
    const set = r.headers.getSetCookie(); if (set.length) this.cookie = set.map((c) => c.split(';')[0]).join('; ');
    const text = await r.text(); let j; try { j = JSON.parse(text); } catch { throw new Error(r.status + text.slice(0, 200)); }
    if (j.errors) { const e = new Error(JSON.stringify(j.errors.map((x) => [x.extensions?.code, x.message, x.extensions?.params])).slice(0, 400)); e.code = j.errors[0].extensions?.code; throw e; }
    return j.data;
  }
  async in(email, password) { await this.ask('mutation($e:String!,$p:String!){signIn(email:$e,password:$p){user{id}}}', { e: email, p: password }); return this; }
  socket() {
    const ws = new WebSocket(URL_.replace('http', 'ws') + '/graphql', 'graphql-transport-ws', { headers: { cookie: this.cookie, origin: URL_ } });
    const s = { ws, got: new Map(), closed: null, ready: null };
    s.ready = new Promise((ok, no) => { ws.on('open', () => ws.send(JSON.stringify({ type: 'connection_init' }))); ws.on('message', (m) => { const d = JSON.parse(m); if (d.type === 'connection_ack') ok(); else if (d.type === 'ping') ws.send('{"type":"pong"}'); else { if (!s.got.has(d.id)) s.got.set(d.id, []); s.got.get(d.id).push(d); } }); ws.on('close', (c, r) => { s.closed = [c, String(r)]; no(new Error('closed ' + c + r)); }); ws.on('error', no); });
    s.sub = (id, query, variables) => ws.send(JSON.stringify({ id, type: 'subscribe', payload: { query, variables } }));
    return s;
  }
}
const wait = (ms) => new Promise((r) => setTimeout(r, ms));
const owner = await new P().in('demo@trainyard.local', 'trainyard-demo');
const tag = Math.random().toString(36).slice(2, 6).toUpperCase().replace(/[0-9]/g, 'X');
const { roles, datasets } = await owner.ask('{roles{id} datasets(first:50){nodes{id name kind state}}}').catch(() => owner.ask('{roles{id} datasets(first:50){nodes{id name kind}}}'));
console.log('datasets', datasets.nodes.map((d) => d.name + ' ' + d.kind).join('; '));
const mk = async (n) => { const { createUser } = await owner.ask('mutation($i:CreateUserInput!){createUser(input:$i){id}}', { i: { email: `${n}-${tag}@x.test`, name: n, orgRole: 'MEMBER', password: 'a good long pass phrase' } }); return { id: createUser.id, p: await new P().in(`${n}-${tag}@x.test`, 'a good long pass phrase') }; };
const bob = await mk('bob'); const eve = await mk('eve');
const { createTeam: team } = await owner.ask('mutation($n:String!){createTeam(name:$n){id}}', { n: 'T' + tag });
const join = async (u) => (await owner.ask('mutation($i:AddMembershipInput!){addMembership(input:$i){id version}}', { i: { allocation: 50, roleId: roles[0].id, teamId: team.id, teamRole: 'MEMBER', userId: u.id, fromDate: null, toDate: null } })).addMembership;
const m = await join(bob);
const { createProject: pr } = await owner.ask('mutation($i:CreateProjectInput!){createProject(input:$i){id boards{id columns{id}}}}', { i: { boardKind: 'KANBAN', key: 'P' + tag, name: 'secret', teamId: team.id, visibility: 'PRIVATE' } });
const col = pr.boards[0].columns[0].id;
const tk = async (title) => (await owner.ask('mutation($i:CreateTicketInput!){createTicket(input:$i){id}}', { i: { columnId: col, title, type: 'TASK' } })).createTicket.id;
const ticket = await tk('first secret');
const comp = datasets.nodes.find((d) => d.kind === 'SYNTHETIC');
const q = async (epochs) => (await owner.ask('mutation($i:QueueRunInput!){queueRun(input:$i){id}}', { i: { ticketId: ticket, datasetId: comp.id, engine: 'AUTO', template: process.env.TPL ?? 'NET_2_3_1', parameters: { batchSize: 16, checkpointEveryEpochs: 1000, dropout: 0, epochs, hiddenUnits: [], l2: 0, learningRate: 0.1, optimizer: 'SGD', schedule: 'CONSTANT', seed: 1, targetColumn: null, validationSplit: 0, warmupSteps: 0 } } })).queueRun.id;
const run = await q(10000);
const KINDS = { projectEvents: ['subscription($p:ID!){projectEvents(projectId:$p,since:0){seq reset tickets{title runs{number dataset{name runs(first:5){nodes{ticket{title}}}}}} activities{action} comments{body} runs{number}}}', { p: pr.id }], runCards: ['subscription($p:ID!){runCards(projectId:$p){id number phase elapsedMs}}', { p: pr.id }], runProgress: ['subscription($r:ID!){runProgress(runId:$r){__typename}}', { r: run }] };
// before: a stranger to the project
const es = eve.p.socket(); await es.ready; for (const [k, [query, v]] of Object.entries(KINDS)) es.sub(k, query, v);
const bs = bob.p.socket(); await bs.ready; for (const [k, [query, v]] of Object.entries(KINDS)) bs.sub(k, query, v);
await wait(4000); await tk('second secret'); await wait(1500);
const show = (s) => JSON.stringify([...s.got].map(([k, ds]) => [k, ds.length, ds.at(-1).type, JSON.stringify(ds.at(-1).payload ?? null).slice(0, 160)]));
console.log('EVE', show(es)); console.log('BOB before', show(bs));
await owner.ask('mutation($i:ID!,$v:Int!){removeMembership(id:$i,version:$v)}', { i: m.id, v: m.version });
await wait(1500); const mark = Object.fromEntries([...bs.got].map(([k, d]) => [k, d.length]));
const t3 = await tk('third secret'); await owner.ask('mutation($t:ID!){addComment(ticketId:$t,body:"whisper"){id}}', { t: t3 }); await wait(4000);
console.log('BOB after removal', JSON.stringify([...bs.got].map(([k, d]) => [k, d.slice(mark[k]).map((x) => [x.type, JSON.stringify(x.payload ?? null).slice(0, 200)])])), 'last before', show(bs));
for (const query of [`{project(id:"${pr.id}"){id}}`, `{ticket(id:"${t3}"){id}}`, `{run(id:"${run}"){id}}`, `{tickets(projectId:"${pr.id}",search:"secret"){totalCount}}`, `{board(id:"${pr.boards[0].id}"){id}}`, `{column(id:"${col}"){id}}`, `{dataset(id:"${comp.id}"){runs(first:50){totalCount nodes{ticket{title}}}}}`, `{team(id:"${team.id}"){id}}`, `{projects{name}}`]) console.log('BOB', query.slice(0, 60), await bob.p.ask(query).then((d) => JSON.stringify(d).slice(0, 160), (e) => e.message.slice(0, 120)));
// nested within queries: runners and their current attempts
// flood of subscriptions
const fs = owner.socket(); await fs.ready; const t0 = performance.now();
for (let i = 0; i < 4000; i++) fs.sub('s' + i, KINDS.projectEvents[0], KINDS.projectEvents[1]);
const t1 = performance.now(); await eve.p.ask('{viewer{user{id}}}'); console.log('query beside 4000 subscriptions', Math.round(performance.now() - t1), 'ms'); await wait(5000);
const types = {}; for (const ds of fs.got.values()) { const t = ds[0].type + ' ' + (ds[0].payload?.[0]?.extensions?.code ?? ''); types[t] = (types[t] ?? 0) + 1; } console.log('4000 subscriptions:', types, fs.closed, Math.round(performance.now() - t0)); fs.ws.close();
// a socket nobody reads
const us = owner.socket(); await us.ready; us.sub('u', KINDS.projectEvents[0], KINDS.projectEvents[1]); await wait(500); us.ws._socket.pause();
let worst = 0; for (let i = 0; i < 600 && us.closed === null; i++) { const b = performance.now(); await owner.ask('mutation($t:ID!,$b:String!){addComment(ticketId:$t,body:$b){id}}', { t: t3, b: 'x'.repeat(9000) }); worst = Math.max(worst, performance.now() - b); }
us.ws._socket.resume(); await wait(1500); console.log('unread socket:', us.closed, 'events', us.got.get('u')?.length, 'slowest comment', Math.round(worst), 'ms');
// throttle in other spellings
const forms = ['bob-' + tag + '@x.test', 'BOB-' + tag + '@X.TEST', 'ｂob-' + tag + '@x.test', 'bob-' + tag.toLowerCase() + '@x.test', 'b\u200bob-' + tag + '@x.test'];
const seen = []; for (let i = 0; i < 14; i++) seen.push(await new P().in(forms[i % forms.length], 'wrong password ' + i).then(() => 'IN', (e) => e.code)); console.log('throttle', seen.join(' '));
console.log('right password meanwhile', await new P().in(forms[0], 'a good long pass phrase').then(() => 'IN', (e) => e.message.slice(0, 150)));
await owner.ask('mutation($i:ID!){cancelRun(id:$i){id}}', { i: run }).catch((e) => console.log('cancel', e.message));
process.exit(0);
