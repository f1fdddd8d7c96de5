import type { RequestContract } from '@shidang/contracts';
import type { Type } from '@nestjs/common';
import { join } from 'node:path';

/** A route as the gateway describes it (apps/gateway/src/serve/routes.ts). */
export interface Route {
  readonly controller: string;
  readonly handler: string;
  readonly method: string;
  /** Below the prefix, with `{name}` for parameters. */
  readonly path: string;
  readonly contract: RequestContract;
  readonly terms: {
    readonly created?: unknown;
    readonly accepted?: unknown;
    readonly fills?: readonly string[];
    readonly upload?: true;
    readonly download?: string;
  };
}

const gateway = join(__dirname, '../../apps/gateway/src');

/** Nobody imports an app; the description is read from the running classes, from sources (jest) as from `dist/`. */
function load<T>(file: string): T {
  return require(join(gateway, file)) as T;
}

export function gatewayRoutes(): { prefix: string; routes: Route[]; statusOf: Record<string, { status: number }> } {
  const { controllers } = load<{ controllers: Type[] }>('gateway.module');
  const { describeRoutes } = load<{ describeRoutes: (controllers: Type[]) => Route[] }>('serve/routes');
  const { prefix } = load<{ prefix: string }>('serve/answer');
  const { statusOf } = load<{ statusOf: Record<string, { status: number }> }>('problem/status');
  return { prefix, routes: describeRoutes(controllers), statusOf };
}
