import {
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  getNullableType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isCompositeType,
  isIntrospectionType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** A field of Query, Mutation or Subscription: it looks who asks and runs SQL, however little it answers. */
const ROOT_PRICE = 400;
/** A list that a query is written for: above what a field of Query costs. */
const SEARCH_PRICE = 800;
/** A column of a board that is asked for by a query: less than a list, for all columns that ask the same are read at once. */
const ASKED_PRICE = 100;
/** Items of a list whose field does not say how many there usually are. */
const USUAL_ITEMS = 10;
/** JSON holds what it likes: an event's changes, the facts of a reason. */
const JSON_PRICE = 5;
/** Letters of a long text that cost as much as one field. */
const LETTERS_A_UNIT = 1_000;

/** What a document costs: 1 a field, a list what it may bring. And how deep it goes: fields within fields. */
export interface DocumentCost {
  cost: number;
  depth: number;
}

/** What a field with these arguments costs, one of whose items costs so much. */
type CostOf = (asked: { args: Record<string, unknown>; childComplexity: number }) => number;
type Complexity = number | CostOf;

/** `complexity` of a list field: its page size times what each item costs; `share` is less than 1 where items are no more than numbers. */
export function pageCost(argument: string, share = 1): CostOf {
  return ({ args, childComplexity }) => {
    const size = args[argument];
    return 1 + (typeof size === 'number' && size > 0 ? Math.ceil(size * share) : 1) * childComplexity;
  };
}

/** `complexity` of a page of what a query looks for, among all there is: reading it for one answer many times over is nobody's need. */
export function searchCost(argument: string): CostOf {
  const ofPage = pageCost(argument);
  return (asked) => SEARCH_PRICE + ofPage(asked);
}

/** `complexity` of what a query narrows among the cards of one board: all cards are looked at, though few are told. */
export function askedCost(ofAll: CostOf): CostOf {
  return (asked) => ofAll(asked) + ('query' in asked.args || 'by' in asked.args ? ASKED_PRICE : 0);
}

/** `complexity` of what counts all tickets of a project, whatever is asked of them. */
export function countedCost(ofAll: CostOf): CostOf {
  return (asked) => ASKED_PRICE + ofAll(asked);
}

/** `complexity` of a list that is given whole: how many items there usually are times what each costs. */
export function listCost(usually: number): CostOf {
  return ({ childComplexity }) => 1 + usually * Math.max(1, childComplexity);
}

/** `complexity` of a text that may be as long as `max`: what an answer weighs is bounded by what its document costs. */
export const textCost = (max: number): number => Math.ceil(max / LETTERS_A_UNIT);

/** The dearest operation of a document with these variables. Its work grows with the document: each fragment is looked at once. */
export function documentCost(schema: GraphQLSchema, document: DocumentNode, variables: Record<string, unknown>): DocumentCost {
  const dearest: DocumentCost = { cost: 0, depth: 0 };
  for (const operation of document.definitions) {
    if (operation.kind !== Kind.OPERATION_DEFINITION) continue;
    const { cost, depth } = new CostOfOperation(schema, document, operation, variables).total();
    dearest.cost = Math.max(dearest.cost, cost);
    dearest.depth = Math.max(dearest.depth, depth);
  }
  return dearest;
}

class CostOfOperation {
  private readonly fragments: Map<string, FragmentDefinitionNode>;
  private readonly known = new Map<string, DocumentCost>();
  private readonly values: Record<string, unknown>;

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly operation: OperationDefinitionNode,
    variables: Record<string, unknown>,
  ) {
    this.fragments = new Map(document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])));
    // As they were sent: values that do not fit are refused elsewhere, and must not make the same document cheap for those that do.
    const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
    );
    this.values = { ...Object.fromEntries(defaults), ...variables };
  }

  total(): DocumentCost {
    const root = this.schema.getRootType(this.operation.operation);
    return root ? this.selections(this.operation.selectionSet, root, '') : { cost: 0, depth: 0 };
  }

  /** `through` is the field whose selections these are. */
  private selections({ selections }: SelectionSetNode, type: GraphQLNamedType, through: string): DocumentCost {
    const sum: DocumentCost = { cost: 0, depth: 0 };
    for (const selection of selections) {
      if (!this.isIncluded(selection)) continue;
      let one: DocumentCost;
      if (selection.kind === Kind.FIELD) one = this.field(selection, type, through);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const narrowed = selection.typeCondition ? this.schema.getType(selection.typeCondition.name.value) : type;
        one = narrowed ? this.selections(selection.selectionSet, narrowed, through) : sum;
      } else one = this.fragment(selection.name.value, through);
      sum.cost += one.cost;
      sum.depth = Math.max(sum.depth, one.depth);
    }
    return sum;
  }

  private fragment(name: string, through: string): DocumentCost {
    const key = `${name} ${through}`;
    const known = this.known.get(key);
    if (known) return known;
    // One that leads back to itself is refused by validation; until then it costs nothing more.
    this.known.set(key, { cost: 0, depth: 0 });
    const fragment = this.fragments.get(name);
    const type = fragment && this.schema.getType(fragment.typeCondition.name.value);
    const found = fragment && type ? this.selections(fragment.selectionSet, type, through) : { cost: 0, depth: 0 };
    this.known.set(key, found);
    return found;
  }

  private field(node: FieldNode, parent: GraphQLNamedType, through: string): DocumentCost {
    const name = node.name.value;
    // Clients add it to every selection; under another name each time it is one more field.
    if (name === '__typename') return { cost: node.alias ? 1 : 0, depth: 1 };
    const field = this.definition(parent, name);
    if (!field) return { cost: 1, depth: 1 };
    const type = getNamedType(field.type);
    const below = node.selectionSet && isCompositeType(type) ? this.selections(node.selectionSet, type, name) : { cost: 0, depth: 0 };
    const price = isIntrospectionType(parent) ? 1 + itemsOf(this.schema, parent.name, name, through) * below.cost : this.price(node, field, below.cost);
    return { cost: (this.isRoot(parent) ? ROOT_PRICE : 0) + price, depth: 1 + below.depth };
  }

  private price(node: FieldNode, field: GraphQLField<unknown, unknown>, childComplexity: number): number {
    const declared = field.extensions['complexity'] as Complexity | undefined;
    if (typeof declared === 'number') return declared + childComplexity;
    if (declared) return declared({ args: this.argumentsOf(node, field), childComplexity });
    if (getNamedType(field.type).name === 'JSON') return JSON_PRICE;
    // A page's items were counted by the field that was asked for so many.
    const items = field.name === 'nodes' ? 1 : USUAL_ITEMS ** listsIn(field.type);
    return items === 1 ? 1 + childComplexity : 1 + items * Math.max(1, childComplexity);
  }

  private argumentsOf(node: FieldNode, field: GraphQLField<unknown, unknown>): Record<string, unknown> {
    try {
      return getArgumentValues(field, node, this.values);
    } catch {
      // An argument that does not fit is refused where the field is run.
      return {};
    }
  }

  private definition(parent: GraphQLNamedType, name: string): GraphQLField<unknown, unknown> | undefined {
    if (parent === this.schema.getQueryType()) {
      if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
      if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    }
    return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  }

  private isRoot(type: GraphQLNamedType): boolean {
    return type === this.schema.getQueryType() || type === this.schema.getMutationType() || type === this.schema.getSubscriptionType();
  }

  private isIncluded(node: SelectionSetNode['selections'][number]): boolean {
    if (!node.directives?.length) return true;
    try {
      return (
        getDirectiveValues(GraphQLSkipDirective, node, this.values)?.['if'] !== true &&
        getDirectiveValues(GraphQLIncludeDirective, node, this.values)?.['if'] !== false
      );
    } catch {
      return true;
    }
  }
}

function listsIn(type: GraphQLOutputType): number {
  const nullable = getNullableType(type);
  return isListType(nullable) ? 1 + listsIn(nullable.ofType as GraphQLOutputType) : 0;
}

const lengths = new WeakMap<GraphQLSchema, Record<string, { usually: number; most: number }>>();

/** How many items a list of the schema about itself has: as many as it has, on average where all types are gone through. */
function itemsOf(schema: GraphQLSchema, parent: string, name: string, through: string): number {
  let known = lengths.get(schema);
  if (!known) lengths.set(schema, (known = lengthsOf(schema)));
  const found = known[`${parent}.${name}`];
  return found ? (through === 'types' || through === 'fields' ? found.usually : found.most) : 1;
}

function lengthsOf(schema: GraphQLSchema): Record<string, { usually: number; most: number }> {
  const types = Object.values(schema.getTypeMap());
  const fields = types.flatMap((type) => (isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : []));
  const of = (counts: number[], among = counts.length): { usually: number; most: number } => ({
    usually: Math.ceil(counts.reduce((sum, count) => sum + count, 0) / Math.max(1, among)),
    most: Math.max(1, ...counts),
  });
  const perType = (count: (type: GraphQLNamedType) => number): { usually: number; most: number } => of(types.map(count), types.length);
  return {
    '__Schema.types': of([types.length]),
    '__Schema.directives': of([schema.getDirectives().length]),
    '__Directive.args': of(schema.getDirectives().map(({ args }) => args.length)),
    '__Type.fields': perType((type) => (isObjectType(type) || isInterfaceType(type) ? Object.keys(type.getFields()).length : 0)),
    '__Type.inputFields': perType((type) => ('getFields' in type && !isObjectType(type) && !isInterfaceType(type) ? Object.keys(type.getFields()).length : 0)),
    '__Type.enumValues': perType((type) => ('getValues' in type ? type.getValues().length : 0)),
    '__Field.args': of(fields.map(({ args }) => args.length)),
  };
}
