import type { RequestContract } from '@shidang/contracts';
import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import type { FastifyRequest } from 'fastify';
import type { ServesTerms } from './serves';
import { prefix } from './answer';
import { servedBy, type Served } from './serves-metadata';

/** One route, as the controllers declare it. */
export interface Route {
  readonly controller: string;
  readonly handler: string;
  readonly method: string;
  /** Below the prefix, with `{name}` for parameters. */
  readonly path: string;
  readonly contract: RequestContract;
  readonly terms: ServesTerms;
}

const joined = (...parts: string[]): string =>
  `/${parts
    .flatMap((part) => part.split('/'))
    .filter((part) => part !== '')
    .join('/')}`;

function routesOf(controller: Type): Route[] {
  const base = String(Reflect.getMetadata(PATH_METADATA, controller) ?? '');
  const prototype = controller.prototype as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype).flatMap((handler) => {
    const method = handler === 'constructor' ? undefined : prototype[handler];
    if (typeof method !== 'function' || !Reflect.hasMetadata(METHOD_METADATA, method)) return [];
    const served = servedBy(method);
    if (!served)
      throw new Error(`${controller.name}.${handler} is a route without @Serves: it has no contract and no permission`);
    const path = joined(base, String(Reflect.getMetadata(PATH_METADATA, method) ?? ''));
    return {
      controller: controller.name,
      handler,
      method: RequestMethod[Reflect.getMetadata(METHOD_METADATA, method) as number]!,
      path: path.replace(/:(\w+)/g, '{$1}'),
      contract: served.contract,
      terms: served.terms,
    };
  });
}

/** Every route of these controllers. Throws for one without a contract and for two at one place: then nothing starts. */
export function describeRoutes(controllers: readonly Type[]): Route[] {
  const routes = controllers.flatMap(routesOf);
  const seen = new Map<string, Route>();
  for (const route of routes) {
    const place = `${route.method} ${route.path.replace(/\{\w+\}/g, '{}')}`;
    const other = seen.get(place);
    if (other)
      throw new Error(
        `${place} is served by ${other.controller}.${other.handler} and ${route.controller}.${route.handler}`,
      );
    seen.set(place, route);
  }
  return routes;
}

/** What stands at the place a request was routed to; nothing for pages and unknown paths. */
export function servedAt(routes: readonly Route[]): (request: FastifyRequest) => Served | undefined {
  const places = new Map(
    routes.map(({ method, path, contract, terms }) => [
      `${method} /${prefix}${path.replace(/\{(\w+)\}/g, ':$1')}`,
      { contract, terms },
    ]),
  );
  return ({ method, routeOptions }) => places.get(`${method === 'HEAD' ? 'GET' : method} ${routeOptions.url}`);
}
