import { ModulesContainer } from '@nestjs/core';
import { isInterfaceType, isObjectType } from 'graphql';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { buildOrganisation, someone } from '../../test/factories/people.ts';
import { Subscriber } from '../../test/subscriber.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { PUBLIC, RUNNER } from '../platform/actor.ts';

/** All that answers without a sign-in. Adding to this list is a decision; nothing else may. */
const PUBLIC_FIELDS = ['Mutation.setUp', 'Mutation.signIn', 'Query.setup'];
const PUBLIC_ROUTES = ['GET /health', 'GET /metrics'];

describe('every resolver and route', () => {
  let trainyard: TestTrainyard;
  const routes: { method: string; url: string }[] = [];
  beforeAll(async () => {
    trainyard = await TestTrainyard.start({}, (fastify: FastifyInstance) => {
      fastify.addHook('onRoute', (route: RouteOptions) => {
        for (const method of [route.method].flat()) if (method !== 'HEAD' && method !== 'OPTIONS') routes.push({ method, url: route.url });
      });
    });
    await buildOrganisation(trainyard);
  });
  afterAll(() => trainyard.stop());

  it('is marked public in exactly these places', () => {
    const marked: string[] = [];
    for (const module of trainyard.app.get(ModulesContainer).values()) {
      for (const { metatype } of [...module.providers.values(), ...module.controllers.values()]) {
        if (typeof metatype !== 'function' || !metatype.prototype) continue;
        const prototype = metatype.prototype as Record<string, unknown>;
        if (Reflect.getMetadata(PUBLIC, metatype)) marked.push(metatype.name);
        for (const name of Object.getOwnPropertyNames(prototype)) {
          const handler = Object.getOwnPropertyDescriptor(prototype, name)?.value as unknown;
          if (name !== 'constructor' && typeof handler === 'function' && Reflect.getMetadata(PUBLIC, handler)) marked.push(`${metatype.name}.${name}`);
        }
      }
    }
    expect([...new Set(marked)].toSorted()).toEqual(['AccessResolver.setUp', 'AccessResolver.setup', 'AccessResolver.signIn', 'HealthController']);
  });

  it('refuses every field of Query, Mutation and Subscription to a stranger, but the public ones, and every change to a token that may only read', async () => {
    const { app } = trainyard;
    const { schema } = (app.getHttpAdapter().getInstance() as unknown as { graphql: { schema: import('graphql').GraphQLSchema } }).graphql;
    const open: string[] = [];
    const changing: string[] = [];
    const { createAccessToken } = await (
      await someone(trainyard, 'OWNER')
    ).client.ask<{ createAccessToken: { secret: string } }>('mutation { createAccessToken(name: "reader", scopes: [READ]) { secret } }');
    const reader = trainyard.client();
    reader.token = createAccessToken.secret;
    let tried = 0;
    for (const [operation, root] of [
      ['query', schema.getQueryType()],
      ['mutation', schema.getMutationType()],
      ['subscription', schema.getSubscriptionType()],
    ] as const) {
      for (const field of Object.values(root?.getFields() ?? {})) {
        const required = field.args.filter((arg) => String(arg.type).endsWith('!') && arg.defaultValue === undefined);
        const values = required.map((arg) => `${arg.name}: ${literal(arg.type)}`).join(', ');
        let type: unknown = field.type;
        while (typeof type === 'object' && type !== null && 'ofType' in type) type = type.ofType;
        const selection = isObjectType(type) || isInterfaceType(type) ? '{ __typename }' : '';
        const document = `${operation} { ${field.name}${values ? `(${values})` : ''} ${selection} }`;
        const codes = operation === 'subscription' ? await subscribed(document) : (await trainyard.client().send(document)).codes;
        tried += 1;
        if (!codes.includes('UNAUTHENTICATED')) open.push(`${root?.name}.${field.name}`);
        // Refused by the guard, before anything of the input is looked at: what a mutation asks for itself may be too little.
        else if (operation === 'mutation' && !(await reader.send(document)).codes.includes('TOKEN_SCOPE')) changing.push(field.name);
      }
    }
    expect(open.toSorted()).toEqual(PUBLIC_FIELDS);
    expect(changing).toEqual([]);
    expect(tried).toBeGreaterThan(20);
  });

  const subscribed = async (document: string): Promise<string[]> => {
    const subscriber = new Subscriber(trainyard.client(), document, {});
    await subscriber.until(({ ended, events }) => ended !== null || events.length > 0);
    await subscriber.stop();
    return subscriber.ended ?? [];
  };

  it('refuses every HTTP route to a stranger, but the public ones', async () => {
    const open: string[] = [];
    for (const { method, url } of routes) {
      if (url === '/graphql') continue;
      const response = await fetch(`${trainyard.url}${url.replaceAll(/:\w+/g, '00000000-0000-4000-8000-000000000000')}`, {
        method,
        headers: { 'x-trainyard-csrf': '1', ...(method === 'GET' ? {} : { 'content-type': 'application/json' }) },
        body: method === 'GET' ? undefined : '{}',
      });
      if (response.status !== 401) open.push(`${method} ${url}`);
    }
    expect(open.toSorted()).toEqual(PUBLIC_ROUTES);
    expect(routes.length).toBeGreaterThan(PUBLIC_ROUTES.length);
  });

  it('leaves the runner protocol to a guard of its own, and nothing else', () => {
    const own: string[] = [];
    for (const module of trainyard.app.get(ModulesContainer).values()) {
      for (const { metatype } of module.controllers.values()) {
        if (typeof metatype !== 'function' || !Reflect.getMetadata(RUNNER, metatype)) continue;
        expect(Reflect.getMetadata('__guards__', metatype)).toHaveLength(1);
        expect(String(Reflect.getMetadata('path', metatype))).toMatch(/^\/?runner\/v1/);
        own.push(metatype.name);
      }
    }
    expect(own.length).toBeGreaterThan(0);
  });
});

/** Any value that passes validation: it must be refused before it is looked at. */
function literal(type: unknown): string {
  const text = String(type).replace(/!$/, '');
  if (text.startsWith('[')) return '[]';
  if (text === 'ID') return '"00000000-0000-4000-8000-000000000000"';
  if (text === 'Int' || text === 'Float') return '1';
  if (text === 'Boolean') return 'true';
  if (text === 'String' || text === 'DateTime') return '"2026-01-01T00:00:00Z"';
  const named = type as {
    ofType?: unknown;
    getValues?: () => { name: string }[];
    getFields?: () => Record<string, { name: string; type: unknown; defaultValue?: unknown }>;
  };
  if (named.ofType) return literal(named.ofType);
  if (named.getValues) return named.getValues()[0]?.name ?? '';
  const fields = Object.values(named.getFields?.() ?? {}).filter((field) => String(field.type).endsWith('!') && field.defaultValue === undefined);
  return `{ ${fields.map((field) => `${field.name}: ${literal(field.type)}`).join(', ')} }`;
}
