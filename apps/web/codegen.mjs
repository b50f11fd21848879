#!/usr/bin/env node
/**
 * Writes `X.generated.ts` beside each `X.graphql` of src/: types of its operations and fragments, and typed documents.
 * Only what changed is written, so that watchers and type checkers stay quiet. `--watch` runs on every change.
 */
import { globSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import {
  GraphQLError, Kind, NoUnusedFragmentsRule, Source, TypeInfo, buildSchema, extendSchema, getNamedType, isEnumType, parse, printSchema, specifiedRules, validate, visit,
  visitWithTypeInfo,
} from 'graphql';

const root = dirname(fileURLToPath(import.meta.url));
const sources = join(root, 'src');
const schemaPath = join(root, '../../schema.graphql');

const config = {
  inlineFragmentTypes: 'mask',
  // `...Fragment @unmask` hands the fields to the one who spreads it, in types as at run time
  customDirectives: { apolloUnmask: true },
  scalars: { ID: 'string', DateTime: 'string', JSON: 'unknown' },
  strictScalars: true,
  useTypeImports: true,
  nonOptionalTypename: true,
  skipTypeNameForRoot: true,
  avoidOptionals: { field: true, inputValue: false, object: false, defaultValue: false },
  arrayInputCoercion: false,
};

function generatedName(graphqlFile) {
  return graphqlFile.replace(/\.graphql$/, '.generated.ts');
}

function readDocuments() {
  return globSync('**/*.graphql', { cwd: sources })
    .sort()
    .map((path) => {
      const location = join(sources, path);
      return { location, document: parse(new Source(readFileSync(location, 'utf8'), relative(root, location))) };
    });
}

/** Fragment name -> file that defines it. A name must be unique: Apollo knows a fragment by its name alone. */
function indexFragments(files) {
  const home = new Map();
  for (const file of files) {
    for (const definition of file.document.definitions) {
      if (definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
      const name = definition.name.value;
      const earlier = home.get(name);
      if (earlier) throw new GraphQLError(`Fragment ${name} is defined in ${earlier.location} and again in ${file.location}`);
      home.set(name, { location: file.location, node: definition });
    }
  }
  return home;
}

function spreadsOf(node) {
  const names = new Set();
  visit(node, { FragmentSpread: (spread) => void names.add(spread.name.value) });
  return names;
}

/** Every fragment a file reaches that another file defines; `direct` ones are named in the file itself. */
function foreignFragments(file, home) {
  const found = new Map();
  const walk = (node, direct) => {
    for (const name of spreadsOf(node)) {
      const fragment = home.get(name);
      if (!fragment) throw new GraphQLError(`${relative(root, file.location)} spreads fragment ${name}, which no file defines`);
      const known = found.get(name);
      if (known) {
        known.direct ||= direct;
        continue;
      }
      found.set(name, { ...fragment, name, direct });
      walk(fragment.node, false);
    }
  };
  walk(file.document, true);
  return [...found.values()].filter((fragment) => fragment.location !== file.location);
}

/** Names of the enumerations a fragment selects. */
function enumsOf(schemaAst, node) {
  const names = new Set();
  const info = new TypeInfo(schemaAst);
  const note = () => {
    const type = getNamedType(info.getType());
    if (isEnumType(type)) names.add(type.name);
  };
  visit(node, visitWithTypeInfo(info, { Field: note }));
  return names;
}

/** Types that `content` names and the file of a foreign fragment declares: its own, and the enumerations it brings along unmasked. */
function importOf(fragment, file, content, schemaAst) {
  const names = [`${fragment.name}Fragment`, ...enumsOf(schemaAst, fragment.node)];
  const missing = names.filter((name) => new RegExp(`\\b${name}\\b`).test(content) && !content.includes(`export type ${name} =`));
  if (missing.length === 0) return '';
  const path = relative(dirname(file.location), generatedName(fragment.location)).replaceAll('\\', '/');
  return `import type { ${missing.join(', ')} } from '${path.startsWith('.') ? path : `./${path}`}';\n`;
}

async function generate() {
  const schemaAst = buildSchema(readFileSync(schemaPath, 'utf8'));
  const schema = parse(printSchema(schemaAst));
  const files = readDocuments();
  const home = indexFragments(files);
  let written = 0;
  for (const file of files) {
    const foreign = foreignFragments(file, home);
    const filename = generatedName(file.location);
    const content = await codegen({
      filename,
      schema,
      schemaAst,
      documents: [file],
      // validated whole below: one file alone does not know the fragments of the others
      skipDocumentsValidation: true,
      config: {
        ...config,
        externalFragments: foreign.map((fragment) => ({
          isExternal: true,
          name: fragment.name,
          onType: fragment.node.typeCondition.name.value,
          node: fragment.node,
          importFrom: null,
        })),
      },
      plugins: [{ typescriptOperations: {} }, { typedDocumentNode: {} }],
      pluginMap: { typescriptOperations, typedDocumentNode },
    });
    const imports = foreign.filter((fragment) => fragment.direct).map((fragment) => importOf(fragment, file, content, schemaAst));
    const text = `/* Generated from ${basename(file.location)} by codegen.mjs */\n${imports.join('')}${content}`;
    if (write(filename, text)) written += 1;
  }
  validateTogether(schemaAst, files);
  removeOrphans(new Set(files.map((file) => generatedName(file.location))));
  return { files: files.length, written };
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
  const document = { kind: Kind.DOCUMENT, definitions: files.flatMap((file) => file.document.definitions) };
  // a fragment may be written to and read from the cache without any query naming it
  const known = extendSchema(schemaAst, parse('directive @unmask on FRAGMENT_SPREAD'));
  const errors = validate(
    known,
    document,
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
