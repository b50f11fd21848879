import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory, RESOLVER_TYPE_METADATA } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { AppModule } from './app.module.ts';
import { readConfig } from './config.ts';

/** Prints the GraphQL schema the code makes, sorted, to standard output. Reaches no database: it only reads the modules. */
const HEADER = '# Generated from the code by `node apps/api/dist/print-schema.js`; npm test fails when it is not up to date.\n\n';

/** A class, as Nest keeps it in a module's metadata. */
type Class = new (...args: never[]) => unknown;

const config = readConfig({
  DATABASE_URL: 'postgresql://nobody@localhost/none',
  TRAINYARD_DATA_DIR: '/nowhere',
  TRAINYARD_RUNNER_TOKEN: 'only to print the schema',
});

/** Every provider class of a module and of what it imports. */
function providersOf(module: unknown, seen: Set<unknown>): Class[] {
  if (seen.has(module)) return [];
  seen.add(module);
  const dynamic =
    typeof module === 'object' && module !== null && 'module' in module ? (module as { module: Class; imports?: unknown[]; providers?: unknown[] }) : null;
  const of = dynamic?.module ?? (module as Class);
  const listed = (name: 'imports' | 'providers'): unknown[] => [
    ...((Reflect.getMetadata(name, of) as unknown[] | undefined) ?? []),
    ...(dynamic?.[name] ?? []),
  ];
  const classes = listed('providers').filter((provider): provider is Class => typeof provider === 'function');
  return [...classes, ...listed('imports').flatMap((imported) => providersOf(imported, seen))];
}

const resolvers = providersOf(AppModule.with(config), new Set()).filter((provider) => Reflect.hasMetadata(RESOLVER_TYPE_METADATA, provider));
const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
const schema = await app.get(GraphQLSchemaFactory).create([...new Set(resolvers)]);
process.stdout.write(`${HEADER}${printSchema(lexicographicSortSchema(schema))}\n`);
await app.close();
