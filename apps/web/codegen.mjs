#!/usr/bin/env node
/**
 * Writes `X.generated.ts` beside each `X.graphql` of src/: types of its operations and fragments, and typed documents.
 * Only what changed is written, so that watchers and type checkers stay quiet. `--watch` runs on every change.
 */
import { globSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import { preset } from '@graphql-codegen/near-operation-file-preset';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { GraphQLError, NoUnusedFragmentsRule, Source, buildSchema, concatAST, extendSchema, parse, specifiedRules, validate } from 'graphql';

const root = dirname(fileURLToPath(import.meta.url));
const sources = join(root, 'src');
const schemaPath = join(root, '../../schema.graphql');
/** The enumerations and inputs that operations name. */
const schemaTypes = join(sources, 'schema.generated.ts');

const config = {
  inlineFragmentTypes: 'mask',
  // `...Fragment @unmask` hands the fields to the one who spreads it, in types as at run time
  customDirectives: { apolloUnmask: true },
  scalars: { ID: 'string', DateTime: 'string', JSON: 'unknown' },
  strictScalars: true,
  useTypeImports: true,
  importExtension: '.ts',
  nonOptionalTypename: true,
  skipTypeNameForRoot: true,
  avoidOptionals: { field: true, inputValue: false, object: false, defaultValue: false },
  arrayInputCoercion: false,
};

async function generate() {
  const schemaAst = buildSchema(readFileSync(schemaPath, 'utf8'));
  const schema = parse(readFileSync(schemaPath, 'utf8'));
  const documents = globSync('**/*.graphql', { cwd: sources })
    .sort()
    .map((path) => ({ location: join(sources, path), document: parse(new Source(readFileSync(join(sources, path), 'utf8'), path)) }));
  validateTogether(schemaAst, documents);
  const common = { baseOutputDir: sources, schema, schemaAst, documents, pluginMap: { typescriptOperations, typedDocumentNode } };
  const shared = { ...common, filename: schemaTypes, config: { ...config, generateOperationTypes: false }, plugins: [{ typescriptOperations: {} }] };
  const beside = await preset.buildGeneratesSection({
    ...common,
    config: { ...config, importSchemaTypesFrom: relative(process.cwd(), schemaTypes), skipDocumentsValidation: true },
    presetConfig: { cwd: sources, importTypesNamespace: 'Schema', baseTypesPath: 'schema.generated.ts' },
    plugins: [{ typescriptOperations: {} }, { typedDocumentNode: {} }],
  });
  const files = [shared, ...beside];
  let written = 0;
  for (const file of files) if (write(file.filename, importedOnce(await codegen(file)))) written += 1;
  removeOrphans(new Set(files.map(({ filename }) => filename)));
  return { files: files.length, written };
}

/** The preset imports the schema's types into each file, the plugin where it sees a use; it sees none in an unmasked fragment of another file. */
function importedOnce(text) {
  const lines = text.split('\n');
  return lines.filter((line, at) => !line.startsWith('import type * as Schema ') || lines.indexOf(line) === at).join('\n');
}

function write(filename, text) {
  try {
    if (readFileSync(filename, 'utf8') === text) return false;
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  writeFileSync(filename, text);
  return true;
}

function removeOrphans(expected) {
  for (const path of globSync('**/*.generated.ts', { cwd: sources })) {
    const location = join(sources, path);
    if (!expected.has(location)) rmSync(location);
  }
}

function validateTogether(schemaAst, files) {
  // a fragment may be written to and read from the cache without any query naming it
  const known = extendSchema(schemaAst, parse('directive @unmask on FRAGMENT_SPREAD'));
  const errors = validate(
    known,
    concatAST(files.map(({ document }) => document)),
    specifiedRules.filter((rule) => rule !== NoUnusedFragmentsRule),
  );
  if (errors.length > 0) throw new AggregateError(errors, 'The operations do not fit schema.graphql');
}

function report(error) {
  const errors = error instanceof AggregateError ? error.errors : [error];
  for (const one of errors) process.stderr.write(`codegen: ${one instanceof GraphQLError ? one.toString() : one.stack}\n`);
}

async function once() {
  const started = performance.now();
  const { files, written } = await generate();
  process.stdout.write(`codegen: ${files} operation files, ${written} written, ${Math.round(performance.now() - started)} ms\n`);
}

try {
  await once();
} catch (error) {
  report(error);
  process.exitCode = 1;
}

if (process.argv.includes('--watch')) {
  let timer;
  const again = (_event, path) => {
    if (path && !path.endsWith('.graphql')) return;
    clearTimeout(timer);
    timer = setTimeout(() => void once().catch(report), 50);
  };
  watch(sources, { recursive: true }, again);
  watch(schemaPath, again);
}
