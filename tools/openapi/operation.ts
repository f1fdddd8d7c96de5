import { permissions, type Permission } from '@shidang/access';
import * as contracts from '@shidang/contracts';
import { areas } from './areas';
import type { Comments } from './comments';
import { reduced, type Components } from './components';
import type { Route } from './gateway-routes';
import { nestedIn, schemaOf, type Class, type Schema } from './schemas';

const bodied = new Set(['POST', 'PUT', 'PATCH']);

/** `createAccount`: the name under which everybody imports the contract. */
export function symbolOf(route: Route): string {
  const found = Object.entries(contracts).find(([, value]) => value === (route.contract as unknown));
  if (!found) throw new Error(`${route.contract.name} is not exported by libs/contracts`);
  return found[0];
}

export const pathNames = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);

const parameter = (name: string, place: 'path' | 'query', required: boolean, { description, ...schema }: Schema) => ({
  name,
  in: place,
  required,
  ...(description ? { description } : {}),
  schema,
});

function parametersOf(route: Route, request: Schema): object[] {
  const inPath = pathNames(route.path);
  const path = inPath.map((name) => {
    const schema = request.properties?.[name];
    if (!schema)
      throw new Error(`${route.method} ${route.path}: ${route.contract.request.name} has no property ${name}`);
    return parameter(name, 'path', true, schema);
  });
  const { properties, required } = reduced(request, [...inPath, ...(route.terms.fills ?? [])]);
  const query = bodied.has(route.method)
    ? []
    : Object.entries(properties ?? {}).map(([name, schema]) =>
        parameter(name, 'query', required?.includes(name) ?? false, schema),
      );
  const headers =
    route.contract.effect === 'read'
      ? []
      : ['IdempotencyKey', ...(inPath.length > 0 || route.method === 'PUT' ? ['IfMatch'] : [])];
  return [...path, ...query, ...headers.map((name) => ({ $ref: `#/components/parameters/${name}` }))];
}

const upload = {
  required: true,
  content: {
    'multipart/form-data': {
      schema: {
        type: 'object',
        properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } },
        required: ['file'],
      },
    },
  },
};

function bodyOf(route: Route, request: Schema, components: Components): object | undefined {
  if (route.terms.upload) return upload;
  if (!bodied.has(route.method)) return undefined;
  const without = [...pathNames(route.path), ...(route.terms.fills ?? [])];
  const { properties, required } = reduced(request, without);
  if (Object.keys(properties ?? {}).length === 0) return undefined;
  const target = route.contract.request as Class;
  const dropped = without.filter((name) => name in (request.properties ?? {}));
  return {
    required: required !== undefined,
    content: { 'application/json': { schema: components.refer(target, 'request', dropped) } },
  };
}

function answerOf(route: Route, components: Components): Record<string, object> {
  const { terms, contract } = route;
  if ((contract.reply as unknown) === contracts.Done) return { '204': { description: '完成 Done' } };
  if (terms.stream) {
    const description =
      '实时更新，每个事件的 data 为同一契约的 JSON Server-sent events, each with JSON of this contract';
    return { '200': { description, content: { 'text/event-stream': { schema: { type: 'string' } } } } };
  }
  if (terms.download) {
    return { '200': { description: '文件 A file', content: { [terms.download]: { schema: { type: 'string' } } } } };
  }
  const reply = contract.reply as Class;
  const headers = {
    ...('etag' in (new reply() as object) ? { ETag: { $ref: '#/components/headers/ETag' } } : {}),
    ...(terms.created || terms.accepted ? { Location: { $ref: '#/components/headers/Location' } } : {}),
  };
  const [status, description] = terms.created
    ? ['201', '已创建 Created']
    : terms.accepted
      ? ['202', '已受理 Accepted']
      : ['200', '结果 The answer'];
  return {
    [status]: {
      description,
      ...(Object.keys(headers).length > 0 ? { headers } : {}),
      content: { 'application/json': { schema: components.refer(reply, 'reply') } },
    },
  };
}

function describe(route: Route, symbol: string, comments: Comments): { summary: string; description: string } {
  const words = comments.constants.get(symbol) ?? comments.classes.get(route.contract.request.name) ?? '';
  const { permission, replay } = route.contract;
  const who =
    permission === 'public'
      ? '无需登录 Public.'
      : `权限 Permission: ${permission}（${permissions[permission as Permission].zh}）.`;
  const never = replay === 'never' ? ' 重复的 Idempotency-Key 不再返回结果 A repeated key is refused.' : '';
  const sentence = words
    .replace(/^工作方案 \S+[.:]\s*/, '')
    .split(/(?<=[.。])\s|;\s/)[0]!
    .trim();
  return {
    summary: sentence || symbol.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
    description: [words, `${who}${never}`].filter(Boolean).join(' '),
  };
}

/** One operation of the document, from its route and nothing else. */
export function operationOf(route: Route, components: Components, comments: Comments): object {
  const area = areas[route.controller];
  if (!area) throw new Error(`${route.controller} has no area (tools/openapi/areas.ts)`);
  const target = route.contract.request as Class;
  const request = schemaOf(target, 'request', comments);
  const symbol = symbolOf(route);
  const parameters = parametersOf(route, request);
  if (!bodied.has(route.method)) for (const nested of nestedIn(target)) components.refer(nested, 'request');
  const requestBody = bodyOf(route, request, components);
  return {
    operationId: route.terms.stream ? `${symbol}Events` : symbol,
    tags: [area.tag],
    ...describe(route, symbol, comments),
    ...(route.contract.permission === 'public' ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(requestBody ? { requestBody } : {}),
    responses: { ...answerOf(route, components), default: { $ref: '#/components/responses/Problem' } },
  };
}
