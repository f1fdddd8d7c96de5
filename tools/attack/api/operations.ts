import { readFileSync } from 'node:fs';
import { fromRoot } from '@shidang/dev';
import type fc from 'fast-check';
import { valueOf } from './values';

/** JSON Schema as tools/openapi writes it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

/** One route as the API describes itself. */
export interface Operation {
  /** `POST /teachers/{teacherId}/submission`. */
  readonly name: string;
  readonly method: string;
  /** Below `/api/v1`, with `{…}`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Of the JSON body. */
  readonly body?: Schema;
  readonly isUpload: boolean;
  /** Needs no session. */
  readonly isPublic: boolean;
  /** Answers with server-sent events: it does not end by itself. */
  readonly isStream: boolean;
}

interface Described {
  readonly parameters?: readonly (Parameter & { $ref?: string })[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly security?: readonly unknown[];
}

export interface Api {
  readonly operations: readonly Operation[];
  readonly schemas: Readonly<Record<string, Schema>>;
  /** The schema itself, not the reference to it. */
  readonly resolved: (schema: Schema) => Schema;
  /** What makes values that the schema allows; the same for the same schema. */
  readonly value: (schema: Schema) => () => fc.Arbitrary<unknown>;
}

/** The API's description, read as an attacker would. */
export function readApi(): Api {
  const document = JSON.parse(readFileSync(fromRoot('apps/gateway/openapi.json'), 'utf8')) as {
    paths: Record<string, Record<string, Described>>;
    components: { schemas: Record<string, Schema>; parameters: Record<string, Parameter> };
  };
  const { schemas, parameters } = document.components;
  const last = (ref: string) => ref.split('/').at(-1)!;
  const operations = Object.entries(document.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, described]): Operation => {
      const content = described.requestBody?.content ?? {};
      const below = path.replace('/api/v1', '');
      return {
        name: `${verb.toUpperCase()} ${below}`,
        method: verb.toUpperCase(),
        path: below,
        parameters: (described.parameters ?? []).map((each) => (each.$ref ? parameters[last(each.$ref)]! : each)),
        body: content['application/json']?.schema,
        isUpload: 'multipart/form-data' in content,
        isPublic: described.security?.length === 0,
        isStream: below.endsWith('/events'),
      };
    }),
  );
  const resolved = (schema: Schema) => (schema.$ref ? schemas[last(schema.$ref)]! : schema);
  const known = new Map<Schema, () => fc.Arbitrary<unknown>>();
  const value = (schema: Schema) => {
    const made = known.get(schema);
    if (made) return made;
    const arbitrary = valueOf({ resolved }, schema);
    const make = () => arbitrary;
    known.set(schema, make);
    return make;
  };
  return { operations, schemas, resolved, value };
}

/** The path with its places filled. */
export const pathOf = ({ path }: Operation, value: (name: string) => string): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => value(name));
